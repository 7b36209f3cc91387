"""Keys of one page of a long list of claims, read along its order.

In a window of the order's index, or in stretches of its time: months of publication,
years of statement, each read through the index on the facet codes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import accumulate

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections, router
from django.db.models import Q

from claims.lists.pagination import get_page, rows_after
from claims.models import FacetCount, PublicClaim
from claims.models.facets import MONTH, RANGE, YEAR, month_code, year_code

TABLE = '"claims_publicclaim"'
# A LIMIT without an order makes the planner read the table from its start; the index
# on the codes is always the better way.
BITMAP = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;"
AGAIN = "; SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on"

# A stretch is to hold what is wanted so many times, and no more rows than may be
# gathered; beyond that, one of a single code or of so many claims is read in its order.
# The next one is at most so many times as long.
ENOUGH = 4
MOST_GATHERED = 700
MOST_READ = 120_000
SHORTER = 4
GROWTH = 2
# The codes that tell when a claim was stated or its verdict published.
TIMES = {"sort_date": (YEAR, year_code), "published_at": (MONTH, month_code)}


def window(asked, order, cursor, wanted, within, rows) -> list[int]:
    """Return the keys that match among the next `rows` of the order, in that order.

    Read from the order's own index alone, which holds the codes and the days.
    """
    if order.unknown and cursor is not None and len(cursor.values) == 1:
        return []
    backwards = is_backwards(cursor)
    listed = PublicClaim.objects.listed().filter(
        order.known or Q(), asked.days.get(order.field, Q()), within
    )
    read = rows_after(listed, replace(order, unknown=""), cursor)
    if backwards:
        read = read.reverse()
    columns = dict.fromkeys(["id", "facets", order.field, *asked.days])
    rows_read, params = sql_of(read.values(*columns)[:rows])
    days = [each for column, each in asked.days.items() if column != order.field]
    where, values = _where(Q(asked.facets, *days))
    with connection_of().cursor() as database:
        database.execute(
            f"SELECT id FROM ({rows_read}) {TABLE} WHERE {where} LIMIT {wanted}",  # noqa: S608
            [*params, *values],
        )
        keys = [key for (key,) in database.fetchall()]
    return keys[::-1] if backwards else keys


def _where(condition: Q):
    """Return a condition on columns of PublicClaim as SQL, with its parameters."""
    return where_of(PublicClaim.objects.filter(condition))


def where_of(rows):
    """Return what chooses the rows of a query set of one table, as SQL with values."""
    query = rows.query
    try:
        return query.get_compiler(connection=connection_of()).compile(query.where)
    except FullResultSet:
        return "true", ()
    except EmptyResultSet:
        return "false", ()


def unpublished(matching, cursor, size) -> list[int]:
    """Return the keys of a page of claims without a publication: by key alone."""
    backwards = is_backwards(cursor)
    if cursor is not None and len(cursor.values) == 1:
        matching = matching.filter(
            **{f"id__{'gt' if backwards else 'lt'}": cursor.values[0]}
        )
    elif backwards:
        return []
    rows = matching.order_by("id" if backwards else "-id")
    keys = list(rows.values_list("id", flat=True)[: size + 1])
    return keys[::-1] if backwards else keys


def gathered_in_stretches(matching, asked, order, cursor, size, known):
    """Return the keys of a page, gathered from one stretch of time after another.

    A stretch has so many months, or years, as should hold what the page still wants
    several times over; where one held fewer, the next is longer. One that holds more
    than may be gathered is tried again, shorter, or read in its order.
    """
    keys: list[int] = []
    share, longest = max(known.share, 1e-9), float("inf")
    times, last = _times(asked, order, cursor, known.span), None
    while times and len(keys) <= size:
        held = list(accumulate(count for _code, count in times))
        wanted = ENOUGH * max(size + 1 - len(keys), size // 2) / share
        end = 1 + sum(each < min(wanted, longest) for each in held[:-1])
        codes = [code for code, _count in times[:end]]
        of_these = Q(facets__overlap=codes)
        found = _gathered(matching.filter(of_these), order, cursor)
        if found is None:
            if end > 1 and held[end - 1] > MOST_READ:
                # One month or year less at least.
                longest = min(held[end - 1] / SHORTER, held[end - 2])
                continue
            start = _start(order, cursor, codes, last)
            these = replace(asked, facets=asked.facets & of_these)
            found = window(these, order, cursor, size + 1, start, held[end - 1])
            found = found[::-1] if is_backwards(cursor) else found
        keys += found
        share, longest = max(len(found), 1) / held[end - 1], GROWTH * held[end - 1]
        times, last = times[end:], codes[-1]
    if is_backwards(cursor):
        return keys[size::-1]
    if len(keys) <= size:
        # What has no day of this kind comes last.
        keys += ordered(matching, order, None, size, within=Q(pk__in=[]))
    return keys[: size + 1]


def _start(order, cursor, codes, last) -> Q:
    """Return the condition that a row lies in the months or years to be read next."""
    if order.is_descending == is_backwards(cursor):
        return Q(**{f"{order.field}__gte": _first_day(order.field, codes[0])})
    if last is None:
        return Q()
    return Q(**{f"{order.field}__lt": _first_day(order.field, last)})


def _first_day(field: str, code: int) -> date | datetime:
    """Return the first day of a month or year, as a value of a field."""
    if field == "sort_date":
        return date(code - YEAR, 1, 1)
    year, month = divmod(code - MONTH, 100)
    return datetime(year, month, 1, tzinfo=UTC)


def _gathered(rows, order, cursor) -> list[int] | None:
    """Return the keys of all rows beyond a cursor, nearest first, or None if too many.

    The place is compared last: an index on it would lead to rows of all codes.
    """
    names = dict.fromkeys(["id", order.field])
    hits, params = sql_of(rows.order_by().values(*names)[: MOST_GATHERED + 1])
    is_down = order.is_descending != is_backwards(cursor)
    way, sign = ("DESC", "<") if is_down else ("ASC", ">")
    beyond = f"({order.field}, id) {sign} (%s, %s)" if cursor else "true"
    with connection_of().cursor() as database:
        database.execute(
            f"{BITMAP} WITH hit AS MATERIALIZED ({hits})"  # noqa: S608
            f" SELECT id, {beyond} FROM hit ORDER BY {order.field} {way}, id {way}"
            f"{AGAIN}",
            [*params, *(cursor.values if cursor else [])],
        )
        found = last_rows(database)
    if len(found) > MOST_GATHERED:
        return None
    return [key for key, is_beyond in found if is_beyond]


def has_stretches(order, cursor) -> bool:
    """Return whether the rows beyond a place have the codes of times, if a day."""
    if cursor is not None and len(cursor.values) == 1:
        return False
    return order.known is not None or order.field == "published_at"


def times_of(field: str) -> range:
    """Return the codes of months or years of an order's field, none if it has none."""
    facet, _code_of = TIMES.get(field, (0, None))
    return range(facet, facet + RANGE) if facet else range(0)


def _times(asked, order, cursor, span) -> list[tuple[int, int]]:
    """Return the codes of months or years to read, nearest first, with their counts."""
    facet, code_of = TIMES[order.field]
    ends = times_of(order.field)
    bounds = [each for each in asked.any_of if isinstance(each, range)]
    bounds = [each for each in bounds if each.start in ends]
    if span:
        bounds.append(range(code_of(span[0]), code_of(span[1]) + 1))
    backwards = is_backwards(cursor)
    is_descending = order.is_descending != backwards
    if cursor is not None:
        at = code_of(cursor.values[0])
        bounds.append(range(facet, at + 1) if is_descending else range(at, ends.stop))
    kept = FacetCount.objects.filter(
        facet__gte=max([facet, *(each.start for each in bounds)]),
        facet__lt=min([ends.stop, *(each.stop for each in bounds)]),
        count__gt=0,
    )
    sort = "-facet" if is_descending else "facet"
    return list(kept.order_by(sort).values_list("facet", "count"))


def ordered(matching, order, cursor, size, within):
    """Return the keys of a page as the planner finds them."""
    if order.unknown:
        order = replace(order, known=(order.known or Q()) & within)
    else:
        matching = matching.filter(within)
    page = get_page(matching.only("id", order.field), order, cursor, size + 1)
    return [row.pk for row in page.rows]


def is_backwards(cursor) -> bool:
    """Return whether a list is read from a cursor towards its beginning."""
    return cursor is not None and cursor.backwards


def last_rows(database):
    """Return the rows of the one statement of several that has any."""
    while database.description is None:
        if not database.nextset():
            return []
    return database.fetchall()


def sql_of(queryset):
    return queryset.query.sql_with_params()


def connection_of():
    return connections[router.db_for_read(PublicClaim)]
