"""Find attributions by cues from a table: quotations, clauses and "according to".

The speaker is sought on the side of the cue where the language puts it; the content is
a quotation beside the cue, a clause after a complementizer or a colon, or the clause in
front of the cue.
"""

from __future__ import annotations

from .cues import Match, according_in, cues_in
from .phrases import Words, speaker_after, speaker_before
from .records import Found, Record, carry_speakers, records_of
from .tables import Language
from .text import Sentence, sentences_of

# How many words may stand between a cue and the quotation or clause it introduces.
REACH = 14
# Fewer words in front of "..., said Holt" are no clause.
SHORTEST_CLAUSE = 3
LINKS = frozenset(",-–—")
ENDS = frozenset(".?!…;")
STARTS = frozenset(":;.?!…")


def find_records(text: str, language: Language) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions of a text with their sentences, and all sentences."""
    sentences = list(sentences_of(text, language))
    found = records_of(sentences, lambda s: attributions_in(text, s, language))
    if language.tables.drops_subjects:
        carry_speakers(text, sentences, found, language)
    return found, sentences


def attributions_in(text: str, s: Sentence, language: Language) -> list[Found]:
    """Return the attributions of one sentence, none inside the content of another."""
    found: list[Found] = []
    matches = [(m, True) for m in cues_in(s, language)]
    matches += [(m, False) for m in according_in(s, language)]
    matches.sort(key=lambda pair: pair[0].words)
    for match, verb in matches:
        floor = found[-1].end if found else 0
        if match.words[0] < floor:
            continue
        reading = _Reading(text, s, match, language, floor)
        item = reading.of_verb() if verb else reading.of_phrase()
        if item:
            item.negated = _is_negated(s, match, language)
            found.append(item)
    return found or _name_and_colon(text, s, language)


def _name_and_colon(text: str, s: Sentence, language: Language) -> list[Found]:
    """Return Holt: “...”, without a verb."""
    for at in range(1, min(len(s.words) - 1, 2 * REACH)):
        if s.words[at] in ENDS or at in s.quotations:
            break
        if s.words[at] == ":" and at + 1 in s.quotations:
            speaker = speaker_before(text, s, at, language)
            if speaker is None or not _has_name(text, s, speaker):
                break
            content = (at + 1, _last_quotation(s, at + 1))
            return [Found([content], (at, at + 1), speaker, "name", 0.8)]
    return []


def _has_name(text: str, s: Sentence, words: Words) -> bool:
    """Return whether the last word of a speaker is a name."""
    return text[s.starts[words[1] - 1]].isupper()


def _last_quotation(s: Sentence, begin: int) -> int:
    """Return where quotations end that follow each other."""
    last = begin
    while last < len(s.words) and (last in s.quotations or s.words[last] in LINKS):
        last += 1
    return last


def _is_negated(s: Sentence, match: Match, language: Language) -> bool:
    """Return whether a cue is denied: "did not say"."""
    first, last = match.words
    words = s.words[max(0, min(first, match.verb) - 2) : last + 2]
    return any(language.has("negations", word) for word in words)


class _Reading:
    """One cue of a sentence, and what stands around it.

    Nothing before `floor` belongs to it: that is another attribution's.
    """

    __slots__ = ("floor", "language", "match", "s", "text")

    def __init__(
        self, text: str, s: Sentence, match: Match, language: Language, floor: int
    ) -> None:
        self.text = text
        self.s = s
        self.match = match
        self.language = language
        self.floor = floor

    def of_verb(self) -> Found | None:
        """Return the attribution of a verb of saying, or None."""
        letters = self.match.cue.letters
        found = None
        if "f" in letters:
            found = self._quotation_before()
        if not found and "q" in letters:
            found = self._quotation_after()
        if not found and "t" in letters:
            found = self._clause_after_complementizer()
        if not found and "f" in letters:
            found = self._clause_before()
        if not found and "c" in letters:
            found = self._clause_after_comma()
        return found

    def of_phrase(self) -> Found | None:
        """Return the attribution of a phrase that means "according to", or None."""
        if "a" in self.match.cue.letters:
            return self._according_before_speaker()
        return self._according_after_speaker()

    def _found(
        self, content: list[Words], speaker: Words | None, rule: str, score: float
    ) -> Found:
        """Return an attribution with this cue."""
        cue = self.match.words
        return Found(content, cue, speaker, rule, score, self.match.cue.lemma)

    def _speaker(self, *, after_first: bool = False) -> Words | None:
        """Return the speaker on either side of the cue."""
        first = min(self.match.words[0], self.match.verb)
        after = self._after()
        if after_first and after:
            return after
        before = speaker_before(self.text, self.s, first, self.language, self.floor)
        return before or after

    def _after(self) -> Words | None:
        """Return the speaker after the cue."""
        return speaker_after(self.text, self.s, self.match.words[1], self.language)

    def _quotation_before(self) -> Found | None:
        """Return “...”, said Holt (, “...”)."""
        s, words = self.s, self.s.words
        first = min(self.match.words[0], self.match.verb)
        at = first
        while at > self.floor and words[at - 1] in LINKS:
            at -= 1
        speaker = None
        if at > self.floor and at - 1 not in s.quotations:
            # “...”, the mayor said
            speaker = speaker_before(self.text, s, first, self.language, self.floor)
            if not speaker:
                return None
            at = speaker[0]
            while at > self.floor and words[at - 1] in LINKS:
                at -= 1
        if at <= self.floor or at - 1 not in s.quotations:
            return None
        begin = at - 1
        while begin > self.floor and words[begin - 1] not in STARTS:
            begin -= 1
        content = [(begin, at)]
        speaker = speaker or self._after()
        end = max(self.match.words[1], speaker[1] if speaker else 0)
        further = self._quotation_from(end)
        if further:
            content.append(further)
        return self._found(content, speaker, "quotation before", 0.95)

    def _quotation_from(self, at: int) -> Words | None:
        """Return the quotation that goes on after cue and speaker."""
        words = self.s.words
        begin = at
        while at < len(words) and at - begin < REACH:
            if at in self.s.quotations:
                return (at, at + 1) if words[at - 1] in ",:–—-" else None
            if words[at] in ENDS:
                return None
            at += 1
        return None

    def _quotation_after(self) -> Found | None:
        """Return Holt said: “...”; after a colon also without marks."""
        s = self.s
        end = self.match.words[1]
        limit = min(len(s.words), end + REACH)
        for at in range(end, limit):
            if s.words[at] in ENDS:
                return None
            colon = s.words[at] == ":"
            if colon or at in s.quotations:
                break
        else:
            return None
        if not colon and at > end + 1 and s.words[at - 1] not in LINKS:
            # "said the plan is “bad”": the words in between are content too.
            return None
        speaker = self._speaker()
        if not speaker or speaker[1] > at:
            return None
        begin = at + colon
        if begin >= len(s.words):
            return self._found([], speaker, "colon", 0.9)
        if begin in s.quotations:
            last = _last_quotation(s, begin)
            return self._found([(begin, last)], speaker, "quotation", 0.95)
        return self._found([(begin, self._end(begin))], speaker, "colon", 0.85)

    def _end(self, begin: int) -> int:
        """Return where a clause ends that begins at a word."""
        words = self.s.words
        at = begin
        while at < len(words) and words[at] != ";":
            at += 1
        return at

    def _clause_after_complementizer(self) -> Found | None:
        """Return Holt said that ..."""
        words = self.s.words
        end = self.match.words[1]
        commas = 0
        for at in range(end, min(len(words), end + REACH)):
            if self.language.has("complementizers", words[at]):
                break
            commas += words[at] == ","
            if words[at] in ENDS or words[at] == ":" or commas > 1:
                return None
        else:
            return None
        speaker = self._speaker()
        if not speaker or speaker[1] > at:
            return None
        return self._found([(at, self._end(at))], speaker, "complementizer", 0.85)

    def _clause_before(self) -> Found | None:
        """Return ..., said Holt; also ..., said Holt, ..."""
        words = self.s.words
        first = min(self.match.words[0], self.match.verb)
        if first - 1 <= self.floor or words[first - 1] not in LINKS:
            return None
        speaker = self._after()
        if not speaker or first - 1 - self.floor < SHORTEST_CLAUSE:
            return None
        content = [(self.floor, first - 1)]
        at = speaker[1]
        if words[at : at + 1] == (",",) and len(words) - at > SHORTEST_CLAUSE + 1:
            content.append((at + 1, self._end(at + 1)))
        return self._found(content, speaker, "clause before", 0.8)

    def _clause_after_comma(self) -> Found | None:
        """Return Holt said, the road be open: a clause without complementizer."""
        words = self.s.words
        end = self.match.words[1]
        for at in range(end, min(len(words), end + REACH)):
            if words[at] == ",":
                break
            if words[at] in ENDS or words[at] == ":":
                return None
        else:
            return None
        speaker = self._speaker()
        if not speaker or speaker[1] > at or len(words) - at <= SHORTEST_CLAUSE:
            return None
        return self._found([(at + 1, self._end(at + 1))], speaker, "clause", 0.75)

    def _according_before_speaker(self) -> Found | None:
        """Return according to Holt, ...; ..., according to Holt."""
        s, words = self.s, self.s.words
        first, last = self.match.words
        begin, end = self._noun_phrase(last)
        if end <= begin:
            return None
        opens = all(not w[0].isalnum() or w == '"' for w in words[self.floor : first])
        if first == self.floor or (opens and not s.quotations):
            start = end + (words[end : end + 1] == (",",))
            content = (start, self._end(start))
        else:
            content = (self.floor, first)
        if sum(word[0].isalnum() or word == '"' for word in words[slice(*content)]) < 1:
            return None
        found = self._found([content], (begin, end), "according to", 0.85)
        found.speech = False
        return found

    def _noun_phrase(self, begin: int) -> Words:
        """Return the words after "according to" up to a comma or a finite verb."""
        words = self.s.words
        end = begin
        while end < len(words) and end - begin < REACH:
            word = words[end]
            if word in ENDS or word in ',:"' or self.language.has("finite", word):
                break
            end += 1
        return begin, end

    def _according_after_speaker(self) -> Found | None:
        """Return Holt according to, ...: the speaker stands before the words."""
        words = self.s.words
        first, last = self.match.words
        speaker = speaker_before(self.text, self.s, first, self.language, self.floor)
        if not speaker:
            return None
        start = last + (words[last : last + 1] == (",",))
        content = (start, self._end(start))
        if speaker[0] > self.floor + SHORTEST_CLAUSE:
            content = (self.floor, speaker[0])
        found = self._found([content], speaker, "according to", 0.8)
        found.speech = False
        return found
