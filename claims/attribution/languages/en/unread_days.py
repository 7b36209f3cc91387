"""Days that are printed beside a statement and not read as its own."""

from __future__ import annotations

import re
from datetime import date, timedelta

from claims.attribution.proposals import StatedOn

from .dates import MONTHS, WEEKDAYS
from .find import Record
from .words import word_set

_TIME = (
    rf"\b(?:{'|'.join(WEEKDAYS)})s?\b"
    rf"|\b(?:{'|'.join(each for each in MONTHS if each not in ('march', 'may'))})\b"
    r"|\b(?:in|since|early|late|last|mid|of|this)[ -](?:march|may)\b|\b(?:march|may) \d"
    r"|\b(?:jan|feb|aug|sept?|oct|nov|dec)\.? \d"
    r"|\b(?:19|20)\d\d\b"
    r"|\b(?:years?|months?|weeks?|days?|hours?) (?:ago|earlier|before|later|after)\b"
    r"|\b(?:last|earlier this|the previous|that) (?:week|month|year|spring|summer|fall"
    r"|autumn|winter|night|day)\b|\byesterday\b|\bat the time\b|\bonce\b|\bformerly\b"
)
TIME = re.compile(_TIME)
# One of these, or a figure, is in each match of it.
TIME_WORDS = (
    word_set(
        """
        march may ago earlier before later after last previous that yesterday time once
        formerly
        """
    )
    | frozenset(MONTHS)
    | frozenset(f"{day}{ending}" for day in WEEKDAYS for ending in ("", "s"))
)
OPENING_TIME = re.compile(
    rf"(?:[\w’'-]+[ \xa0]){{0,7}}?(?:(?i:{'|'.join(WEEKDAYS)})\b"
    r"|(?:last|this) (?:week|month|year|summer|spring|fall|winter)\b(?= that| to)"
    r"|(?:following|after|before) [^.]{0,40}\b(?:19|20)\d\d (?:that|to)\b)"
)
FIGURE = re.compile(r"\d")
# A weekday of six days ago would be printed with its date.
LONG_AGO = timedelta(days=6)
# "The debate on June 7": without its year perhaps a day to come
WITH_ITS_YEAR = timedelta(days=300)


def is_day_open(
    text: str, record: Record, stated: StatedOn, published_on: date | None
) -> bool:
    """Return whether a day is printed that is not read, or perhaps read wrongly."""
    if stated.precision in ("day", "month"):
        if not (published_on and stated.day):
            return False
        ago = published_on - stated.day
        if stated.basis == "weekday":
            return ago >= LONG_AGO
        s = record.sentence
        return (
            ago >= WITH_ITS_YEAR
            and str(stated.day.year) not in (text[s.starts[0] : s.ends[-1]])
        )
    if stated.precision != "on_or_before":
        return True
    if record.attribution.kind != "direct" and OPENING_TIME.match(
        text, record.attribution.content[0].start
    ):
        # "promised on Tuesday to", "said following a vote in 2001 that"
        return True
    return _tells_time(_outside(text, record).lower())


def _tells_time(words: str) -> bool:
    """Return whether words in small letters hold a day, a month, a year or the like."""
    plain = words.replace(",", " ").replace(".", " ").replace("’", " ")
    if TIME_WORDS.isdisjoint(plain.split()) and not FIGURE.search(words):
        return False
    return TIME.search(words) is not None


def _outside(text: str, record: Record) -> str:
    """Return the words of a sentence that are not quoted or reported."""
    s = record.sentence
    pieces, at = [], s.starts[0]
    for part in record.attribution.content:
        if part.start >= s.ends[-1]:
            break
        pieces.append(text[at : part.start])
        at = max(at, part.end)
    pieces.append(text[at : s.ends[-1]])
    return " ".join(pieces)
