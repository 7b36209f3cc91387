"""What a reading of one verb knows: its sentence, its words, its limits."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

from . import german, romance
from .hits import Hit

# How many words may stand between a verb and the words it introduces.
NOBODY = frozenset(
    [
        "niemand",
        "keiner",
        "keine",
        "kein",
        "personne",
        "aucun",
        "aucune",
        "nul",
        "nadie",
        "ninguno",
        "ninguna",
        "ningún",
    ]
)
APPENDED = (("ce", "que"), ("ce", "qui"), ("ce", "qu'"), ("lo", "que"), ("lo", "cual"))
REACH = 22

SHORTEST_CLAUSE = 3

LINKS = frozenset(",–—-")

ENDS = frozenset(".?!…;")


@dataclass(slots=True)
class Verb:
    """One verb of a sentence, and what stands around it.

    Nothing before `floor` belongs to it; `inherited` is the speaker of the clause
    before.
    """

    text: str
    s: Sentence
    hit: Hit
    language: Language
    floor: int
    inherited: Words | None
    joined: bool = False

    @property
    def order(self) -> ModuleType:
        """The module that knows the word order of the language."""
        return german if self.language.tables.verb_second else romance

    def _is_small(self, word: str) -> bool:
        """Return whether a word may open a sentence before its verb."""
        return (
            word in romance.JOINTS
            or self.language.has("adverbs", word)
            or word in self.language.days
            or word in self.language.weekdays
        )

    def _found(
        self, content: list[Words], speaker: Words | None, rule: str, score: float
    ) -> Found:
        """Return an attribution with this verb."""
        found = Found(content, self.hit.words, speaker, rule, score, self.hit.cue.lemma)
        found.speech = self.hit.has("q") and self.hit.clause is None
        found.negated = self.hit.negated or self.hit.has("x")
        found.letters = self.hit.cue.letters
        if self._is_unsaid(speaker):
            found.negated = True
        if self.hit.alleged:
            found.rule = f"{rule}, alleged"
        return found

    def _is_unsaid(self, speaker: Words | None) -> bool:
        """Return whether nobody said it, or the sentence only asks whether."""
        words = self.s.words
        if speaker and words[speaker[0]] in NOBODY:
            return True
        at = len(words)
        while at > 0 and words[at - 1] in ".!…":
            at -= 1
        return words[at - 1 : at] == ("?",) and self.hit.verb <= self.floor + 3

    def _end(self, begin: int) -> int:
        """Return where the content ends that begins at a word."""
        words = self.s.words
        at = len(words)
        if not self.language.tables.verb_second:
            for place in range(begin + 1, at - 2):
                if words[place] == "," and words[place + 1 : place + 3] in APPENDED:
                    # "..., ce que la police conteste"
                    return place
        if self.hit.particle is not None and begin < self.hit.particle < at:
            return self.hit.particle
        return at

    def _ends(self, at: int) -> bool:
        """Return whether the sentence or clause ends at a place, adverbs left out."""
        at = self.order.skip_adverbials(self.text, self.s, at, self.language)
        return at >= len(self.s.words) or self.s.words[at] in '.,;?!…–—"'
