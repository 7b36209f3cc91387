"""Correct the class of a word by the words around it: part-of-speech tagging."""

from __future__ import annotations

import re

from .words import word_set

PLURAL_NOUN = re.compile(
    r"(?<=[DxfPTt])[vV]|(?<=[tfP][NJR])[vV](?=[fPew,.])|(?<=[vVG])[vV]|(?<!p)[vV](?=R?[vVBHMde])"
)
# "at the hearing that", "Lee's thinking said": no verbs
GERUND_NOUN = re.compile(r"(?<=[Dx])[gG](?=[TfPVvBHMdwcb,.;:?)]|\Z)")
PERIODS = word_set("week month year night summer spring fall winter autumn weekend")
PARTS_OF_DAY = word_set("morning afternoon evening night")
TIME_WORDS = PERIODS | PARTS_OF_DAY
# "late Thursday", "last week", "this morning"; after "the" or "in" they are nouns.
BEFORE_DAY = word_set("late early last next this earlier mid")
BEFORE_PERIOD = word_set("last next this")
# What counsel does in court: "Lee, prosecuting, said".
ROLES_IN_COURT = word_set("defending prosecuting presiding mitigating")


def corrected(tags: list[str], words: list[str]) -> str:
    """Return the classes of a sentence as a string, each as the words around it want.

    >>> corrected(["X", "V", "N", "Y"], ["reed", "said", "late", "thursday"])
    'XVRY'
    """
    joined = "".join(tags)
    if "Y" in joined or not TIME_WORDS.isdisjoint(words):
        joined = _with_times(tags, words)
    if not ROLES_IN_COURT.isdisjoint(words):
        joined = _with_roles(tags, words)
    changed = False
    for match in GERUND_NOUN.finditer(joined):
        tags[match.start()] = "N"
        changed = True
    for match in PLURAL_NOUN.finditer(joined):
        at = match.start()
        word = words[at]
        if word.endswith("s") and word not in ("was", "says", "has"):
            tags[at] = "N"
            changed = True
    return "".join(tags) if changed else joined


def _with_times(tags: list[str], words: list[str]) -> str:
    """Return the classes with "late Thursday" and "last week" as times."""
    for at in range(1, len(tags)):
        word, before = words[at], words[at - 1]
        if tags[at] == "Y":
            if before in BEFORE_DAY and tags[at - 1] in "ND":
                tags[at - 1] = "R"
        elif word in PARTS_OF_DAY and tags[at - 1] == "Y":
            tags[at] = "Y"
        elif (
            word in TIME_WORDS
            and before in BEFORE_PERIOD
            and (at < 2 or tags[at - 2] not in "DPfx")
        ):
            tags[at - 1], tags[at] = "R", "Y"
    return "".join(tags)


def _with_roles(tags: list[str], words: list[str]) -> str:
    """Return the classes with "prosecuting" between commas as a description."""
    for at in range(1, len(tags) - 1):
        if words[at] in ROLES_IN_COURT and tags[at - 1] == ",":
            tags[at] = "N"
    return "".join(tags)
