"""Who speaks: the subject of a cue verb, near it or taken from another clause."""

from __future__ import annotations

import re

from .phrases import FINITE, phrase_before, subject_after, subject_before
from .sentences import Sentence, WordRange
from .words import WRITINGS, word_set

SURVEYED = word_set("surveyed polled interviewed questioned contacted involved")
PERIODS = word_set(
    """
    week month year night summer spring fall winter autumn weekend morning afternoon
    evening
    """
)


def is_time(s: Sentence, found: WordRange) -> bool:
    """Return whether a phrase names a day or a time, which says nothing."""
    first, last = found
    tags = s.tags[first:last]
    return ("Y" in tags and not tags.strip("YP#,")) or s.words[last - 1] in PERIODS


def subject_of_finite_verb(s: Sentence, j: int) -> WordRange | None:
    """Return the subject that ends with the word `j`, right before the verb."""
    if j > 0 and s.words[j] in SURVEYED and s.tags[j - 1] in "DNXp":
        # "those surveyed said", "the bakers we interviewed said"
        before = phrase_before(s, j - 1 - (s.tags[j - 1] == "p" and j > 1))
        return (before[0], j + 1) if before else None
    if j > 0 and s.words[j] == "anonymity":
        # "a source who spoke on condition of anonymity said"
        who = s.tags.rfind("w", max(0, j - 9), j)
        before = phrase_before(s, who - 1) if who > 0 else None
        return (before[0], j + 1) if before else None
    found = subject_before(s, j)
    if found and s.tags[j] == ",":
        found = _beside_place(s, found)
    if found is None:
        return None
    return _with_relative_clause(s, _with_participle(s, _without_time(s, found)))


def is_inverted(s: Sentence, after: int, comma: int) -> bool:
    """Return whether "said" after a comma has its subject behind it.

    "Rents fell in the town, said Lee, a baker.", but not "Lee, who is a baker, said no"
    """
    tags = s.tags
    speaker = subject_after(s, after)
    if not speaker or "X" not in tags[slice(*speaker)]:
        return False
    if tags[speaker[1] : speaker[1] + 1] not in ("", ".", ";"):
        return False
    verb = FINITE.search(tags, 0, comma)
    return verb is not None and ",w" not in tags[: verb.start()]


def _without_time(s: Sentence, found: WordRange) -> WordRange:
    """Return a subject without the time before it: "Tuesday night Lee said"."""
    first, last = found
    at = first
    while at < last - 1 and s.tags[at] == "Y":
        at += 1
    timed = at > first and s.words[at - 1] in PERIODS
    return (at, last) if timed and s.tags[at] in "XDp" else found


def _beside_place(s: Sentence, found: WordRange) -> WordRange:
    """Return the subject before an aside that ends with a place and its state.

    "Lee, speaking at a rally in Dalby, N.C., warned": no town does.
    """
    tags = s.tags
    first = found[0]
    if first < 3 or tags[first - 1] != "P" or "," not in tags[first : found[1]]:
        return found
    comma = tags.rfind(",", max(0, first - 15), first)
    if comma < 1 or tags[comma + 1] not in "GgePE":
        return found
    before = phrase_before(s, comma - 1)
    return (before[0], found[1]) if before else found


def _with_participle(s: Sentence, found: WordRange) -> WordRange:
    """Return the subject that a phrase describes as the object of a participle.

    "bakers supporting the plan said": no plan does.
    """
    at = found[0] - 1 - (s.tags[found[0] - 1 : found[0]] == "t")
    if at > 2 and s.tags[at] == "P" and s.tags[at - 1] in "eE":
        # "a textbook just published for pupils says": no pupils do
        at -= 1
        while at > 1 and s.tags[at - 1] == "R":
            at -= 1
        before = phrase_before(s, at - 1) if s.tags[at - 1] == "N" else None
        return (before[0], found[1]) if before and s.tags[before[0]] == "D" else found
    if at < 1 or s.tags[at] not in "gG" or s.tags[at - 1] not in "NX":
        return found
    before = phrase_before(s, at - 1)
    if not before or s.tags[before[0] - 1 : before[0]] in tuple("PavVgGt"):
        return found
    return before[0], found[1]


def writer_of(s: Sentence, comma: int) -> WordRange | None:
    """Return who has written what a participle after a comma tells.

    "answered a message from Lee, reporting that rents fell": not who answered.
    """
    for at in range(comma - 1, max(0, comma - 12), -1):
        if s.tags[at] in ",;:VZQ":
            return None
        if s.words[at] in ("from", "by") and s.words[at - 1] in WRITINGS:
            return at + 1, comma
    return None


def _with_relative_clause(s: Sentence, found: WordRange) -> WordRange:
    """Return the subject that a phrase describes as the end of a relative clause.

    "officials who spoke with the Daily Post said": the post says nothing here.
    """
    tags = s.tags
    first = found[0]
    if first > 3 and tags[first - 1] == "," and s.words[first - 3] == "whose":
        # "Lee, whose firm, Dalby Boats, built it, said"
        comma = tags[first - 4] == ","
        before = phrase_before(s, first - 4 - comma)
        return (before[0] if before else 0), found[1]
    if first < 3 or tags[first - 1] != "P":
        return found
    who = tags.rfind("w", max(0, first - 20), first - 1)
    if who < 1 or re.search("[.;:?QqbasT]", tags[who:first]):
        return found
    comma = tags[who - 1] == ","
    if ("," in tags[who:first]) and not comma:
        return found
    before = phrase_before(s, who - 1 - comma)
    return (before[0], found[1]) if before else found


def phrase_with_participle(s: Sentence, j: int) -> tuple[WordRange | None, str]:
    """Return the phrase that a participle hangs on, and the class before it.

    "with Lee saying that", "a report arguing that"
    """
    found = phrase_before(s, j)
    if found is None:
        return None, "^"
    return found, s.tags[found[0] - 1] if found[0] else "^"


def clause_subject(s: Sentence, at: int) -> WordRange | None:
    """Return the subject of the nearest finite verb before a word."""
    tags = s.tags
    nearest = None
    for j in range(at - 1, max(0, at - 60), -1):
        if not _is_finite(tags, j) or _may_be_noun(s, j):
            continue
        found = _subject_of_group(s, j)
        opener = tags[found[0] - 1 : found[0]] if found else "t"
        if found is None or opener in ("t", "d", "M", "n"):
            # "did not release it": a base form that no list knows
            continue
        if tags[at - 1] not in ",Qq" or (
            opener not in ("T", "s", "a", "w", "W") and tags[found[0]] != "w"
        ):
            return found
        # After a comma the subject of the main clause goes first.
        nearest = nearest or found
    if nearest:
        return nearest
    found = subject_after(s, 0)
    return found if found and found[1] < at and tags[found[1]] == "," else None


def _is_finite(tags: str, j: int) -> bool:
    """Return whether the word at a place, not the first one, is a finite verb."""
    tag = tags[j]
    if tag == "V":
        return tags[j - 1] not in "DxPJ"
    if tag == "e":
        if tags[j - 1] == "Z":
            # "the judge sounded off"
            return j > 1 and tags[j - 2] in "Dx"
        return tags[j - 1] in "NXpwRY" and (j < 2 or tags[j - 2] not in "DxP")
    return tag in "vBHMd"


def _may_be_noun(s: Sentence, j: int) -> bool:
    """Return whether a word in -s ends a noun phrase: "his withdrawal plans in"."""
    return (
        s.tags[j] in "vV"
        and s.words[j].endswith("s")
        and s.words[j] not in ("was", "says", "has")
        and s.tags[j - 1] in "NxDe#"
        and s.tags[j + 1 : j + 2] in tuple("PftecG,")
    )


def _subject_of_group(s: Sentence, j: int) -> WordRange | None:
    """Return the subject of the verb group that ends with the word `j`."""
    while j > 0 and s.tags[j - 1] in "RnBHMd":
        j -= 1
    return subject_before(s, j - 1)


def later_subject(s: Sentence, at: int) -> WordRange | None:
    """Return the subject of the main clause after an opening participle."""
    comma = s.tags.find(",", at)
    while 0 <= comma < at + 40:
        found = subject_after(s, comma + 1)
        if found and s.tags[found[1] : found[1] + 1] in tuple("vVBHMdeR"):
            return found
        comma = s.tags.find(",", comma + 1)
    return None
