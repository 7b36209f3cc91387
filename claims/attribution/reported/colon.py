"""Quotations after a colon without a verb of saying: "Der Trainer war froh: „...“"."""

from __future__ import annotations

from claims.attribution.engine.names import is_title
from claims.attribution.engine.records import Found
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

from . import german, romance


def introduced_by_colon(text: str, s: Sentence, language: Language) -> Found | None:
    """Return the quotation after a colon as said by the person who is the subject."""
    colon = next((at for at in range(1, len(s.words) - 1) if s.words[at] == ":"), None)
    if colon is None or colon + 1 not in s.quotations:
        return None
    start = 0
    if language.tables.verb_second:
        end = german.noun_phrase_end(text, s, 0, language)
        speaker = (0, german.with_apposition(text, s, end, language))
        if end == 0 and colon > 2:
            return None
    else:
        while start < colon and s.words[start] in romance.JOINTS:
            start += 1
        end = romance.noun_phrase_end(text, s, start, language)
        speaker = (start, romance.with_apposition(text, s, end, language))
    if (
        end == start
        or end > colon
        or not is_person(text, s, start, end, speaker, language)
    ):
        return None
    last = speaker[1] + (s.words[speaker[1] : speaker[1] + 1] == (",",))
    cue = (last, last + 1) if last < colon else (colon, colon + 1)
    return Found([(colon + 1, len(s.words))], cue, speaker, "colon", 0.7)


def is_person(
    text: str,
    s: Sentence,
    begin: int,
    end: int,
    speaker: tuple[int, int],
    language: Language,
) -> bool:
    """Return whether words are a pronoun, a title or a name."""
    words = s.words[begin:end]
    if any(language.has(name, words[0]) for name in ("he", "she")):
        return True
    if any(is_title(word, language) for word in s.words[slice(*speaker)]):
        return True
    given = any(
        language.has(name, word)
        for word in words
        for name in ("male_names", "female_names")
    )
    if given:
        return True
    small = not language.tables.nouns_have_capitals
    return (
        small
        and not language.has("articles", words[0])
        and len(words) < 4
        and all(text[s.starts[at]].isupper() for at in range(begin, end))
    )
