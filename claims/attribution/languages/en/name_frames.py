"""What stands around a name in the words of a speaker: days, places, people of hers."""

from __future__ import annotations

import re

from .gazetteer import ORGANISATION_KINDS, REPRESENTATIVES
from .name_words import is_organisation_word, is_title
from .words import word_set

# With a capital they begin a name, and "Chipmaker" only a sentence.
NAME_FRONTS = frozenset(("Daily", "Bank", "Club", "Union", "Institute", "Agency"))
BETWEEN = word_set("of for at in on from with and by to near")
# "the campaign on Tuesday", "Ida Holt (R-Dalby)"
DAY_AT_END = re.compile(
    r"(?:^| on| late| early)*(?:^| )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?\Z"
)
# "Mrs. Holt herself"
REFLEXIVE = re.compile(r" (?:him|her|it|them)sel(?:f|ves)\b")
# "Ida Holt in an interview", "Ida Holt — a teacher from Dalby"
VENUE = re.compile(
    r" (?:[-–—]+ |during |in an? |in the |in his |in her |at an? |at the |after |with )"
)
# "Voltera, the parent company of Nordal,"
IS_FIRM = re.compile(
    r" (?:the|an?) (?:[\w-]+ ){0,3}?(?:company|maker|firm|bank|carmaker|retailer"
    r"|start-?up|manufacturer|agency|think tank|airline|newspaper|super PAC)"
    r"(?= (?:of|that|which|in|based|behind|for|founded|owned)\b|,|\Z)"
)
WHO = re.compile(r",? (?=(?:who|whom|whose|which)\b)")
BRACKETS = re.compile(r" ?[(\[][^()\[\]]*[)\]]")


def without_asides(words: str) -> str:
    """Return words without brackets and days, "who" as the comma that it stands after.

    >>> without_asides("Ida Holt (R-Dalby) herself, who left on Monday")
    'Ida Holt,who left'
    """
    words = BRACKETS.sub("", DAY_AT_END.sub("", words))
    if "sel" in words:
        words = REFLEXIVE.sub("", words)
    return WHO.sub(",", words, count=1)


def before_venue(words: str) -> str:
    """Return what stands before a place of speaking, or nothing.

    >>> before_venue("Ida Holt in an interview"), before_venue("Ida Holt")
    ('Ida Holt', '')
    """
    match = VENUE.search(words)
    return words[: match.start()] if match else ""


def is_firm(words: str) -> bool:
    """Return whether an apposition tells that its name is a body's.

    >>> is_firm(" the parent company of Nordal"), is_firm(" a company man")
    (True, False)
    """
    return bool(IS_FIRM.match(words))


def is_kind(word: str, key: str) -> bool:
    """Return whether a word tells of what kind the one named after it is: "carmaker".

    >>> is_kind("daily", "daily"), is_kind("Daily", "daily")
    (True, False)
    """
    return key in ORGANISATION_KINDS and word not in NAME_FRONTS


def are_people(key: str) -> bool:
    """Return whether a word names people by what they do: "Aides", "Experts"."""
    return key.endswith("s") and (is_title(key[:-1]) or key in REPRESENTATIVES)


def represents(tokens: list[str], folded: list[str]) -> bool:
    """Return whether somebody else is meant than who is named: "aides to Mr. Lund"."""
    # "contributor and historian Ida Holt" is she
    between = BETWEEN - {"and"}
    at = next((at for at, key in enumerate(folded) if key in between), 0)
    if not at:
        return False
    if folded[at] in ("for", "to", "of") and folded[at - 1] in REPRESENTATIVES:
        return True
    plain = tokens[at - 1].islower() or at == 1
    named_after = any(is_title(key) for key in folded[at:])
    return (
        plain
        and named_after
        and not (is_title(folded[at - 1]) or is_organisation_word(folded[at - 1]))
    )
