"""Date of a statement: weekdays, "yesterday" and dates in the words around a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from claims.attribution.proposals import StatedOn

from .tables import Language

ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")
YEAR = re.compile(r"(?:19|20)\d\d\Z")
DAY = re.compile(r"[0-3]?\d\Z")
# Words that may stand inside a date: "12 de mayo de 2031", "12. Mai".
FILLERS = frozenset(["de", "del", "of", ".", "er", ","])


def stated_on(
    words: Sequence[str], published_on: date | None, language: Language
) -> StatedOn:
    """Return the date of a statement, from the words around its cue, in small letters.

    A day after the publication is not believed.
    """
    found = _date_in(words, published_on, language)
    if found is None and published_on is not None:
        found = _counted_back(words, published_on, language)
    if found and found.day and published_on and found.day > published_on:
        found = None
    if found:
        return found
    if published_on is None:
        return StatedOn(None, "unknown", "article_date")
    return StatedOn(published_on, "on_or_before", "article_date")


def _date_in(
    words: Sequence[str], published_on: date | None, language: Language
) -> StatedOn | None:
    """Return the day of "12. Mai 2031" or of "2031-05-12"."""
    for at, word in enumerate(words):
        if ISO.match(word):
            day = _valid(*(int(part) for part in word.split("-")))
            if day:
                return StatedOn(day, "day", "stated")
        month = language.months.get(word)
        if month is None:
            continue
        number = _number_beside(words, at, -1)
        year = _number_beside(words, at, 1)
        if number is None or not DAY.match(str(number)):
            continue
        if year is None or not YEAR.match(str(year)):
            if published_on is None:
                continue
            year = published_on.year
            day = _valid(year, month + 1, number)
            if day and day > published_on:
                year -= 1
        day = _valid(year, month + 1, number)
        if day:
            return StatedOn(day, "day", "stated")
    return None


def _number_beside(words: Sequence[str], at: int, step: int) -> int | None:
    """Return the number before or after a month, fillers left out."""
    for distance in range(1, 4):
        place = at + step * distance
        if not 0 <= place < len(words):
            return None
        word = words[place].rstrip(".")
        if word.isascii() and word.isdigit() and len(word) < 5:
            return int(word)
        if words[place] not in FILLERS:
            return None
    return None


def _counted_back(
    words: Sequence[str], published_on: date, language: Language
) -> StatedOn | None:
    """Return the day of "gestern" or "am Montag", counted back from publication."""
    for at, word in enumerate(words):
        pair = " ".join(words[at : at + 2])
        back = language.days.get(pair, language.days.get(word))
        if back is not None:
            return StatedOn(_back(published_on, back), "day", "stated")
        weekday = language.weekdays.get(word)
        if weekday is not None:
            back = (published_on.weekday() - weekday) % 7
            beside = words[max(0, at - 1) : at + 2]
            if not back and any(language.has("last", w) for w in beside):
                back = 7
            return StatedOn(_back(published_on, back), "day", "weekday")
    return None


def _back(day: date, days: int) -> date:
    """Return the day so many days before another one."""
    return day - timedelta(days=days) if day.toordinal() > days else day


def _valid(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
