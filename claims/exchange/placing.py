"""Finding the words of an imported claim in the article's current text."""

from __future__ import annotations

import re
from typing import NamedTuple

from claims.exchange.records import InvalidValue, MarkedClaim, Words
from claims.models.choices import Anchor, SpanRole
from claims.text.canonical import context, occurrences

LONGEST = 10_000
# The mark between the parts of a quotation, as exported and as people write it.
PART_MARK = re.compile(r"\s*\[(?:\.\.\.|…)\]\s*")


# What a table calls the words of a role.
COLUMNS = {
    SpanRole.CONTENT.value: "quote",
    SpanRole.CUE.value: "cue",
    SpanRole.SPEAKER.value: "speaker_words",
}


class PlacedWords(NamedTuple):
    """Words with their span in the current text; `anchor` says if they had moved."""

    role: str
    ordinal: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    anchor: str


def place_words(claim: MarkedClaim, body: str) -> list[PlacedWords]:
    """Return a claim's words with their spans in a text; raise InvalidValue.

    At the span given, or at the only place where they stand: words that stand several
    times are never guessed.
    """
    if not any(words.role == SpanRole.CONTENT for words in claim.words):
        raise InvalidValue("No words are given for what is claimed.", "quote")
    found: list[PlacedWords] = []
    for words, (start, end) in _places(claim.words, body):
        is_there = (start, end) == (words.start, words.end)
        prefix, suffix = context(body, start, end)
        found.append(
            PlacedWords(
                role=words.role,
                ordinal=sum(each.role == words.role for each in found),
                start=start,
                end=end,
                exact=body[start:end],
                prefix=prefix,
                suffix=suffix,
                anchor=Anchor.EXACT
                if is_there or words.start is None
                else Anchor.MOVED,
            )
        )
    return found


def parts_of(printed: str) -> list[str]:
    """Return the parts of words that `[...]` or `[…]` divides.

    >>> parts_of("one [...] two […] three")
    ['one', 'two', 'three']
    """
    return [part for part in PART_MARK.split(printed) if part]


def _places(marked, body):
    """Yield each words with its span, those in parts part by part."""
    for words in marked:
        parts = [words]
        if words.start is None and PART_MARK.search(words.exact):
            try:
                # It may be printed there.
                yield words, find_place(words, body)
                continue
            except InvalidValue:
                parts = [Words(words.role, part) for part in parts_of(words.exact)]
        for part in parts:
            yield part, find_place(part, body)


def find_place(words: Words, body: str) -> tuple[int, int]:
    """Return the span of words in a body; raise InvalidValue."""
    exact, shown = words.exact, " ".join(words.exact.split())[:60]
    if not shown:
        raise InvalidValue(
            f"The {words.role} marked is nothing but blanks.", COLUMNS[words.role]
        )
    if len(exact) > LONGEST:
        raise InvalidValue(
            f"Words of over {LONGEST:,} characters cannot be marked.",
            COLUMNS[words.role],
        )
    start, end = words.start, words.end
    if start is not None and end is not None and body[start:end] == exact:
        return start, end
    places = occurrences(body, exact)
    if len(places) > 1 and words.prefix + words.suffix:
        places = _within(body, words) or places
    if not places:
        raise InvalidValue(
            f"“{shown}” does not stand in the article. Correct the words, or the "
            "article's text at the desk.",
            COLUMNS[words.role],
        )
    if len(places) > 1:
        where = "" if words.start is None else f" and not at {words.start:,}"
        raise InvalidValue(
            f"“{shown}” stands {len(places)} times in the article{where}. Say where "
            "it is meant.",
            COLUMNS[words.role],
        )
    return places[0]


def _within(body, words):
    """Return the spans at which the words stand between their prefix and suffix."""
    needle = words.prefix + words.exact + words.suffix
    first = body.find(needle)
    if first < 0 or body.find(needle, first + 1) >= 0:
        return []
    start = first + len(words.prefix)
    return [(start, start + len(words.exact))]
