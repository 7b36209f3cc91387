"""Days as files write them: ISO 8601, numbers, words; with their precision.

A day is the day as it is written, in its own zone. What is impossible or may mean two
days stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from claims.attribution.folding import fold
from claims.models.choices import DatePrecision

ISO = re.compile(
    r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
    r"(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$",
    re.IGNORECASE,
)
# Year first, with other signs between.
YEAR_FIRST = re.compile(r"^(\d{4})[./](\d{1,2})[./](\d{1,2})$")
NUMBERS = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\b")
_NAMES = {
    1: "january jan januar janvier enero ene janeiro gennaio ocak",
    2: "february feb februar fevrier febrero fevereiro febbraio subat",
    3: "march mar marz mars marzo marco mart",
    4: "april apr avril abril abr aprile nisan",
    5: "may mai mayo maio maggio mayis",
    6: "june jun juni juin junio junho giugno haziran",
    7: "july jul juli juillet julio julho luglio temmuz",
    8: "august aug aout agosto ago agustos",
    9: "september sep sept septembre septiembre setembro settembre eylul",
    10: "october oct oktober okt octobre octubre outubro ottobre ekim",
    11: "november nov novembre noviembre novembro kasim",
    12: "december dec dezember dez decembre diciembre dezembro dicembre aralik",
}
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}
BETWEEN = ("de", "of", "st", "nd", "rd", "th")
WORD = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
VENUE = re.compile(r"^[,;\s]*(?:in|on|at|during|from|to)\s+(.{2,})$", re.I)


@dataclass(frozen=True)
class Day:
    """A day, its precision, where it was said by the words after it; a warning."""

    on: date | None = None
    precision: str = DatePrecision.UNKNOWN
    venue: str = ""
    warning: str = ""
    clock: time | None = None
    zone: str = ""


@lru_cache(maxsize=4096)  # the days of a table come again and again
def read_day(words: str, order: str = "") -> Day:
    """Return the day that words name; `order` is "dmy" or "mdy" for numbers alone.

    >>> day = read_day("stated on July 13, 2010 in an interview")
    >>> day.on.isoformat(), day.venue
    ('2010-07-13', 'an interview')
    >>> str(read_day("2024-03").precision), read_day("03/04/2024").warning
    ('month', '“03/04/2024” may mean two days.')
    """
    words = words.strip()
    if not words:
        return Day()
    for read in (_iso, _numbers, _in_words):
        day = read(words, order)
        if day is not None:
            return day
    return Day(warning=f"“{words[:60]}” is no day that can be read.")


def order_of(values: Iterable[str]) -> str:
    """Return the order that the unambiguous days of a column settle, else "".

    >>> order_of(["03/04/2024", "25/04/2024"]), order_of(["03/04/2024"])
    ('dmy', '')
    """
    found = set()
    for value in values:
        match = NUMBERS.match(value.strip())
        if match:
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                found.add("dmy")
            elif second > 12 >= first:
                found.add("mdy")
    return found.pop() if len(found) == 1 else ""


def moment_of(day: Day) -> tuple[datetime | None, str]:
    """Return the moment of a day and how precise it is ("": to the second).

    Kept within the day as written, whatever its zone: midnight where no time is known.
    """
    if day.on is None:
        return None, DatePrecision.UNKNOWN
    start = datetime.combine(day.on, time.min, UTC)
    if day.clock is None:
        return start, day.precision
    there = datetime.combine(day.on, day.clock, UTC)
    if not day.zone:
        return there, DatePrecision.DAY
    moment = there - _offset(day.zone)
    if moment.date() == day.on:
        return moment, ""
    end = start + timedelta(days=1, seconds=-1)
    return min(max(moment, start), end), DatePrecision.DAY


def _offset(zone):
    if zone.upper() in ("Z", "UTC"):
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _iso(words, _order):
    match = ISO.match(words) or YEAR_FIRST.match(words)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    clock, zone = None, ""
    if match.re is ISO:
        clock, zone = match[4], match[5] or ""
    made = _day(words, year, month, day)
    if clock is None or made.on is None or day is None:
        return made
    try:
        at = time.fromisoformat(clock.zfill(5) if len(clock) < 6 else clock.zfill(8))
    except ValueError:
        return made
    return Day(made.on, made.precision, clock=at, zone=zone)


def _numbers(words, order):
    match = NUMBERS.match(words)
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second and not order:
        return Day(warning=f"“{words[:60]}” may mean two days.")
    if first > 12 or (order == "dmy" and second <= 12):
        first, second = second, first
    return _day(words, year, first, second)


def _in_words(words, _order):
    """Read "13 July 2010", "July 13, 2010", "July 2010", with words around it."""
    tokens = list(WORD.finditer(words))
    for place, token in enumerate(tokens):
        month = MONTHS.get(fold(token.group()))
        if month is None:
            continue
        before = tokens[place - 1] if place else None
        after = tokens[place + 1 : place + 4]
        day = _number(before, 2)
        numbers = [each for each in after if each.group().isdigit()]
        if day is None and numbers and len(numbers[0].group()) <= 2:
            day, numbers = int(numbers[0].group()), numbers[1:]
        # "13 de julio de 2010": a word between is passed over.
        if day is None and place > 1 and before and fold(before.group()) in BETWEEN:
            day = _number(tokens[place - 2], 2)
        year = next((each for each in numbers if len(each.group()) == 4), None)
        if year is None:
            continue
        made = _day(words, int(year.group()), month, day)
        venue = VENUE.match(words[year.end() :])
        return Day(made.on, made.precision, venue[1] if venue else "", made.warning)
    return None


def _number(token, longest):
    words = token.group() if token else ""
    return int(words) if words.isdigit() and len(words) <= longest else None


def _day(words, year, month, day):
    precision = DatePrecision.DAY if day else DatePrecision.MONTH
    if not month:
        precision = DatePrecision.YEAR
    try:
        on = date(year, month or 1, day or 1)
    except ValueError:
        return Day(warning=f"“{words[:60]}” is a day that there is not.")
    if not 1000 <= year <= 2200:
        return Day(warning=f"“{words[:60]}” is a day that cannot be meant.")
    return Day(on, precision)
