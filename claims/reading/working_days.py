"""Working days: by when something is to be answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings

# What the EFCSN gives a member to put right what a complaint has found.
DAYS_TO_ANSWER = 7
SATURDAY = 5


def due_on(day: date, days: int, holidays: Collection[date] = ()) -> date:
    """Return the last of so many working days after a day.

    >>> due_on(date(2026, 5, 4), 7)
    datetime.date(2026, 5, 13)
    >>> due_on(date(2026, 5, 4), 7, {date(2026, 5, 13)})
    datetime.date(2026, 5, 14)
    """
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in holidays
    return day


def answer_due(day: date) -> date:
    """Return by when a report that came on a day is to be answered."""
    return due_on(day, DAYS_TO_ANSWER, settings.FACTCHECK["HOLIDAYS"])
