"""Sources named with "göre": "Kaya'ya göre", "TÜİK verilerine göre"."""

from __future__ import annotations

from claims.attribution.engine.records import Found
from claims.attribution.engine.text import Sentence

from .subjects import ABLATIVE, GENITIVE, GIVEN, after_adverbs, is_subject_noun
from .suffixes import CLAUSE_ENDS, bare
from .words import NOT_SOURCES, OUTLETS, PAPERS, PEOPLE, STEMS

# A source stands at the front of its sentence.
FRONT = 12
# "Kaya'ya göre", "Kaya'ya bakılırsa".
MARKERS = frozenset(["göre", "bakılırsa", "kalırsa"])
# "According to information obtained": from nobody.
OBTAINED = frozenset(["edinilen", "alınan", "edilen", "ulaşılan"])
DATIVE_OF_PEOPLE = ("lere", "lara", "lerine", "larına")


def according_in(text: str, s: Sentence, start: int) -> Found | None:
    """Return the attribution of a sentence that names its source with "göre"."""
    words = s.words
    for at in range(start + 1, min(len(words) - 1, start + FRONT)):
        if words[at] not in MARKERS:
            continue
        first = after_adverbs(s, start, at)
        if first >= at or not _is_source(text, s, at - 1):
            return None
        speaker = (first, _source_end(s, first, at))
        if words[at + 1] == "daha":
            # "younger than Kaya"
            return None
        begin = after_adverbs(s, at + 1, len(words))
        if len(words) - begin < 2:
            return None
        found = Found(
            [(begin, len(words))], (at, at + 1), speaker, "according to", 0.8, "göre"
        )
        found.speech = False
        return found
    return None


def is_relayed(s: Sentence, found: Found) -> bool:
    """Return whether a source is an outlet, which passes on what others say."""
    first, last = found.speaker or (0, 0)
    words = s.words[first:last]
    return any(bare(word) in OUTLETS or STEMS.get(word) in OUTLETS for word in words)


def _source_end(s: Sentence, first: int, at: int) -> int:
    """Return where the speaker ends: before "verilerine" in "TÜİK verilerine göre"."""
    for here in range(at - 2, first - 1, -1):
        word = s.words[here]
        named = "'" in word or "’" in word or word in STEMS
        if named and GENITIVE.search(word):
            return here + 1
        given = word in OBTAINED or word in GIVEN
        if given and here > first and ABLATIVE.search(s.words[here - 1]):
            return here
    return at


def _is_source(text: str, s: Sentence, at: int) -> bool:
    """Return whether the word before "göre" names a source and no measure."""
    word = s.words[at]
    if at and s.words[at - 1] in OBTAINED:
        return at > 1 and bool(ABLATIVE.search(s.words[at - 2]))
    if CLAUSE_ENDS["g"].search(word):
        # "Kaya'nın aktardığına göre"
        return any(GENITIVE.search(before) for before in s.words[max(0, at - 4) : at])
    if word in NOT_SOURCES or word[0].isdigit() or word[-1] not in "ae":
        return False
    if word in PAPERS or word in STEMS or word in OUTLETS:
        return True
    stem = word.rstrip("ae").removesuffix("y").removesuffix("n")
    if stem in PEOPLE or is_subject_noun(stem) or word.endswith(DATIVE_OF_PEOPLE):
        return True
    return text[s.starts[at]].isupper() and not word.split("'")[0].isdigit()
