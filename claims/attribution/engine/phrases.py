"""The words of a speaker before or after a cue, without a parser."""

from __future__ import annotations

from .tables import Language
from .text import Sentence

# First word, and the one after the last.
Words = tuple[int, int]
# No speaker has more words, appositions not counted.
LONGEST = 16
BREAKS = frozenset(';:()[].?!…"-–—|/')


def speaker_before(
    text: str, s: Sentence, at: int, language: Language, floor: int = 0
) -> Words | None:
    """Return the words for the speaker that end before a cue, or None."""
    last = at
    while last > floor and _is_between(s.words[last - 1], language):
        last -= 1
    if last <= floor or s.words[last - 1] in BREAKS:
        return None
    apposition = s.words[last - 1] == ","
    if apposition:
        # "Holt, the mayor, said": the speaker begins before the first comma.
        last -= 1
        first = _boundary_before(s, last, language, floor)
        if first <= floor or s.words[first - 1] != ",":
            return None
        middle = first
        first = _boundary_before(s, middle - 1, language, floor)
        if first >= middle - 1:
            return None
        found = _trimmed(text, s, first, middle - 1, language)
        return (found[0], last) if found else None
    first = _boundary_before(s, last, language, floor)
    return _trimmed(text, s, first, last, language)


def _is_between(word: str, language: Language) -> bool:
    """Return whether a word may stand between a speaker and a cue."""
    return (
        language.has("adverbs", word)
        or language.has("auxiliaries", word)
        or language.has("negations", word)
        or word in language.weekdays
        or word in language.days
    )


def _boundary_before(s: Sentence, last: int, language: Language, floor: int) -> int:
    """Return where the phrase that ends before a word begins at the earliest."""
    first = last
    while first > floor and last - first < LONGEST:
        word = s.words[first - 1]
        if word in BREAKS or word == "," or _opens_clause(word, language):
            break
        first -= 1
    return first


def _opens_clause(word: str, language: Language) -> bool:
    """Return whether a word joins clauses."""
    return language.has("conjunctions", word) or language.has("complementizers", word)


def _trimmed(
    text: str, s: Sentence, first: int, last: int, language: Language
) -> Words | None:
    """Return a phrase without the adverbial in front of it; None if nothing is left."""
    while first < last and (
        language.has("adverbs", s.words[first]) or s.words[first] in language.days
    ):
        first += 1
    if first >= last:
        return None
    if _is_adverbial(s.words[first], language):
        if language.tables.verb_second:
            return None
        first = _after_adverbial(text, s, first, last, language)
    return (first, last) if _is_phrase(text, s, first, last, language) else None


def _is_adverbial(word: str, language: Language) -> bool:
    """Return whether a word begins an adverbial: a preposition, a day."""
    return (
        language.has("prepositions", word)
        or language.has("inner_prepositions", word)
        or word in language.weekdays
    )


def _after_adverbial(
    text: str, s: Sentence, first: int, last: int, language: Language
) -> int:
    """Return where a noun phrase begins after "at the meeting", or `last`."""
    for at in range(first + 1, last):
        before = s.words[at - 1]
        if _is_adverbial(before, language) or language.has("articles", before):
            continue
        if language.has("articles", s.words[at]) or (
            not language.has("articles", before)
            and text[s.starts[at]].isupper()
            and not text[s.starts[at - 1]].isupper()
        ):
            return at
    return last


def _is_phrase(
    text: str, s: Sentence, first: int, last: int, language: Language
) -> bool:
    """Return whether words may name a speaker: a name, a noun, a pronoun."""
    if not 0 < last - first <= LONGEST:
        return False
    words = s.words[first:last]
    if any(language.has("finite", word) for word in words):
        return False
    if len(words) == 1 and any(
        language.has(name, words[0]) for name in ("he", "she", "it", "they")
    ):
        return True
    if not any(word[0].isalpha() for word in words):
        return False
    return language.has("articles", words[0]) or any(
        text[start].isupper() for start in s.starts[first:last]
    )


def speaker_after(text: str, s: Sentence, at: int, language: Language) -> Words | None:
    """Return the words for the speaker that follow a cue, or None."""
    first = at
    while first < len(s.words) and _is_between(s.words[first], language):
        first += 1
    last = first
    while last < len(s.words) and last - first < LONGEST:
        word = s.words[last]
        if word in BREAKS or word == "," or _opens_clause(word, language):
            break
        if language.has("prepositions", word) or _is_between(word, language):
            break
        last += 1
    if first >= last or not _is_phrase(text, s, first, last, language):
        return None
    return first, _with_apposition(text, s, first, last, language)


def _with_apposition(
    text: str, s: Sentence, first: int, last: int, language: Language
) -> int:
    """Return where a speaker ends, with the name in "the mayor, Ida Holt,"."""
    if s.words[last : last + 1] != (",",) or language.tables.nouns_have_capitals:
        return last
    if any(text[start].isupper() for start in s.starts[first:last]):
        return last
    end = last + 1
    while end < len(s.words) and end - last < 7 and s.words[end] not in BREAKS | {","}:
        capital = text[s.starts[end]].isupper()
        if not capital and not language.has("particles", s.words[end]):
            return last
        end += 1
    return end if end > last + 2 else last
