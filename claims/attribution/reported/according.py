"""Phrases that mean "according to": laut, zufolge, selon, d'après, según."""

from __future__ import annotations

from claims.attribution.engine.cues import according_in
from claims.attribution.engine.names import is_organisation, is_title
from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

from . import german, romance
from .romance_nouns import PARTICIPIAL

OPENERS = frozenset(
    [
        "toujours",
        "siempre",
        "und",
        "aber",
        "doch",
        "et",
        "mais",
        "y",
        "pero",
        "denn",
        "auch",
        "or",
    ]
)
SHORTEST = 2
RELATIVES = (("der",), ("die",), ("das",), ("deren",), ("dessen",))
POSSESSIVES = frozenset(["seiner", "ihrer", "ses", "son", "sa", "leur", "leurs", "su"])


def according_candidates(text: str, s: Sentence, language: Language) -> list[Found]:
    """Return the attributions of a sentence by "according to", in order."""
    found = []
    for match in according_in(s, language):
        letters = match.cue.letters
        if "h" in letters or "g" in letters:
            item = _within(s, match.words)
        elif "b" in letters:
            item = _after_speaker(text, s, match.words, language)
        else:
            item = _before_speaker(text, s, match.words, letters, language)
        if item:
            item.lemma = match.cue.lemma
            found.append(item)
    return found


def _phrase_end(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return where the speaker ends after "laut", "selon"."""
    if language.tables.verb_second:
        if s.words[at : at + 1] in (("von",), ("der",), ("des",)):
            at += s.words[at] == "von"
        return german.noun_phrase_end(text, s, at, language)
    return romance.noun_phrase_end(text, s, at, language)


def _speaker_start(s: Sentence, at: int) -> int:
    """Return where a speaker begins: after "von"."""
    return at + (s.words[at : at + 1] == ("von",))


def _before_speaker(
    text: str, s: Sentence, cue: Words, letters: str, language: Language
) -> Found | None:
    """Return "according to Holt, ..." and "..., according to Holt"."""
    first, last = cue
    begin = last - 1 if "o" in letters else _speaker_start(s, last)
    if begin < len(s.words) and (
        s.words[begin] in language.forms or language.has("auxiliaries", s.words[begin])
    ):
        return None
    end = _phrase_end(text, s, begin, language)
    if end <= begin:
        return None
    if "p" in letters and not _is_person(text, s, begin, end, first, language):
        return None
    if language.tables.verb_second:
        whole = german.with_apposition(text, s, end, language)
    else:
        whole = _with_name(text, s, end, language)
    whole = _to_comma(s, whole, language)
    speaker = (begin, whole)
    zone = _start(s, first)
    opens = all(
        not w[0].isalnum() or w in OPENERS for w in s.words[zone:first]
    ) and not any(at in s.quotations for at in range(zone, first))
    if "s" in letters:
        if opens or s.words[first - 1] not in (",", '"', "–"):
            return None
        parts = [(_start(s, first), first)]
        after = speaker[1] + 1
        if s.words[speaker[1] : after] == (",",) and len(s.words) - after > SHORTEST:
            parts.append((after, len(s.words)))
        return _found(parts, cue, speaker)
    if opens:
        if not (language.tables.verb_second or s.words[whole : whole + 1] == (",",)):
            return None
        content = (whole, len(s.words))
        if s.words[whole : whole + 1] == (",",):
            content = (_after_aside(s, whole + 1, language), len(s.words))
        return _found([content], cue, speaker)
    begin = _start(s, first)
    parts = [(begin, first)]
    rest = whole
    while rest < len(s.words) and s.words[rest] == ",":
        rest += 1
    if any(w[0].isalnum() or w == '"' for w in s.words[rest:]):
        parts.append((rest, len(s.words)))
    length = sum(w[0].isalnum() or w == '"' for w in s.words[begin:first])
    if length < SHORTEST and s.words[first - 1] != '"':
        return None
    return _found(parts, cue, speaker)


def _within(s: Sentence, cue: Words) -> Found | None:
    """Return "à ses yeux", "nach Polizeiangaben": the words hold the speaker."""
    first, last = cue
    at = next((n for n in range(first, last) if s.words[n] in POSSESSIVES), last - 1)
    start = last + (s.words[last : last + 1] == (",",))
    content = (start, len(s.words))
    if any(w[0].isalnum() and w not in OPENERS for w in s.words[:first]):
        if s.words[first - 1] != ",":
            return None
        content = (_start(s, first), first)
    return _found([content], cue, (at, at + 1))


def _after_aside(s: Sentence, at: int, language: Language) -> int:
    """Return where the content begins after an aside: "de 112 páginas, ..."."""
    if language.tables.verb_second or at >= len(s.words):
        return at
    first = s.words[at]
    aside = language.has("inner_prepositions", first) or first.endswith(PARTICIPIAL)
    close = s.words.index(",", at) if aside and "," in s.words[at : at + 12] else at
    return close + 1 if close > at else at


def _to_comma(s: Sentence, end: int, language: Language) -> int:
    """Return where the speaker ends: at the comma after "versée au dossier"."""
    words = s.words
    at = end
    if language.tables.verb_second:
        if words[end : end + 1] != (",",) or words[end + 1 : end + 2] not in RELATIVES:
            return end
        at = end + 2
        while at < len(words) and at - end < 25 and words[at] not in ",.;":
            at += 1
        return at if words[at : at + 1] == (",",) else end
    while at < len(words) and at - end < 10 and words[at] not in ",.;:?!":
        if language.has("finite", words[at]) or at in s.quotations:
            return end
        at += 1
    known = at > end and language.has("prepositions", words[end])
    return at if known and words[at : at + 1] == (",",) else end


def _with_name(text: str, s: Sentence, end: int, language: Language) -> int:
    """Return where a Romance speaker ends with a name in apposition."""
    whole = romance.with_apposition(text, s, end, language)
    if s.words[whole : whole + 1] == ('"',) or language.has("he", s.words[end - 1]):
        return end
    if (
        whole > end
        and s.words[whole : whole + 1] == (",",)
        and text[s.starts[end - 1]].isupper()
        and not language.has("articles", s.words[end + 1])
    ):
        return whole
    if whole > end and text[s.starts[end + 1]].isupper():
        return whole
    if whole > end and s.words[end + 1] in language.sets["titles"]:
        return whole
    return end


def _is_person(
    text: str, s: Sentence, begin: int, end: int, first: int, language: Language
) -> bool:
    """Return whether "pour" or "para" opens a sentence before a person's name."""
    if any(w[0].isalnum() and w not in OPENERS for w in s.words[:first]):
        return False
    if s.words[end : end + 1] != (",",):
        return False
    if any(language.has(n, s.words[begin]) for n in ("he", "she", "they")):
        return True
    words = s.words[begin:end]
    return any(
        is_title(word, language) or is_organisation(word, language) for word in words
    ) or (
        end - begin >= 2
        and all(text[s.starts[at]].isupper() for at in range(begin, end))
    )


def _start(s: Sentence, first: int) -> int:
    """Return where the content begins in front of "according to"."""
    for at in range(first - 1, -1, -1):
        if s.words[at] in ";:":
            return at + 1
    return 0


def _after_speaker(
    text: str, s: Sentence, cue: Words, language: Language
) -> Found | None:
    """Return "Holt zufolge ..." and "..., Holt zufolge"."""
    first, last = cue
    for begin in range(max(0, first - 14), first):
        inside = begin > 0 and s.words[begin - 1][0].isalnum()
        if inside and not _may_begin(text, s, begin, language):
            continue
        end = german.noun_phrase_end(text, s, begin, language)
        if end != first and german.with_apposition(text, s, end, language) != first:
            continue
        speaker = (begin, first)
        if begin == 0 or all(w in OPENERS for w in s.words[:begin]):
            return _found([(last, len(s.words))], cue, speaker)
        parts = [(_start(s, begin), begin)]
        if sum(w[0].isalnum() for w in s.words[last:]) > 0:
            parts.append((last, len(s.words)))
        return _found(parts, cue, speaker)
    return None


def _may_begin(text: str, s: Sentence, at: int, language: Language) -> bool:
    """Return whether a speaker may begin at a word in the middle of a clause."""
    return language.has("articles", s.words[at]) or (
        text[s.starts[at]].isupper() and not text[s.starts[at - 1]].isupper()
    )


def _found(content: list[Words], cue: Words, speaker: Words) -> Found:
    """Return an attribution by "according to"."""
    found = Found(content, cue, speaker, "according to", 0.85)
    found.speech = False
    return found
