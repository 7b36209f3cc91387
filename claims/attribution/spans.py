"""Span and Attribution: what the extraction returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open range of characters in a text: the end is not in it.

    >>> Span(0, 4).of("Rood said")
    'Rood'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One "who said what" found in a text.

    `content` has several parts where the cue interrupts the words, `speaker` and `cue`
    are None where the text leaves them open, `via` is an outlet that relays the words.
    `rule` names what fired, `score` is how often that rule is right (0 to 1).
    `negated` says that the cue denies the words, or that they were not said.
    """

    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    kind: Kind
    via: Span | None
    rule: str
    score: float
    negated: bool = False

    def words(self, text: str) -> str:
        """Return the parts of the content as one string.

        >>> parts = (Span(0, 6), Span(16, 20))
        >>> found = Attribution(parts, None, None, "indirect", None, "said", 0.8)
        >>> found.words("Rents, he said, fell.")
        'Rents, fell'
        """
        return " ".join(part.of(text) for part in self.content)
