"""Date of a statement: dates, weekdays and "last month" in the words near its cue."""

from __future__ import annotations

import re
from datetime import date, timedelta

from claims.attribution.proposals import StatedOn

WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? (\d{{4}}))?", re.I
)
MONTH_FIRST = re.compile(
    rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:, (\d{{4}}))?", re.I
)
MONTH_ONLY = re.compile(
    rf"\b(in|last|since|late in|early in|this) {_MONTH}\b(?:,? (\d{{4}}))?", re.I
)
YEAR_ONLY = re.compile(r"\b(?:in|back in|since) (\d{4})\b", re.I)
WEEKDAY = re.compile(rf"\b(last )?({'|'.join(WEEKDAYS)})\b", re.I)
RELATIVE = re.compile(
    r"\b(today|yesterday|tonight|last night|the day before yesterday"
    r"|this (?:morning|afternoon|evening|week|month|year)"
    r"|last (?:week|month|year)|earlier (?:this week|today))\b",
    re.I,
)
AGO = re.compile(
    r"\b(a|two|three|four|five|six|\d{1,2}) (day|week|month|year)s? (?:ago|earlier)\b",
    re.I,
)
DAYS_BACK = {"yesterday": 1, "last night": 1, "the day before yesterday": 2}
NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def stated_on(around: str, published_on: date | None) -> StatedOn:
    """Return the date of a statement, from the words around its cue.

    >>> stated_on("said Wednesday", date(2019, 12, 5))
    StatedOn(day=datetime.date(2019, 12, 4), precision='day', basis='weekday')
    >>> stated_on("has argued", date(2019, 12, 5)).precision
    'on_or_before'
    """
    found = _explicit_date(around, published_on)
    if found:
        return found
    if published_on is None:
        return StatedOn(None, "unknown", "article_date")
    match = WEEKDAY.search(around)
    if match and not match.group(0).lower().endswith("s"):
        wanted = WEEKDAYS.index(match.group(2).lower())
        back = (published_on.weekday() - wanted) % 7
        if match.group(1) and back == 0:
            back = 7
        return StatedOn(published_on - timedelta(days=back), "day", "weekday")
    found = _relative_date(around, published_on)
    if found:
        return found
    return StatedOn(published_on, "on_or_before", "article_date")


def _month_number(word: str) -> int:
    """Return the number of a month: "Sept." is 9."""
    low = word.lower()[:3]
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(low))


def _valid_date(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest_year(month: int, day: int, published_on: date) -> int:
    """Return the year in which a day without a year last came round."""
    year = published_on.year
    return year if (month, day) <= (published_on.month, published_on.day) else year - 1


def _explicit_date(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day, month or year that the words name."""
    return (
        _iso_day(around)
        or _day_and_month(around, published_on)
        or _month_named(around, published_on)
        or _year_named(around)
    )


def _iso_day(around: str) -> StatedOn | None:
    """Return the day of "2019-12-04"."""
    match = ISO.search(around)
    day = _valid_date(*map(int, match.groups())) if match else None
    return StatedOn(day, "day", "stated") if day else None


def _day_and_month(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day of "5 May" or "May 5", with a year or in the past year."""
    for pattern, day_at, month_at in ((DAY_FIRST, 1, 2), (MONTH_FIRST, 2, 1)):
        match = pattern.search(around)
        if not match:
            continue
        number, month = int(match.group(day_at)), _month_number(match.group(month_at))
        if match.group(3):
            year = int(match.group(3))
        elif published_on:
            year = _latest_year(month, number, published_on)
        else:
            continue
        day = _valid_date(year, month, number)
        if day:
            return StatedOn(day, "day", "stated")
    return None


def _month_named(around: str, published_on: date | None) -> StatedOn | None:
    """Return the month of "in May" or "last May 2018"."""
    match = MONTH_ONLY.search(around)
    if not match:
        return None
    month = _month_number(match.group(2))
    year = int(match.group(3)) if match.group(3) else 0
    if not year and published_on:
        year = _latest_year(month, 1, published_on)
    day = _valid_date(year, month, 1) if year else None
    return StatedOn(day, "month", "stated") if day else None


def _year_named(around: str) -> StatedOn | None:
    """Return the year of "in 2018"."""
    match = YEAR_ONLY.search(around)
    day = _valid_date(int(match.group(1)), 1, 1) if match else None
    return StatedOn(day, "year", "stated") if day else None


def _relative_date(around: str, published_on: date) -> StatedOn | None:
    """Return the day of "yesterday" or "two weeks ago", counted back."""
    match = RELATIVE.search(around)
    if match:
        return _counted_back(match.group(1).lower(), published_on)
    match = AGO.search(around)
    if not match:
        return None
    count = match.group(1).lower()
    number = NUMBERS.get(count) or int(count)
    unit = match.group(2).lower()
    if unit == "year":
        return StatedOn(date(published_on.year - number, 1, 1), "year", "stated")
    days = {"day": 1, "week": 7, "month": 30}[unit] * number
    day = published_on - timedelta(days=days)
    if unit == "month":
        return StatedOn(day.replace(day=1), "month", "stated")
    return StatedOn(day, "day" if unit == "day" else "on_or_before", "stated")


def _counted_back(words: str, published_on: date) -> StatedOn:
    """Return what "yesterday", "last month" and the like stand for."""
    if words in DAYS_BACK:
        day = published_on - timedelta(days=DAYS_BACK[words])
        return StatedOn(day, "day", "stated")
    if words == "last month":
        before = published_on.replace(day=1) - timedelta(days=1)
        return StatedOn(before.replace(day=1), "month", "stated")
    if words == "this month":
        return StatedOn(published_on.replace(day=1), "month", "stated")
    if words in ("this year", "last year"):
        year = published_on.year - (words == "last year")
        return StatedOn(date(year, 1, 1), "year", "stated")
    if words == "last week":
        return StatedOn(published_on - timedelta(days=7), "on_or_before", "stated")
    if words in ("this week", "earlier this week"):
        return StatedOn(published_on, "on_or_before", "stated")
    return StatedOn(published_on, "day", "stated")
