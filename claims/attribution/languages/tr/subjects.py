"""Who speaks in a Turkish sentence: the subject in front, or the source of a report."""

from __future__ import annotations

import re
from collections.abc import Collection

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.tables import word_set
from claims.attribution.engine.text import Sentence

from .suffixes import CLAUSE_ENDS, OBLIQUE
from .words import (
    ADVERBIALS,
    ADVERBS,
    BODIES,
    OCCASIONS,
    PAPERS,
    PEOPLE,
    PRONOUNS,
    SEAT_NAMES,
    SHORT_TITLES,
    STEMS,
    TITLE_BASE,
)

# How many words a speaker and an adjunct may have.
LONGEST = 14
# How many words a person has up to the ending of the name: "Vali Ece Kaya'yı".
MOST_BEFORE_NAME = 6
# "konuşan Kaya", "açıklama yapan Bakan": what comes before is about the speaker.
RELATIVE = re.compile(r"\w{2,}(?:an|en)\Z")
NO_RELATIVE = word_set(
    """
    başkan bakan kaptan uzman neden yeniden hemen yakından yandan ilan olan insan zaman
    orman vatan iran kaan hasan ihsan osman erkan turan kenan ozan sultan müslüman
    düşman yalan meydan roman eleman plan
    """
)
GENITIVE = re.compile(r"(?:['’ʼ]n?[ıiuü]n|\wn[ıiuü]n|\w{3,}[ıiuü]n)\Z")
PLURAL = re.compile(r"\wl[ae]r[ıi]?\Z")
ABLATIVE = re.compile(r"(?:['’ʼ]n?[dt][ae]n|[dt][ae]n)\Z")
GIVEN = word_set("yapılan gelen yayımlanan yayınlanan verilen paylaşılan")
PAUSES = frozenset(',;:-–—"')


class Front:
    """The front of a clause: its speaker, if any, and where its content begins.

    `subject` is who goes on as the subject of the sentence, where that is another.
    """

    __slots__ = ("content", "speaker", "subject")

    def __init__(
        self, speaker: Words | None, content: int, subject: Words | None = None
    ) -> None:
        self.speaker = speaker
        self.content = content
        self.subject = subject


def is_subject_noun(word: str) -> bool:
    """Return whether a word in small letters may be a speaker, uninflected."""
    return (
        word in TITLE_BASE
        or word in BODIES
        or word in PEOPLE
        or word in PRONOUNS
        or word in SEAT_NAMES
    )


def front_of(
    text: str, s: Sentence, first: int, last: int, names: Collection[str]
) -> Front:
    """Return speaker and content of the words before a cue or a quotation.

    `names` are the words, in small letters, that the text uses as names.
    """
    begin = _after_lead(text, s, first, last)
    while begin < last:
        end = _subject_end(text, s, begin, last, names)
        if end > begin:
            return Front((begin, end), _after_adjunct(s, end, last))
        comma = _next(s, begin, last, ",")
        if comma is None or not _is_adjunct(s, begin, comma):
            break
        begin = _after_lead(text, s, comma + 1, last)
    return Front(None, _after_adjunct(s, first, last))


def head_of(text: str, s: Sentence, begin: int) -> Words | None:
    """Return the person whom a participle describes, in any case: "diyen Uzun'u"."""
    for at in range(begin, min(begin + MOST_BEFORE_NAME, len(s.words))):
        word = s.words[at]
        if word in PAUSES or word[0] in ".?!()":
            return None
        if ("'" in word or "’" in word) and text[s.starts[at]].isupper():
            return begin, at + 1
    return None


def _next(s: Sentence, first: int, last: int, mark: str) -> int | None:
    """Return where a mark stands next, within reach."""
    for at in range(first, min(last, first + 2 * LONGEST)):
        if s.words[at] == mark:
            return at
    return None


def _is_adjunct(s: Sentence, first: int, comma: int) -> bool:
    """Return whether the words before a comma are no subject: "Ankara'da,"."""
    word = s.words[comma - 1]
    return comma > first and (
        word in ADVERBS or word in OCCASIONS or bool(OBLIQUE.search(word))
    )


def _after_lead(text: str, s: Sentence, first: int, last: int) -> int:
    """Return where the words after "Dün Ankara'da konuşan" begin."""
    at = after_adverbs(s, first, last)
    for here in range(at, min(last - 1, at + LONGEST)):
        word = s.words[here]
        if word in PAUSES:
            break
        if (
            RELATIVE.match(word)
            and word not in NO_RELATIVE
            and not text[s.starts[here]].isupper()
            and (
                text[s.starts[here + 1]].isupper() or is_subject_noun(s.words[here + 1])
            )
        ):
            at = here + 1
    return at


def _subject_end(
    text: str, s: Sentence, first: int, last: int, names: Collection[str]
) -> int:
    """Return where the subject ends that begins at a word; `first` for none."""
    comma = _next(s, first, min(last, first + LONGEST), ",")
    if comma is not None and _closes_subject(text, s, first, comma):
        return comma
    limit = comma if comma is not None else min(last, first + LONGEST)
    end = first
    for at in range(first, limit):
        word = s.words[at]
        if word == "." and at > first and _is_shortened(text, s, at - 1):
            end = at + 1 if end == at else end
            continue
        if word in PAUSES or word in ".()?!":
            break
        capital = text[s.starts[at]].isupper()
        if _ends_subject(s, at, first, capital, names):
            end = at + 1
            continue
        if end > first and (not capital or OBLIQUE.search(word)):
            # "Kaya Ankara'da": the name ended before.
            break
    if end > first:
        if comma and 0 < comma - end < 3 and PLURAL.search(s.words[comma - 1]):
            return comma
        return end
    if comma is not None and _is_nominative(s.words[comma - 1]) and comma - first < 7:
        word = s.words[comma - 1]
        if word not in ADVERBS and word[0].isalpha() and comma < last - 1:
            return comma
    return first


def _closes_subject(text: str, s: Sentence, first: int, comma: int) -> bool:
    """Return whether all words up to a comma are the subject: "Partinin lideri,"."""
    word = s.words[comma - 1]
    inside = s.words[first:comma]
    if comma - first < 2 or "ise" in inside or OBLIQUE.search(word):
        return False
    if any(w in PAUSES or CLAUSE_ENDS["k"].search(w) for w in inside):
        return False
    if word == ".":
        return _is_shortened(text, s, comma - 2)
    capital = text[s.starts[comma - 1]].isupper() and "'" not in word
    inflected = word in STEMS and STEMS[word] != word
    return is_subject_noun(word) or (capital and "’" not in word and not inflected)


def _is_shortened(text: str, s: Sentence, at: int) -> bool:
    """Return whether a full stop after a word belongs to it: "Prof.", "N.T."."""
    word = s.words[at]
    return word in SHORT_TITLES or (
        text[s.starts[at]].isupper() and all(len(part) == 1 for part in word.split("."))
    )


def _ends_subject(
    s: Sentence, at: int, first: int, capital: bool, names: Collection[str]
) -> bool:
    """Return whether a subject may end with a word: a name, a title, a body."""
    word = s.words[at]
    if is_subject_noun(word):
        return True
    if not capital or "'" in word or "’" in word:
        return False
    if word in STEMS and STEMS[word] != word:
        return False
    if at > first:
        return True
    return word in names


def _is_nominative(word: str) -> bool:
    """Return whether a word may be a subject: it has no ending of case."""
    return not OBLIQUE.search(word) and not GENITIVE.search(word)


def _after_adjunct(s: Sentence, first: int, last: int) -> int:
    """Return where the content begins after "dün yaptığı açıklamada,"."""
    at = first
    for here in range(first, min(last, first + LONGEST)):
        word = s.words[here]
        if word == '"' or word == ":":
            break
        if word in OCCASIONS:
            at = here + 1
    at = after_adverbs(s, at, last)
    if at < last and s.words[at] == "(" and ")" in s.words[at : at + 8]:
        # "Ece Kaya (52), ...": her age, her party.
        at = after_adverbs(s, s.words.index(")", at) + 1, last)
    if at < last and s.words[at][0].isdigit() and s.words[at + 1 : at + 2] == (",",):
        # "Ayten Bulut, 43, ...": her age.
        at = after_adverbs(s, at + 1, last)
    return at


def source_of(s: Sentence, first: int, last: int) -> Front:
    """Return who is behind a passive: "Bakanlıktan yapılan açıklamada, ..."."""
    for at in range(first, min(last, first + LONGEST)):
        word = s.words[at]
        if word in '":;':
            break
        if word in PAPERS and word.endswith(("da", "de", "ta", "te")):
            speaker = _giver(s, after_adverbs(s, first, at), at)
            content = after_adverbs(s, at + 1, last)
            return Front(speaker, content)
    return Front(None, _after_adjunct(s, first, last))


def _giver(s: Sentence, first: int, at: int) -> Words:
    """Return who gives a paper out, or the paper itself."""
    for here in range(first + 1, at):
        if s.words[here] in GIVEN and ABLATIVE.search(s.words[here - 1]):
            return first, here
    for here in range(at - 1, first - 1, -1):
        word = s.words[here]
        if GENITIVE.search(word) and (word in STEMS or "'" in word or "’" in word):
            return first, here + 1
    for here in range(at - 1, first - 1, -1):
        if s.words[here] in BODIES:
            return first, here + 1
    return (first if at - first < 4 else at), at + 1


def after_adverbs(s: Sentence, first: int, last: int) -> int:
    """Return where the words after "Öte yandan", "dün" and commas begin."""
    at = first
    while at < last:
        if s.words[at] in ADVERBS or s.words[at] in ",;-–—":
            at += 1
            continue
        for length in (3, 2, 1):
            if s.words[at : at + length] in ADVERBIALS and at + length <= last:
                at += length
                break
        else:
            return at
    return min(at, last)
