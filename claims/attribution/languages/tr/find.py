"""Find the attributions in a Turkish text: the cue comes last, the speaker first."""

from __future__ import annotations

import re
from collections.abc import Collection

from claims.attribution.engine.records import Found, Record, records_of
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence, sentences_of

from .cues import Match, cues_in
from .sources import according_in
from .subjects import Front, front_of, is_subject_noun, source_of
from .suffixes import ACCUSATIVE, CLAUSE_ENDS, bare, lower

# How many words may stand between the end of a clause and its verb.
BETWEEN = 4
# The longest name in front of a colon.
LONGEST_NAME = 9
# How many words of a colon's cue stand before it at most.
TO_COLON = 5
# Words between a quotation and its verb: "diye", "şeklinde konuştu".
AFTER_QUOTATION = 6
STOPS = frozenset(".?!…;")
LINKS = frozenset(",-–—")
NAME = re.compile(r"[A-ZÇĞİÖŞÜÂÎÛ][\wâîû]*(?:['’][\wâîû]+)?")


def find_records(text: str, language: Language) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions of a text with their sentences, and all sentences."""
    sentences = list(sentences_of(text, language))
    names = names_in(text, sentences)
    found = records_of(sentences, lambda s: attributions_in(text, s, names))
    return found, sentences


def names_in(text: str, sentences: list[Sentence]) -> frozenset[str]:
    """Return the words, in small letters, with a capital inside a sentence."""
    return frozenset(
        lower(bare(text[start:end]))
        for s in sentences
        for start, end in zip(s.starts[1:], s.ends[1:], strict=True)
        if text[start].isupper()
    )


def attributions_in(text: str, s: Sentence, names: Collection[str]) -> list[Found]:
    """Return the attributions of one sentence, in the order of their cues."""
    found: list[Found] = []
    subject = None
    start = floor = after_dateline(text, s)
    for match in cues_in(s):
        if match.words[0] < floor:
            continue
        item = _attribution(text, s, match, floor, names)
        if not item:
            continue
        if item.speaker is None and subject and match.kind != "participle":
            item.speaker = subject
            item.rule = f"inherited {item.rule}"
        subject = item.speaker or subject
        floor = item.end
        found.append(item)
    if not found:
        found = according_in(text, s, start)
    if not found:
        found = _name_and_colon(text, s, names)
    return found


def _attribution(
    text: str, s: Sentence, match: Match, floor: int, names: Collection[str]
) -> Found | None:
    """Return the attribution of one cue, or None where nothing is said by it."""
    letters = match.cue.letters
    at = match.words[0]
    passive = letters == "s"
    reading = _Reading(text, s, match, floor, names)
    if (passive or "q" in letters) and (found := reading.quotation_before()):
        return found
    for letter in "p" if passive else letters:
        if letter in CLAUSE_ENDS:
            end = clause_end(s, floor, at, letter)
            if end is not None and (found := reading.clause(end)):
                return found
    if {"c", "q"} & set(letters) and (found := reading.colon()):
        return found
    if match.kind == "participle":
        return None
    if "o" in letters and at > floor and ACCUSATIVE.search(s.words[at - 1]):
        return reading.object(at)
    if "u" in letters:
        return reading.unquoted()
    return None


def after_dateline(text: str, s: Sentence) -> int:
    """Return where a sentence begins after "ANKARA (AA) -", or 0."""
    dash = next(
        (at for at in range(1, min(len(s.words), 9)) if s.words[at] in "-–—"), 0
    )
    place = text[s.starts[0] : s.ends[max(0, dash - 1)]]
    return dash + 1 if dash and (place.isupper() or "(" in place) else 0


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
    """One cue of a sentence and the words before it, from `floor` on."""

    __slots__ = ("at", "floor", "match", "names", "s", "text")

    def __init__(
        self, text: str, s: Sentence, match: Match, floor: int, names: Collection[str]
    ) -> None:
        self.text = text
        self.s = s
        self.match = match
        self.at = match.words[0]
        self.floor = floor
        self.names = names

    def _front(self, last: int) -> Front:
        """Return the speaker in front of the content that ends at a word."""
        if self.match.cue.letters == "s":
            return source_of(self.text, self.s, self.floor, last)
        if self.match.kind == "participle":
            return self._following(last)
        return front_of(self.text, self.s, self.floor, last, self.names)

    def _following(self, last: int) -> Front:
        """Return the speaker after a participle: "“...” diyen Kaya"."""
        begin = self.match.words[1]
        found = front_of(self.text, self.s, begin, len(self.s.words), self.names)
        front = front_of(self.text, self.s, self.floor, last, ())
        content = self.floor if front.speaker else front.content
        speaker = found.speaker if found.speaker and found.speaker[0] == begin else None
        return Front(speaker, content)

    def _found(
        self, content: list[tuple[int, int]], front: Front, rule: str, score: float
    ) -> Found:
        """Return an attribution with this cue."""
        cue = self.match.words
        lemma = self.match.cue.stem
        found = Found(content, cue, front.speaker, rule, score, lemma)
        found.speech = bool(set("qc") & set(self.match.cue.letters))
        return found

    def quotation_before(self) -> Found | None:
        """Return Kaya, “...” dedi."""
        words = self.s.words
        end = self.at
        while end > self.floor and end - 1 not in self.s.quotations:
            end -= 1
            if (
                words[end] in STOPS
                or words[end] in ",:"
                or self.at - end > AFTER_QUOTATION
            ):
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
        if not front.speaker and self.match.kind == "finite":
            front = self._inverted(front)
        return self._found([(begin, end)], front, "quotation", 0.95)

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
        if speaker and speaker[0] == begin and speaker[1] >= len(self.s.words) - 1:
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
        if not front.speaker or front.content >= end:
            return None
        found = self._found([(front.content, end)], front, "object", 0.7)
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
        return self._found(content, front, "colon", 0.9)


def _name_and_colon(text: str, s: Sentence, names: Collection[str]) -> list[Found]:
    """Return Kaya: “...”, without a verb; also a headline without marks."""
    words = s.words
    for at in range(1, min(len(words) - 1, LONGEST_NAME)):
        if words[at] in ',"' or words[at] in STOPS:
            return []
        if words[at] == ":":
            capital = text[s.starts[0]].isupper() and text[s.starts[at - 1]].isupper()
            subject = capital or is_subject_noun(words[at - 1])
            if not subject:
                return []
            if at + 1 not in s.quotations and not _is_name(text, s, at, names):
                return []
            cue = (at, at + 1)
            return [Found([(at + 1, len(words))], cue, (0, at), "name", 0.8)]
    return []


def _is_name(text: str, s: Sentence, end: int, names: Collection[str]) -> bool:
    """Return whether the words in front of a colon are a name that the text knows."""
    return all(text[start].isupper() for start in s.starts[:end]) and (
        s.words[end - 1] in names
        and (end == 1 or any(is_subject_noun(word) for word in s.words[:end]))
    )
