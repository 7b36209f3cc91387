"""A candidate for an attribution, while the rules still decide about it."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[int, int]


@dataclass(slots=True)
class Found:
    """One candidate: stretches are (first, after last) in word numbers of its sentence.

    `zone` is where the words that belong to the cue begin, `left` says that the content
    stands before the cue, `speech` that a free quotation may follow.
    """

    content: list[Words]
    cue: Words
    speaker: Words | None
    rule: str
    score: float
    zone: int
    left: bool = False
    lemma: str = ""
    speech: bool = False
    via: Words | None = None
    relay_end: int = 0
