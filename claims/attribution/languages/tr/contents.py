"""Which words belong to a Turkish cue: a quotation, a clause, an object, a colon."""

from __future__ import annotations

from collections.abc import Collection

from claims.attribution.engine.records import Found
from claims.attribution.engine.tables import word_set
from claims.attribution.engine.text import Sentence

from .cues import Match
from .subjects import Front, after_adverbs, front_of, head_of, source_of
from .suffixes import ACCUSATIVE, CLAUSE_ENDS, DATIVE
from .words import ADVERBS

# How many words may stand between the end of a clause and its verb.
BETWEEN = 4
# How many words may stand between a verb and its colon.
TO_COLON = 5
# Words between a quotation and its verb: "diye", "şeklinde konuştu".
AFTER_QUOTATION = word_set(
    """
    diye şeklinde biçiminde sözleriyle sözlerini sözleri de da bir kez daha şu , diyerek
    ifadesiyle yönünde olarak sert
    """
)
# "şunları söyledi: ...": what is before a colon's verb and is no speaker.
BEFORE_COLON = word_set("şunları şunu şöyle şu böyle sözlerini sözlerine sözleri")
# Verbs that deny what their clause says.
DENIALS = frozenset(["yalanla", "reddet", "inkar_et", "inkâr_et"])
# A report that shows something is its subject; without one it is no statement.
NEED_SUBJECT = frozenset(["göster", "ortaya_koy", "açığa_çıkar"])
STOPS = frozenset(".?!…;")
LINKS = frozenset(",-–—")


def attribution_of(
    text: str,
    s: Sentence,
    match: Match,
    floor: int,
    names: Collection[str],
    goes_on: bool,
) -> Found | None:
    """Return the attribution of one cue, or None where nothing is said by it."""
    letters = match.cue.letters
    at = match.words[0]
    passive = letters == "s"
    needy = match.cue.stem in NEED_SUBJECT
    reading = _Reading(text, s, match, floor, names, goes_on)
    if (passive or "q" in letters) and (found := reading.quotation_before()):
        return found
    for letter in "p" if passive else letters:
        if letter in CLAUSE_ENDS:
            end = clause_end(s, floor, at, letter)
            if end is not None and (found := reading.clause(end)):
                return None if needy and not found.speaker else found
    if {"c", "q"} & set(letters) and (found := reading.colon()):
        return found
    if match.kind == "participle":
        return None
    for letter, ending in (("o", ACCUSATIVE), ("d", DATIVE)):
        if letter in letters and at > floor and ending.search(s.words[at - 1]):
            return reading.object(at)
    if "u" in letters:
        return reading.unquoted()
    return None


def clause_end(s: Sentence, floor: int, at: int, letter: str) -> int | None:
    """Return where the clause before a verb ends, by its last word; None for none."""
    pattern = CLAUSE_ENDS[letter]
    for end in range(at, max(floor, at - BETWEEN - 1), -1):
        word = s.words[end - 1]
        if pattern.search(word):
            return end
        if word in STOPS or word in ',:"':
            return None
    return None


class _Reading:
    """One cue of a sentence and the words before it, from `floor` on.

    `goes_on` says that another attribution of the sentence stands before it.
    """

    __slots__ = ("at", "floor", "goes_on", "match", "names", "s", "text")

    def __init__(
        self,
        text: str,
        s: Sentence,
        match: Match,
        floor: int,
        names: Collection[str],
        goes_on: bool,
    ) -> None:
        self.text = text
        self.s = s
        self.match = match
        self.at = match.words[0]
        self.floor = floor
        self.names = names
        self.goes_on = goes_on

    def _front(self, last: int) -> Front:
        """Return the speaker in front of the content that ends at a word."""
        if self.match.cue.letters == "s":
            return source_of(self.s, self.floor, last)
        if self.match.kind == "participle":
            return self._following(last)
        found = front_of(self.text, self.s, self.floor, last, self.names)
        if self.goes_on and found.speaker:
            # The subject goes on, unless a comma or "ise" sets another one off.
            after = self.s.words[found.speaker[1]]
            if after not in (",", "ise", "da", "de"):
                return Front(None, after_adverbs(self.s, self.floor, last))
        return found

    def _following(self, last: int) -> Front:
        """Return the speaker after a participle: "“...” diyen Kaya"."""
        begin = self.match.words[1]
        front = front_of(self.text, self.s, self.floor, last, self.names)
        if front.speaker and self.s.words[front.speaker[1]] == ",":
            # The sentence has its subject: "Kaya, “...” diyen Uzun'u eleştirdi."
            head = head_of(self.text, self.s, begin)
            return Front(head, front.content, front.speaker)
        after = front_of(self.text, self.s, begin, len(self.s.words), self.names)
        if after.speaker and after.speaker[0] == begin:
            content = self.floor if front.speaker else front.content
            return Front(after.speaker, content)
        return Front(head_of(self.text, self.s, begin), front.content)

    def _found(
        self, content: list[tuple[int, int]], front: Front, rule: str, score: float
    ) -> Found:
        """Return an attribution with this cue."""
        cue = self.match.words
        lemma = self.match.cue.stem
        found = Found(content, cue, front.speaker, rule, score, lemma)
        found.speech = bool(set("qc") & set(self.match.cue.letters))
        found.negated = lemma in DENIALS
        if self.match.kind == "participle":
            found.rule = f"participle {rule}"
            found.subject = front.subject or front.speaker
        return found

    def quotation_before(self) -> Found | None:
        """Return Kaya, “...” dedi."""
        words = self.s.words
        end = self.at
        while end > self.floor and end - 1 not in self.s.quotations:
            end -= 1
            if words[end] not in AFTER_QUOTATION and words[end] not in ADVERBS:
                return None
        if end <= self.floor:
            return None
        begin = end - 1
        while begin > self.floor and (
            words[begin - 1] in LINKS or begin - 1 in self.s.quotations
        ):
            begin -= 1
        while words[begin] in LINKS:
            begin += 1
        front = self._front(begin)
        if front.content < begin and self._is_part(begin, end):
            begin = front.content
        content = [(begin, end)]
        if not front.speaker and self.match.kind == "finite":
            front = self._inverted(front)
            after = front.speaker[1] if front.speaker else 0
            if words[after : after + 1] == (",",) and after + 1 in self.s.quotations:
                content.append((after + 1, after + 2))
        return self._found(content, front, "quotation", 0.95)

    def _is_part(self, begin: int, end: int) -> bool:
        """Return whether a quotation is some words of a reported sentence."""
        quotation = self.s.quotations[begin]
        inside = self.text[quotation.start : quotation.end]
        return end - begin == 1 and not quotation.capital and inside.count(" ") < 4

    def _inverted(self, front: Front) -> Front:
        """Return the speaker after a finite verb: “...” dedi Kaya."""
        begin = self.match.words[1]
        found = front_of(self.text, self.s, begin, len(self.s.words), self.names)
        speaker = found.speaker
        after = self.s.words[speaker[1] :] if speaker else ()
        if speaker and speaker[0] == begin and (len(after) < 2 or after[0] == ","):
            return Front(speaker, front.content)
        return front

    def clause(self, end: int) -> Found | None:
        """Return Kaya, ... olduğunu söyledi."""
        front = self._front(end)
        if front.content >= end:
            return None
        return self._found([(front.content, end)], front, "clause", 0.85)

    def object(self, end: int) -> Found | None:
        """Return Kaya, suçlamaları reddetti."""
        front = self._front(end)
        if not (front.speaker or self.goes_on) or front.content >= end:
            return None
        found = self._found([(front.content, end)], front, "object", 0.7)
        after = self.match.words[1]
        if self.s.words[after : after + 1] == (":",):
            found.content.append((after + 1, len(self.s.words)))
        else:
            found.speech = False
        return found

    def unquoted(self) -> Found | None:
        """Return Kaya, yol kapandı dedi: words without quotation marks."""
        front = self._front(self.at)
        if not front.speaker or self.at - front.content < 2:
            return None
        if self.s.words[front.speaker[1]] != ",":
            return None
        return self._found([(front.content, self.at)], front, "unquoted", 0.7)

    def colon(self) -> Found | None:
        """Return Kaya şunları söyledi: “...”."""
        words = self.s.words
        end = self.match.words[1]
        for at in range(end, min(len(words), end + TO_COLON)):
            if words[at] == ":":
                break
            if words[at] in STOPS or at in self.s.quotations:
                return None
        else:
            return None
        front = self._front(self.at)
        begin = at + 1
        content = [(begin, len(words))] if begin < len(words) else []
        found = self._found(content, front, "colon", 0.9)
        if not front.speaker and self.match.cue.letters != "s":
            first = after_adverbs(self.s, self.floor, self.at)
            last = self.at
            while last > first and words[last - 1] in BEFORE_COLON:
                last -= 1
            found.unexplained = last > first
            if last - first == 1 and self.text[self.s.starts[first]].isupper():
                # "Meteoroloji uyardı: ...": a word that no list knows.
                found.speaker = (first, last)
        return found
