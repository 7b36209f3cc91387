"""Find the attributions in a Turkish text: the cue comes last, the speaker first."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from claims.attribution.engine.records import Found, Record, records_of
from claims.attribution.engine.tables import Language, word_set
from claims.attribution.engine.text import Sentence, sentences_of

from .cues import PASSIVE, Match, cues_in
from .sources import according_in
from .subjects import Front, after_adverbs, front_of, is_subject_noun, source_of
from .suffixes import ACCUSATIVE, CLAUSE_ENDS, DATIVE, bare, lower
from .words import ADVERBS

# How many words may stand between the end of a clause and its verb.
BETWEEN = 4
# A verb without subject goes with the speaker at most so many sentences before it.
SENTENCES_BETWEEN = 2
# The longest name in front of a colon.
LONGEST_NAME = 9
QUESTIONS = frozenset(["soru", "cevap", "yanıt", "fotoğraf", "kaynak", "haber"])
# How many words of a colon's cue stand before it at most.
TO_COLON = 5
# Words between a quotation and its verb: "diye", "şeklinde konuştu".
AFTER_QUOTATION = word_set(
    """
    diye şeklinde biçiminde sözleriyle sözlerini sözleri de da bir kez daha şu , diyerek
    ifadesiyle yönünde olarak sert
    """
)
# Verbs that deny what their clause says.
DENIALS = frozenset(["yalanla", "reddet", "inkar_et", "inkâr_et"])
# A report that shows something is its subject; without one it is no statement.
NEED_SUBJECT = frozenset(["göster", "ortaya_koy", "açığa_çıkar"])
STOPS = frozenset(".?!…;")
LINKS = frozenset(",-–—")
NAME = re.compile(r"[A-ZÇĞİÖŞÜÂÎÛ][\wâîû]*(?:['’][\wâîû]+)?")


def find_records(text: str, language: Language) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions of a text with their sentences, and all sentences."""
    sentences = list(sentences_of(text, language))
    names = names_in(text, sentences)
    found = records_of(sentences, lambda s: attributions_in(text, s, names))
    _carry_speakers(text, sentences, found)
    return found, sentences


def _carry_speakers(
    text: str, sentences: list[Sentence], records: list[Record]
) -> None:
    """Give verbs without a subject the speaker of the sentence before.

    "Kaya geldi. Yolun kapandığını söyledi.": Turkish leaves "she" out.
    """
    numbers = {id(s): number for number, s in enumerate(sentences)}
    for before, record in pairwise(records):
        item, speaker = record.attribution, before.attribution.speaker
        if item.speaker or not speaker or not _is_active(record):
            continue
        first, last = numbers[id(before.sentence)], numbers[id(record.sentence)]
        between = sentences[first + 1 : last]
        near = record.sentence.paragraph - before.sentence.paragraph < 2
        if not near or len(between) > SENTENCES_BETWEEN or not _is_active(before):
            continue
        if not any(_names_somebody(text, s) for s in between):
            rule = f"carried {item.rule}"
            record.attribution = replace(item, speaker=speaker, rule=rule)


def _is_active(record: Record) -> bool:
    """Return whether a cue has a subject, printed or left out."""
    return record.found.lemma not in PASSIVE


def _names_somebody(text: str, s: Sentence) -> bool:
    """Return whether a sentence has a name or another noun with a capital."""
    return any(text[start].isupper() for start in s.starts[1:])


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
        item = _attribution(text, s, match, floor, names, bool(found))
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


def after_dateline(text: str, s: Sentence) -> int:
    """Return where a sentence begins after "ANKARA (AA) -" or "Soru:", or 0."""
    if s.words[0] in QUESTIONS and s.words[1:2] == (":",):
        return 2
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
        found.negated = lemma in DENIALS
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
        return self._found(content, front, "colon", 0.9)


def _name_and_colon(text: str, s: Sentence, names: Collection[str]) -> list[Found]:
    """Return Kaya: “...”, without a verb; also an answer in an interview."""
    words = s.words
    for at in range(1, min(len(words), LONGEST_NAME)):
        if words[at] in ',"' or words[at] in STOPS:
            return []
        if words[at] == ":":
            speaker, cue = (0, at), (at, at + 1)
            if words[0] in QUESTIONS or not _may_speak(text, s, at):
                return []
            if at + 1 == len(words):
                return [Found([], cue, speaker, "name", 0.8)]
            content = [(at + 1, len(words))]
            if at + 1 in s.quotations:
                return [Found(content, cue, speaker, "name", 0.8)]
            if not _is_name(text, s, at, names):
                return []
            found = Found(content, cue, speaker, "answer", 0.8, speech=False)
            found.to_paragraph_end = True
            return [found]
    return []


def _may_speak(text: str, s: Sentence, end: int) -> bool:
    """Return whether words in front of a colon may be a speaker."""
    last = s.words[end - 1]
    first, final = s.starts[0], s.starts[end - 1]
    return is_subject_noun(last) or (text[first].isupper() and text[final].isupper())


def _is_name(text: str, s: Sentence, end: int, names: Collection[str]) -> bool:
    """Return whether the words in front of a colon are a name, titles before it."""
    capitals = all(text[start].isupper() for start in s.starts[:end])
    headline = s.paragraph == 0 and end < LONGEST_NAME // 2
    return capitals and (s.words[end - 1] in names or headline)
