"""Conditions on PublicClaim: what the value of each filter asks of a row.

Facets are asked of the codes of a row, days of their columns.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from claims.models import Rating
from claims.models.facets import (
    ATTRIBUTION,
    CHECKABILITY,
    FINDING,
    OUTLET,
    SPEAKER,
    TOPIC,
    month_code,
    rating_code,
    value_code,
    year_code,
)
from claims.models.verdict_state import (
    ELSEWHERE,
    ELSEWHERE_KEY,
    NOT_REVIEWED,
    NOT_REVIEWED_KEY,
    REPEATED,
    REPEATED_KEY,
    RETRACTED,
    RETRACTED_KEY,
)

FIRST_KNOWN = date.min + timedelta(days=1)


def condition_of(name: str, value) -> Q:
    """Return the condition that a filter's value puts on rows of PublicClaim."""
    if name in DAYS:
        return DAYS[name](value)
    values = value if isinstance(value, list) else [value]
    codes = [FACETS[name](each) for each in values]
    return Q(facets__contains=codes) if len(codes) == 1 else Q(facets__overlap=codes)


def _rating_code(rating):
    if isinstance(rating, Rating):
        return rating_code(rating.pk)
    return rating_code(OFF_THE_SCALE[rating.slug])


OFF_THE_SCALE = {
    NOT_REVIEWED.slug: NOT_REVIEWED_KEY,
    RETRACTED.slug: RETRACTED_KEY,
    ELSEWHERE.slug: ELSEWHERE_KEY,
    REPEATED.slug: REPEATED_KEY,
}


# The facet code of a filter's value. What a retracted verdict found no longer holds,
# and has no code.
FACETS: dict[str, Callable[[Any], int]] = {
    "speaker": lambda speaker: SPEAKER + speaker.pk,
    "outlet": lambda outlet: OUTLET + outlet.pk,
    "topic": lambda topic: TOPIC + topic.pk,
    "rating": _rating_code,
    "finding": partial(value_code, FINDING),
    "attribution": partial(value_code, ATTRIBUTION),
    "checkability": partial(value_code, CHECKABILITY),
}


def _published_until(day):
    if day == date.max:
        return Q(published_at__isnull=False)
    return Q(published_at__lt=_midnight(day + timedelta(days=1)))


# Claims of an unknown day sort as if of the first one that there is.
DAYS: dict[str, Callable[[date], Q]] = {
    "stated_after": lambda day: Q(sort_date__gte=max(day, FIRST_KNOWN)),
    "stated_before": lambda day: Q(sort_date__range=(FIRST_KNOWN, day)),
    "published_after": lambda day: Q(published_at__gte=_midnight(day)),
    "published_before": _published_until,
}
# The column that a day is asked of, and the code of the time it lies in.
COLUMNS = {
    "stated": ("sort_date", year_code),
    "published": ("published_at", month_code),
}


def _midnight(day):
    return datetime.combine(day, time.min, UTC)
