"""Find the reporting verbs of a sentence, with the words that belong to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.tables import Cue, Form, Language
from claims.attribution.engine.text import Sentence

# How many words may part an auxiliary from its participle, a verb from its particle.
APART = 18
STOPS = frozenset('.?!…;:"')
CLOSING = frozenset('.?!…;:",)–—')


@dataclass(slots=True)
class Hit:
    """A reporting verb: its words, its finite verb, and the group around them.

    `lead` is where the verb group begins, `tail` where it ends; `particle` is the place
    of "mit" in "teilte ... mit", `enclitic` of "il" in "a-t-il dit". `joins` says that
    the speaker is the one of the clause before ("adding that").
    """

    cue: Cue
    words: Words
    verb: int
    lead: int
    tail: int
    particle: int | None = None
    enclitic: Words | None = None
    negated: bool = False
    joins: bool = False
    # "aurait dit", "habría dicho": that it was said is itself a rumour.
    alleged: bool = False
    # "wie die Stadt mitteilte": the verb ends a clause that begins with "wie".
    clause: int | None = None

    def has(self, letters: str) -> bool:
        """Return whether the verb has one of some letters in its table."""
        return any(letter in self.cue.letters for letter in letters)


def forms_in(s: Sentence, language: Language) -> Iterator[tuple[int, int, list[Form]]]:
    """Yield each place of a form, with the verbs it may belong to."""
    at = 0
    while at < len(s.words):
        possible = language.forms.get(s.words[at])
        if possible:
            fitting = [
                form
                for form in possible
                if s.words[at : at + len(form.words)] == form.words
            ]
            if fitting:
                longest = max(len(form.words) for form in fitting)
                yield (
                    at,
                    at + longest,
                    [form for form in fitting if len(form.words) == longest],
                )
                at += longest
                continue
        at += 1


def is_negation_near(s: Sentence, first: int, last: int, language: Language) -> bool:
    """Return whether a negation stands between two places of a sentence."""
    return any(language.has("negations", word) for word in s.words[first:last])
