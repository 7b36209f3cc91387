"""French and Spanish speakers: before their verb, or after it."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

from .hits import Hit
from .romance_nouns import (
    BREAKS,
    HEADS,
    LATTER,
    LONGEST,
    PARTICIPIAL,
    noun_phrase_end,
    skip_adverbials,
    with_apposition,
)

CLITICS = frozenset(
    [
        "lui",
        "leur",
        "nous",
        "vous",
        "me",
        "m'",
        "m’",
        "se",
        "s'",
        "s’",
        "y",
        "en",
        "lo",
        "le",
        "les",
        "nos",
        "os",
        "te",
        "t'",
        "l'",
        "l’",
        "la",
    ]
)
JOINTS = frozenset(["et", "y", "e", "mais", "pero", "puis"])
TIME_ENDS = frozenset(
    ["antes", "después", "tard", "tôt", "avant", "après", "auparavant"]
)
# What stands between commas without saying more about the speaker.
ASIDES = frozenset(
    [
        *("sin embargo", "por su parte", "en cambio", "no obstante", "a su vez"),
        *("en effet", "de son côté", "pour sa part", "quant à lui", "quant à elle"),
        *("toutefois", "cependant", "eux", "elles", "lui", "elle", "également"),
        *("también", "en tout cas", "en revanche", "además", "por ejemplo"),
    ]
)


def speaker_before(
    text: str, s: Sentence, hit: Hit, language: Language, floor: int
) -> Words | None:
    """Return the subject in front of a verb, or None."""
    last = hit.lead
    while (
        last > floor
        and s.words[max(0, last - 2) : last] not in LATTER
        and (
            language.has("adverbs", s.words[last - 1])
            or s.words[last - 1] in language.weekdays
            or s.words[last - 1] in language.days
        )
        and not text[s.starts[last - 1]].isupper()
    ):
        last -= 1
    whole = _pieces(s, floor, last)
    pieces = [
        piece
        for number, piece in enumerate(whole)
        if not number or " ".join(s.words[slice(*piece)]) not in ASIDES
    ]
    if not pieces:
        return None
    if s.words[last - 1] == "," and len(whole) == 1:
        return None
    if s.words[last - 1 : last] == (",",) and len(pieces) > 1:
        return _before_apposition(text, s, pieces, last, language)
    begin, end = pieces[-1]
    if end - begin == 1 and s.words[begin] in HEADS:
        return _antecedent(text, s, pieces, language)
    found = _subject_in(text, s, begin, end, language)
    if found and len(pieces) > 1 and s.words[begin] in ("et", "y", "e"):
        # "Le maire, Jean Dulac, et la préfète ont annoncé"
        for first, last in pieces[:-1]:
            opening = _subject_in(text, s, first, last, language)
            if opening and opening[1] == last:
                return opening[0], end
    return found


def _pieces(s: Sentence, floor: int, last: int) -> list[Words]:
    """Return the stretches between commas from a place up to another one."""
    pieces: list[Words] = []
    end = last
    at = last
    while at > floor and last - at < 45:
        word = s.words[at - 1]
        if word == ")" and "(" in s.words[max(floor, at - 12) : at]:
            # "Jean Dulac (Union des Rives) a dit"
            while s.words[at - 1] != "(":
                at -= 1
            at -= 1
            continue
        if word in BREAKS and not is_short_stop(s, at - 1):
            break
        if word == ",":
            if end > at:
                pieces.append((at, end))
            end = at - 1
        at -= 1
    if end > at:
        pieces.append((at, end))
    return pieces[::-1]


def is_short_stop(s: Sentence, at: int) -> bool:
    """Return whether a full stop belongs to an abbreviation inside a sentence."""
    return s.words[at] == "." and at + 1 < len(s.words) and len(s.words[at - 1]) < 5


def _before_apposition(
    text: str, s: Sentence, pieces: list[Words], last: int, language: Language
) -> Words | None:
    """Return the subject of "la maire, Hélène Carrac, a dit"."""
    for begin, end in pieces[:-1]:
        found = _subject_in(text, s, begin, end, language)
        if found and found[1] == end:
            reach = noun_phrase_end(text, s, found[0], language)
            if (
                reach < end
                and s.words[reach] != "("
                and not language.has("prepositions", s.words[reach])
            ):
                return None
            rest = [piece for piece in pieces if piece[0] > begin]
            if all(_is_apposition(text, s, piece, language) for piece in rest):
                return found[0], last - 1
            return None
    return None


def _is_apposition(text: str, s: Sentence, piece: Words, language: Language) -> bool:
    """Return whether a stretch between commas says more about the name before it."""
    begin, end = piece
    first = s.words[begin]
    if first in HEADS or first[0].isdigit() or first in ("dont", "cuyo", "cuya"):
        return True
    if first.endswith(PARTICIPIAL) or language.has("inner_prepositions", first):
        return True
    small = text[s.starts[begin]].islower()
    if small and first in CLITICS and not language.has("articles", first):
        return False
    inside = s.words[begin + 1 : end]
    if any(language.has("finite", word) for word in inside):
        return False
    if any(word in language.forms for word in inside):
        return False
    noun = small and first.isalpha() and not language.has("prepositions", first)
    return noun or noun_phrase_end(text, s, begin, language) > min(begin + 1, end - 1)


def _antecedent(
    text: str, s: Sentence, pieces: list[Words], language: Language
) -> Words | None:
    """Return whom "qui" means in "le maire, qui a dit que"."""
    if len(pieces) < 2:
        return None
    begin, end = pieces[-2]
    for at in range(begin, end):
        found = _subject_in(text, s, at, end, language)
        if found and found[1] == end:
            return found
    return None


def _subject_in(
    text: str, s: Sentence, begin: int, end: int, language: Language
) -> Words | None:
    """Return the subject in a stretch that ends before a verb, or None."""
    begin = _after_joint(s, begin, end, language)
    while begin < end and (
        (language.has("adverbs", s.words[begin]) and s.words[begin] != "lo")
        or s.words[begin] in JOINTS
        or s.words[begin] in language.days
        or not s.words[begin][0].isalnum()
    ):
        begin += 1
    if begin >= end or end - begin > LONGEST:
        return None
    first = s.words[begin]
    if language.has("prepositions", first) or language.has("conjunctions", first):
        return None
    if begin == 0 and first.endswith(PARTICIPIAL) and begin + 1 < end:
        following = s.words[begin + 1]
        if language.has("prepositions", following) or following in ("de", "d'", "par"):
            # "Interrogée sur le budget, ..."
            return None
    if first in language.weekdays:
        return None
    if any(language.has("finite", word) for word in s.words[begin + 1 : end]):
        return None
    if s.words[end - 1] in HEADS or s.words[end - 1] in TIME_ENDS:
        return None
    if s.words[end - 1] in ("et", "y", "e"):
        # "La maire proteste et demande ...": the verb is the second of its subject.
        return None
    if any(language.has(name, first) for name in ("he", "she", "it", "they")):
        if end - begin == 1:
            return begin, end
        if not language.has("articles", first):
            return None
    if not (
        language.has("articles", first)
        or text[s.starts[begin]].isupper()
        or language.has("titles", first)
    ):
        return None
    return begin, end


def _after_joint(s: Sentence, begin: int, end: int, language: Language) -> int:
    """Return where the last clause of a stretch begins, after "mais", "pero"."""
    at = begin
    for place in range(begin, end - 1):
        word = s.words[place]
        if word in ("mais", "pero", "or", "donc", "mientras", "tandis", "aunque") or (
            word in ("et", "y", "e", "que", "qu'", "qu’")
            and any(
                language.has("finite", w) or w in language.forms
                for w in s.words[at:place]
            )
        ):
            at = place + 1
    return at


def speaker_after(text: str, s: Sentence, hit: Hit, language: Language) -> Words | None:
    """Return the subject after a verb, or None."""
    if hit.enclitic:
        return hit.enclitic
    first = skip_adverbials(text, s, hit.tail, language)
    if first >= len(s.words) or s.words[first] in (",", '"'):
        return None
    end = noun_phrase_end(text, s, first, language)
    if end == first:
        return None
    return first, with_apposition(text, s, end, language)
