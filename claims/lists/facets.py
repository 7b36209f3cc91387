"""Facets of a list of claims: counts by rating, speaker, topic, outlet, form, year.

For lists short enough to be counted exactly: beyond that, counting would cost more
than the list itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from claims.lists.selection import wider_counts
from claims.lists.with_words import search_of
from claims.models.choices import AttributionKind
from claims.models.facets import (
    ATTRIBUTION,
    OUTLET,
    RANGE,
    RATING,
    SPEAKER,
    TOPIC,
    YEAR,
    rating_code,
    value_of,
)
from claims.models.verdict_state import UNRATED as STATES


@dataclass(frozen=True)
class Choice:
    """One value of a facet; `query` is the query string that toggles it."""

    value: str
    label: str
    count: int | None
    is_chosen: bool
    query: str
    tone: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]


BY_SLUG = {state.slug: state for state in STATES.values()}
RANGES = {
    "rating": RATING,
    "speaker": SPEAKER,
    "topic": TOPIC,
    "outlet": OUTLET,
    "attribution": ATTRIBUTION,
    "year": YEAR,
}
PERIOD = ("stated_after", "stated_before")


def facets(query) -> list[Facet]:
    """Return the facets of a ClaimQuery, none where it matches too many claims.

    A facet in use is counted as if it were not, so that its other values can be seen;
    unless so many claims match then that counting them would be slow.
    """
    labels = {
        "rating": _("Rating"),
        "speaker": _("Speaker"),
        "topic": _("Topic"),
        "outlet": _("Outlet"),
        "attribution": _("Given as"),
        "year": _("Year of the statement"),
    }
    made = [
        Facet(name, label, [_choice(query, name, *row) for row in _rows(query, name)])
        for name, label in labels.items()
        if name not in query.fixed
    ]
    return [facet for facet in made if facet.choices]


def _rows(query, name):
    """Return value, label, count, tone and sign of each value of a facet, in order."""
    counts = query.selection.counts
    parts = PERIOD if name == "year" else (name,)
    # Of words that many claims have, looking for more would cost as much again.
    is_long = query.words and query.selection.total is None
    if any(part in query.values for part in parts) and not is_long:
        others = set(query.values) & set(query.names) - set(parts)
        rows, most = query.ignoring(*parts), None
        if query.words:
            rows, most = search_of(query, *parts).codes()
        wider = wider_counts(
            rows,
            RANGES[name],
            is_narrowed=bool(others or query.fixed),
            at_least=query.least_in(others),
            most=most,
        )
        counts = counts if wider is None else wider
    own = [
        each
        for each in counts
        if each.code // RANGE == RANGES[name] // RANGE
        or (name == "speaker" and each.code >= SPEAKER)
    ]
    rows = [(_value(name, each), each) for each in own]
    if name == "rating":
        # In the order of the scale; those without a verdict last.
        rows.sort(key=lambda row: (row[1].order is None, row[1].order, row[0]))
    elif name == "year":
        rows.sort(key=lambda row: row[0], reverse=True)
    else:
        rows.sort(key=lambda row: (-row[1].count, row[0]))
    return [
        (
            value,
            each.label,
            each.count,
            each.tone if name == "rating" else "",
            each.sign,
        )
        for value, each in rows
    ]


def _value(name, counted):
    """Return what stands for a facet's value in a query string."""
    if name == "year":
        return str(counted.code - YEAR)
    if name == "attribution":
        return value_of(ATTRIBUTION, counted.code)
    if name == "rating" and not counted.slug:
        key = counted.code - rating_code(0)
        return STATES[key].slug
    return counted.slug


def _choice(query, name, value, label, count, tone, sign):
    if name == "year":
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        period = dict(zip(PERIOD, (first.isoformat(), last.isoformat()), strict=True))
        is_chosen = all(query.one(part) == day for part, day in period.items())
        changes = dict.fromkeys(PERIOD) if is_chosen else period
        return Choice(value, value, count, is_chosen, query.string(**changes))
    chosen = query.values.get(name, [])
    is_chosen = value in chosen
    if is_chosen:
        values = [one for one in chosen if one != value]
    else:
        values = [*chosen, value] if name in ("rating", "speaker") else [value]
    if name == "attribution":
        label = AttributionKind(value).label
    if name == "rating" and not label:
        state = BY_SLUG[value]
        label, tone, sign = state.label, state.tone, state.sign
    return Choice(
        value, label, count, is_chosen, query.string(**{name: values}), tone, sign
    )
