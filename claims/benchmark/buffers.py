"""Buffers that lists of claims touch: each filter alone and in pairs, any value.

Exact and repeatable, on whatever machine: the pages of the database (8 kB each) that
the statements of a list read, for its page and its facets together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery
from claims.models import FacetCount, Outlet, Rating, Speaker, Topic
from claims.models.choices import AttributionKind, Checkability, Finding
from claims.models.facets import OUTLET, RANGE, SPEAKER, TOPIC

PAGE = 50
# Inside a year and at its edge, where the codes of years leave much open.
DAYS = {
    "stated_after": ("2020-01-01",),
    "stated_before": ("2022-06-30", "2022-01-05"),
    "published_after": ("2020-01-01",),
    "published_before": ("2021-06-30", "2023-06-01"),
}
# Before a statement what it sets for itself, after it what takes that back.
SETTINGS = re.compile(
    r"((?:\s*SET LOCAL [^;]+;\s*)*)(.*?)(?:;\s*SET LOCAL [^;]+)*\s*\Z", re.DOTALL
)
ORDERS = ("stated", "oldest", "published", "listed")


def limit_of(claims: int) -> int:
    """Return how many buffers a list may touch in an archive of so many claims."""
    return 3_000 if claims <= 100_000 else 6_000


@dataclass(frozen=True)
class ListCost:
    """A query string and the buffers that its page and facets touch."""

    query: str
    buffers: int


def filter_values() -> dict[str, tuple[str, ...]]:
    """Return for each filter a frequent, a middling and a rare value in use."""
    return {
        "speaker": _slugs(Speaker, SPEAKER),
        "outlet": _slugs(Outlet, OUTLET),
        "topic": _slugs(Topic, TOPIC),
        "rating": (
            "none",
            "retracted",
            *Rating.objects.order_by("order").values_list("slug", flat=True)[:3],
        ),
        "finding": (Finding.CONFIRMED, Finding.NOT_FOUND),
        "attribution": tuple(AttributionKind.values),
        "checkability": (Checkability.CHECKABLE, Checkability.VAGUE),
        **DAYS,
    }


def cost_of(query: str) -> ListCost:
    """Return the buffers that the list of a query string touches."""
    statements: list[tuple[str, Any]] = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        asked = ClaimQuery(query)
        asked.page(PAGE)
        facets(asked)
    return ListCost(query, sum(_buffers(*each) for each in statements))


def settings_apart(sql: str) -> tuple[str, str]:
    """Return what a statement sets for itself, and the statement alone.

    >>> settings_apart("SET LOCAL a = 1; SELECT 2; SET LOCAL a TO DEFAULT")
    ('SET LOCAL a = 1; ', 'SELECT 2')
    """
    settings, statement = SETTINGS.match(sql).groups()
    return settings, statement


def _buffers(sql, params) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        settings, sql = settings_apart(sql)
        if settings:
            cursor.execute(settings)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()[0]
        transaction.set_rollback(True)
    return sum(
        plan["Plan"].get(name, 0)
        for name in ("Shared Hit Blocks", "Shared Read Blocks")
    )


def _slugs(model, facet) -> tuple[str, ...]:
    counted = FacetCount.objects.filter(
        facet__gt=facet, facet__lt=facet + RANGE, count__gt=0
    ).order_by("-count")
    keys = [code - facet for code in counted.values_list("facet", flat=True)]
    chosen = [keys[0], keys[len(keys) // 2], keys[-1]] if keys else []
    rows = model.objects.in_bulk(chosen)
    return tuple(dict.fromkeys(rows[key].slug for key in chosen if key in rows))
