"""Turkish speakers: names without their endings, and subjects left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from claims.attribution.engine.records import Record
from claims.attribution.engine.speakers import Resolver
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence
from claims.attribution.folding import fold
from claims.attribution.proposals import Resolution

from .cues import PASSIVE
from .suffixes import bare, lower
from .words import (
    BODIES,
    BODY_BASE,
    GIVEN_NAMES,
    PAPERS,
    PEOPLE,
    PRONOUNS,
    STEMS,
    TITLE_BASE,
)

# "Of the farmers, Hatice Sönmez".
AMONG = re.compile(r"\A\w+l[ae]r[ıi]?n?d[ae]n (?=\w)")
# Many people, with an ending of case: "kaynaklarından".
OF_MANY = re.compile(r"\wl[ae]r(?:[ıi]n)?(?:d[ae]n|[ae])\Z")
PAIR = re.compile(r" (ve|ile) ")
# How many sentences back the speaker stands who is not named again.
SENTENCES_BACK = 3
# The most words of a name in front of "Bakanlığı".
MOST_NAMES = 6


class TurkishResolver(Resolver):
    """Resolves speakers, also where a sentence has no subject: "... dedi."."""

    def __init__(
        self, text: str, sentences: list[Sentence], language: Language
    ) -> None:
        super().__init__(text, sentences, language)
        self.last = Resolution(None, "unnamed", "")
        self.last_at = -1
        self.last_passive = False
        self.place = 0
        self.bodies: dict[str, list[tuple[int, str]]] = {}
        for s in sentences:
            for at, base, name in _bodies_in(text, s):
                self.bodies.setdefault(base, []).append((at, name))

    def resolve(self, record: Record) -> Resolution:
        """Return who speaks, and keep it for the sentences after it."""
        span = record.attribution.speaker
        if record.attribution.rule.startswith("carried"):
            return self._who_spoke_last("no subject: read as")
        self.place = span.start if span else record.sentence.starts[0]
        words = lower(span.of(self.text)) if span else ""
        passive = record.found.lemma in PASSIVE
        if words in PRONOUNS or (words in PAPERS and self.last_passive):
            found = self.without_words(record)
        elif words in PAPERS:
            found = Resolution(None, "unnamed", "the text gives no name")
        else:
            found = super().resolve(record)
        if span or found.name:
            self.last, self.last_at = found, record.sentence.starts[0]
            self.last_passive = passive
        return found

    def named(self, words: str) -> Resolution:
        """Return whom words mean, read without their endings."""
        plain = nominative(AMONG.sub("", words))
        low = lower(plain)
        if low.split()[-1] in PEOPLE or OF_MANY.search(low):
            return Resolution(None, "group", "the text gives no name")
        if self._are_two(plain):
            return Resolution(None, "group", f"“{words}” are two")
        if low in BODY_BASE and low in self.bodies:
            name = self._body(low)
            if name:
                reason = f"“{plain}” read as {name}, named before"
                return Resolution(name, "organisation", reason)
        if plain.isupper() and len(plain) > 1 and plain.isalpha():
            return Resolution(plain, "organisation", "named in the text")
        body = _body_at_the_end(plain)
        if body:
            return Resolution(body, "organisation", "named in the text")
        return super().named(_from_given_name(plain))

    def _are_two(self, words: str) -> bool:
        """Return whether words name two: "Vali Kaya ve Can Uzun", not a ministry."""
        before, joined, after = (
            PAIR.split(words, 1) if PAIR.search(words) else ("",) * 3
        )
        if not joined or not after[:1].isupper():
            return False
        low = [lower(word) for word in before.split()]
        surname = fold(low[-1]) if low else ""
        return surname in self.full or any(
            word in GIVEN_NAMES or word in TITLE_BASE for word in low
        )

    def without_words(self, record: Record) -> Resolution:
        """Return whose the paper is, if the sentences before told it."""
        start = record.sentence.starts[0]
        number = bisect_right(self.starts, start) - 1
        near = self.starts[max(0, number - SENTENCES_BACK)] <= self.last_at
        passive = record.found.lemma in PASSIVE
        if not near or passive != self.last_passive:
            return super().without_words(record)
        return self._who_spoke_last("no subject: read as")

    def _body(self, kind: str) -> str | None:
        """Return the body of a kind that the text named last, up to here."""
        named = self.bodies[kind]
        number = bisect_right(named, (self.place, "\uffff"))
        return named[number - 1][1] if number else None

    def _who_spoke_last(self, reason: str) -> Resolution:
        """Return the last speaker as who is meant."""
        name = self.last.name
        if name is None:
            return Resolution(None, "unnamed", "the text names no speaker")
        return Resolution(name, self.last.kind, f"{reason} {name}, who spoke last")


def _body_at_the_end(words: str) -> str | None:
    """Return the body that words name, where no title of a person follows it.

    >>> _body_at_the_end("Öğretmen sendikası Eğitim-Der")
    'Eğitim-Der'
    >>> _body_at_the_end("Sendika Başkanı Ece Kaya") is None
    True
    """
    tokens = words.split()
    low = [lower(token) for token in tokens]
    at = max((n for n, word in enumerate(low) if word in BODIES), default=-1)
    if at < 0 or any(word in TITLE_BASE for word in low[at + 1 :]):
        return None
    after = tokens[at + 1 :]
    return " ".join(after if after and after[0][0].isupper() else tokens)


def _from_given_name(words: str) -> str:
    """Return a name without the word in front of its given name: "Depremzede"."""
    first, *rest = words.split()
    if len(rest) > 1 and lower(rest[0]) in GIVEN_NAMES and first.istitle():
        return words if lower(first) in GIVEN_NAMES else " ".join(rest)
    return words


def _bodies_in(text: str, s: Sentence) -> Iterator[tuple[int, str, str]]:
    """Yield place, kind and name of the bodies that a sentence names in full."""
    for at, word in enumerate(s.words):
        plain = lower(bare(word))
        kind = BODY_BASE.get(STEMS.get(plain, plain))
        if kind in (None, STEMS.get(plain, plain)) or not text[s.starts[at]].isupper():
            continue
        first = at
        while first and text[s.starts[first - 1]].isupper() and at - first < MOST_NAMES:
            first -= 1
        if first < at:
            yield s.starts[first], kind, nominative(text[s.starts[first] : s.ends[at]])


def nominative(words: str) -> str:
    """Return the words of a speaker without the ending of the last one.

    >>> nominative("Sağlık Bakanlığından"), nominative("Kaya'nın"), nominative("Kaya")
    ('Sağlık Bakanlığı', 'Kaya', 'Kaya')
    """
    *before, last = words.split()
    while before and lower(last) in PAPERS:
        # "TÜİK verilerine": the body, not its figures.
        *before, last = before
    plain = bare(last)
    if lower(plain)[:-1] in PEOPLE:
        plain = plain[:-1]
    base = STEMS.get(lower(last))
    if base:
        # The capital of the printed word stays.
        plain = last[0] + base[1:]
    return " ".join([*before, plain])
