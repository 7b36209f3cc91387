"""Date of a statement: dates, weekdays and "last month" in the words near its cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from claims.attribution.proposals import Basis, Precision, StatedOn

from .sentences import CLASSES

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
    rf"\b(in|last|late in|early in|this) {_MONTH}\b(?:,? (\d{{4}}))?", re.I
)
YEAR_ONLY = re.compile(r"\b(?:in|back in) (\d{4})\b", re.I)
WEEKDAY = re.compile(rf"\b(last )?({'|'.join(WEEKDAYS)})\b( last week\b)?", re.I)
RELATIVE = re.compile(
    r"\b(today|yesterday|tonight|last night|the day before yesterday"
    r"|this (?:morning|afternoon|evening|week|month|year)"
    r"|last (?:week|month|year|spring|summer|fall|autumn)"
    r"|earlier (?:this (?:week|month|year)|today))\b",
    re.I,
)
# "said at the time": the day is that of something else
AT_THAT_TIME = re.compile(
    r"¤ +at (?:the|that) time\b|\bat (?:the|that) time,? +¤", re.I
)
# "Wednesday's poll", "the order released Friday", "a June poll", "a 2013 study"
OF_DOCUMENT = re.compile(
    rf"\b(?P<day>{'|'.join(WEEKDAYS)})\b"
    rf"|\b(?P<month>{'|'.join(MONTHS)})['’]?s? (?=[A-Za-z])"
    r"|\b(?P<year>(?:19|20)\d\d) (?=[A-Za-z])",
    re.I,
)
AGO = re.compile(
    r"\b(a|two|three|four|five|six|\d{1,2}) (day|week|month|year)s? ago\b",
    re.I,
)
# The words of a day belong to what follows or goes before them, and not to the cue.
AFTER_DAY = re.compile(r"['’]s?\b|s?['’](?!\w)|-\w")
NAMED_AFTER_DAY = re.compile(r" [^\W\d_a-z]\w|s\b")
OUTLET_DAY = re.compile(r"\b(?:Mail|Independent|Scotland|Ireland|Wales|Sport) on \Z")
# "At Saturday's debate": what is said there is said on that day.
EVENT_AFTER = re.compile(
    r"(?: (?:night|evening|morning|afternoon))?['’]s (?:[\w-]+ ){0,3}?(?:debates?|rally"
    r"|meeting|hearing|speech|talk|interview|conference|briefing|event|convention"
    r"|session|forum|statement|address|broadcast|show|call|testimony|panel|ceremony)\b",
    re.I,
)
AT_EVENT = re.compile(r"\b(?:at|in|during)(?: the)? \Z", re.I)
# "the crowded April 19 vote" is a vote
OF_A_NOUN = re.compile(
    r"\b(?:the|a|an|its|his|her|their|this|that) (?:[\w-]+ )?\Z", re.IGNORECASE
)
RIGHT_BEFORE_DAY = re.compile(
    r"\b(?:from|by|to|until|till|through|of|since|before|after|next|coming|every|each"
    r"|and|or|than|about|between)(?: late| early)? \Z",
    re.I,
)
BEFORE_DAY = re.compile(
    r"\b(?:after|before|since|until|till|ahead|following|prior|despite|about|over|born"
    r"|when|while|because|as|than|unlike|against|who|which|that"
    r"|for(?! the \w+ time))\b",
    re.I,
)
# A month or a year is not of the cue where a long phrase stands before it.
LOOSE = (MONTH_ONLY, YEAR_ONLY)
MOST_BEFORE = 4
CONTENT_LAST = re.compile(r"¤[^|]*\|[^|§¤,]*\Z")
OWNED = re.compile(r"['’]s\b|\bfrom\b")
# Where the words around a cue are parted: content, speaker, asides.
PARTING = re.compile(r"[|§¤,;:()—–]")
YEAR_LESS_A_WEEK = 365 - 8
DAYS_BACK = {"yesterday": 1, "last night": 1, "the day before yesterday": 2}
# The last month of each season that lies within a year.
LAST_SEASONS = {"last spring": 6, "last summer": 9, "last fall": 12, "last autumn": 12}
NUMBERS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def stated_on(
    around: str, published_on: date | None, *, is_present: bool = False
) -> StatedOn:
    """Return the date of a statement, from the words around its cue.

    Only days that modify the cue count: in "Ahead of Friday's vote, Holt said" none
    does. A day after the publication is none either. In `around` a bar stands for the
    content, "§" for the speaker and "¤" for the cue. `is_present` says that the cue is
    in the present: "the guests of May say" have not said it in May.

    >>> stated_on("said Wednesday", date(2019, 12, 5))
    StatedOn(day=datetime.date(2019, 12, 4), precision='day', basis='weekday')
    >>> stated_on("has argued", date(2019, 12, 5)).precision
    'on_or_before'
    """
    found = (
        _iso_day(around, published_on)
        or _day_and_month(around, published_on)
        or _weekday(around, published_on)
        or _relative_date(around, published_on)
    )
    if not found and not is_present:
        found = _month_named(around, published_on) or _year_named(around, published_on)
        if not found and AT_THAT_TIME.search(around):
            return StatedOn(None, "unknown", "article_date")
    if found:
        return found
    if published_on is None:
        return StatedOn(None, "unknown", "article_date")
    return StatedOn(published_on, "on_or_before", "article_date")


def issued_on(words: str, published_on: date | None) -> StatedOn | None:
    """Return the date in the words for a document, or None.

    >>> issued_on("a 2013 study", date(2019, 12, 5)).precision
    'year'
    >>> issued_on("the order released Tuesday", date(2019, 12, 5)).day.isoformat()
    '2019-12-03'
    """
    match = OF_DOCUMENT.search(words)
    if not match:
        return None
    if match["day"]:
        return _weekday(f"on {match['day']}", published_on)
    if match["month"]:
        return _month_named(f"in {match['month']}", published_on)
    return _year_named(f"in {match['year']}", published_on)


def _modifying(pattern: re.Pattern[str], around: str) -> Iterator[re.Match[str]]:
    """Yield the matches that say when the words of the cue were said."""
    for match in pattern.finditer(around):
        before = around[: match.start()]
        after = around[match.end() :]
        at_event = AT_EVENT.search(before) and EVENT_AFTER.match(after)
        if (AFTER_DAY.match(after) and not at_event) or OUTLET_DAY.search(before):
            continue
        chunk = PARTING.split(before)[-1]
        if RIGHT_BEFORE_DAY.search(chunk) or BEFORE_DAY.search(chunk):
            continue
        tags = [CLASSES.get(word, "") for word in chunk.lower().split()]
        if not {"v", "B", "H", "M", "d"}.isdisjoint(tags):
            # "The council meets on Monday, and Holt said"
            continue
        if "e" in tags and tags[0] not in ("P", "R", "Y"):
            # "The council met on Monday", but "in a talk held on Monday"
            continue
        if pattern in LOOSE and (
            len(tags) > MOST_BEFORE
            or OWNED.search(chunk)
            or CONTENT_LAST.search(before)
        ):
            # "Lund's losses in 2018", "said that rents may fall | in 2018"
            continue
        yield match


def _not_later(
    day: date | None, precision: Precision, basis: Basis, published_on: date | None
) -> StatedOn | None:
    """Return a date, or None for one that the calendar lacks or after publication."""
    if day is None or (published_on and day > published_on):
        return None
    return StatedOn(day, precision, basis)


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


def _is_just_ahead(day: date, published_on: date | None) -> bool:
    """Return whether a day, read as one of last year, may be one of next week.

    A dateline of tomorrow is not a day a year ago.
    """
    return published_on is not None and (published_on - day).days > YEAR_LESS_A_WEEK


def _iso_day(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day of "2019-12-04"."""
    for match in _modifying(ISO, around):
        day = _valid_date(*map(int, match.groups()))
        found = _not_later(day, "day", "stated", published_on)
        if found:
            return found
    return None


def _day_and_month(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day of "5 May" or "May 5", with a year or in the past year."""
    for pattern, day_at, month_at in ((DAY_FIRST, 1, 2), (MONTH_FIRST, 2, 1)):
        for match in _modifying(pattern, around):
            if OF_A_NOUN.search(around, 0, match.start()):
                continue
            number = int(match.group(day_at))
            month = _month_number(match.group(month_at))
            if match.group(3):
                year = int(match.group(3))
            elif published_on:
                year = _latest_year(month, number, published_on)
            else:
                continue
            day = _valid_date(year, month, number)
            if day and not match.group(3) and _is_just_ahead(day, published_on):
                continue
            found = _not_later(day, "day", "stated", published_on)
            if found:
                return found
    return None


def _weekday(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day of "Wednesday" or "last Friday", counted back."""
    if published_on is None:
        return None
    for match in _modifying(WEEKDAY, around):
        if NAMED_AFTER_DAY.match(around, match.end()):
            # "Wednesday Addams", "on Mondays"
            continue
        wanted = WEEKDAYS.index(match.group(2).lower())
        back = (published_on.weekday() - wanted) % 7
        if match.group(3):
            back = published_on.weekday() + 7 - wanted
        elif match.group(1) and back == 0:
            back = 7
        return StatedOn(published_on - timedelta(days=back), "day", "weekday")
    return None


def _month_named(around: str, published_on: date | None) -> StatedOn | None:
    """Return the month of "in May" or "last May 2018"."""
    for match in _modifying(MONTH_ONLY, around):
        month = _month_number(match.group(2))
        year = int(match.group(3)) if match.group(3) else 0
        if not year and published_on:
            year = _latest_year(month, 1, published_on)
        day = _valid_date(year, month, 1) if year else None
        found = _not_later(day, "month", "stated", published_on)
        if found:
            return found
    return None


def _year_named(around: str, published_on: date | None) -> StatedOn | None:
    """Return the year of "in 2018"."""
    for match in _modifying(YEAR_ONLY, around):
        day = _valid_date(int(match.group(1)), 1, 1)
        found = _not_later(day, "year", "stated", published_on)
        if found:
            return found
    return None


def _relative_date(around: str, published_on: date | None) -> StatedOn | None:
    """Return the day of "yesterday" or "two weeks ago", counted back."""
    if published_on is None:
        return None
    match = next(_modifying(RELATIVE, around), None)
    if match:
        return _counted_back(match.group(1).lower(), published_on)
    match = next(_modifying(AGO, around), None)
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
    if words in ("this month", "earlier this month"):
        return StatedOn(published_on.replace(day=1), "month", "stated")
    if words in ("this year", "earlier this year", "last year"):
        year = published_on.year - (words == "last year")
        return StatedOn(date(year, 1, 1), "year", "stated")
    if words == "last week":
        # It ends on Sunday; on a Sunday, on the day before.
        back = (published_on.weekday() + 1) % 7 or 1
        return StatedOn(published_on - timedelta(days=back), "on_or_before", "stated")
    if words in LAST_SEASONS:
        month = LAST_SEASONS[words]
        year = published_on.year - (published_on.month <= month)
        return StatedOn(date(year, 1, 1), "year", "stated")
    if words in ("this week", "earlier this week"):
        return StatedOn(published_on, "on_or_before", "stated")
    return StatedOn(published_on, "day", "stated")
