"""Which claims stand on one page of a list, how many there are, how they divide.

Bounded work at any size of the archive. A list of at most `MOST_COUNTED` claims is
gathered once by its facet codes, and gives page, count and facets together. A longer
one is read in its order, in a window, until a page is full; it is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from claims.lists.pagination import Cursor, Order
from claims.lists.stretches import (
    AGAIN,
    BITMAP,
    connection_of,
    gathered_in_stretches,
    has_stretches,
    last_rows,
    ordered,
    sql_of,
    times_of,
    unpublished,
    window,
)
from claims.models import FacetCount, PublicClaim
from claims.models.facets import (
    OUTLET,
    RANGE,
    RATING,
    SPEAKER,
    TOPIC,
    YEAR,
    rating_code,
)
from claims.models.verdict_state import NOT_REVIEWED_KEY, REPEATED_KEY

# Up to so many claims are counted; a longer list says that it has more.
MOST_COUNTED = 1_500
# Where so many of one code are likely in the days asked for, they are not counted.
SURELY_MANY = 3 * MOST_COUNTED
# The other values of a facet in use are counted among so many claims.
MOST_WIDER = 500
MOST_VALUES = 8
WINDOW = 20_000
# A window with so many matches shows that the list is long.
DENSE = 300


@dataclass(frozen=True)
class Counted:
    """How many claims have a facet code, with what a list says of its value."""

    code: int
    count: int
    slug: str
    label: str
    order: int | None
    tone: str
    sign: str


@dataclass(frozen=True)
class Selection:
    """The keys of a page, one more than asked for if there are; total None: many.

    `at_least` so many are then known of. A list with words that could not be looked
    through for a whole page goes on from the cursor `onward`.
    """

    keys: list[int]
    total: int | None
    counts: list[Counted]
    at_least: int = 0
    onward: str = ""
    end: str = ""


@dataclass(frozen=True)
class Conditions:
    """What chooses the rows of a list, apart by what can answer it.

    `codes` are facet codes that all rows have, `any_of` are such of which
    all rows have one at least of the first, one of the second, … `facets` is
    everything that codes can tell, `days` the exact condition on each column that holds
    a day.
    """

    codes: list[int]
    any_of: list[range | list[int]]
    facets: Q
    days: dict[str, Q]
    is_narrowed: bool


# The most frequent values of each facet, of years the newest; ratings all. Speakers are
# looked up one by one (LIMIT 1): hashed, all that there are would be read.
LABELS = f"""
SELECT k.code, k.n, coalesce(r.slug, s.slug, t.slug, o.slug, ''),
       coalesce(r.label, s.name, t.name, o.name, ''), r."order",
       coalesce(r.bucket, ''), coalesce(r.sign, '')
FROM (
    SELECT code, n, row_number() OVER (
        PARTITION BY least(code / {RANGE}, {SPEAKER // RANGE})
        ORDER BY CASE WHEN code / {RANGE} = {YEAR // RANGE} THEN -code ELSE -n END, code
    ) AS place FROM counted
) k
LEFT JOIN claims_rating r ON k.code / {RANGE} = 1 AND r.id = k.code - {RATING + 10}
LEFT JOIN claims_outlet o
    ON k.code / {RANGE} = {OUTLET // RANGE} AND o.id = k.code - {OUTLET}
LEFT JOIN claims_topic t
    ON k.code / {RANGE} = {TOPIC // RANGE} AND t.id = k.code - {TOPIC}
LEFT JOIN LATERAL (
    SELECT slug, name FROM claims_speaker WHERE id = k.code - {SPEAKER} LIMIT 1
) s ON k.code >= {SPEAKER}
WHERE k.place <= {MOST_VALUES} OR k.code / {RANGE} = 1
"""  # noqa: S608
# No verdict on these was published.
WITHOUT_A_DAY = {rating_code(NOT_REVIEWED_KEY), rating_code(REPEATED_KEY)}
ANY = Q()
# The columns of FacetCount that tell between which days the claims of a code lie.
SPANS = {
    "sort_date": ("facet", "count", "stated_from", "stated_until"),
    "published_at": ("facet", "count", "published_from", "published_until"),
    "listed_at": ("facet", "count", "listed_from", "listed_until"),
    "id": ("facet", "count", "claim_from", "claim_until"),
}


def select(
    matching: QuerySet[PublicClaim],
    asked: Conditions,
    order: Order,
    cursor: Cursor | None,
    size: int,
) -> Selection:
    """Return the keys of a page of at most `size` rows, with count and facets."""
    if not asked.is_narrowed and (total := _listed()) > MOST_COUNTED:
        return Selection(ordered(matching, order, cursor, size, ANY), total, [])
    keys: list[int] = []
    without_a_day = not WITHOUT_A_DAY.isdisjoint(asked.codes)
    has_no_day = without_a_day and order.field not in asked.days
    if order.unknown == "published_at" and has_no_day:
        within = _known(asked, "id").within("id")
        keys = unpublished(matching.filter(within), cursor, size)
        gathered = _gather(matching, order, cursor, size)
        return gathered or Selection(keys, None, [])
    if not asked.is_narrowed:
        gathered = _gather(matching, order, cursor, size)
        return gathered or _long(keys, matching, order, cursor, size, ANY)
    known = _known(asked, order.field)
    within = known.within(order.field)
    is_sparse = False
    if known.expected > MOST_COUNTED:
        is_exact = len(asked.codes) == 1 and not asked.days
        wanted = size + 1 if is_exact else DENSE
        keys = window(asked, order, cursor, wanted, within, WINDOW)
        if len(keys) >= wanted or is_exact:
            return _long(keys, matching, order, cursor, size, within)
        is_sparse = 2 * len(keys) <= size
    is_many = bool(keys) and len(asked.codes) == 1 and known.likely > SURELY_MANY
    if not is_many:
        gathered = _gather(matching, order, cursor, size)
        if gathered is not None:
            return gathered
    if len(keys) <= size and has_stretches(order, cursor):
        keys = gathered_in_stretches(matching, asked, order, cursor, size, known)
        return Selection(keys, None, [])
    if len(keys) <= size and not is_sparse:
        # Too long to be counted: a page among so many, if evenly spread.
        keys = window(asked, order, cursor, size + 1, within, 2 * WINDOW)
    return _long(keys, matching, order, cursor, size, within)


def _long(keys, matching, order, cursor, size, within):
    """Return the selection of an uncounted list: its window, if that fills a page."""
    if len(keys) <= size:
        keys = ordered(matching, order, cursor, size, within)
    backwards = cursor is not None and cursor.backwards
    return Selection(keys[-size - 1 :] if backwards else keys[: size + 1], None, [])


def wider_counts(
    rows: QuerySet,
    facet: int,
    *,
    is_narrowed: bool,
    at_least: int = 0,
    most: int | None = None,
) -> list[Counted] | None:
    """Return the counts of one facet among rows that its own filter does not narrow.

    None where there are too many of them to be counted, which is known beforehand of
    `at_least` so many: the index would be read for all, only to find that out. Rows may
    tell apart which `codes` are to be counted.
    """
    most = MOST_WIDER if most is None else most
    if is_narrowed and at_least > most:
        return None
    above = "true" if facet == SPEAKER else f"code < {facet + RANGE}"
    if not is_narrowed:
        counted = (
            "SELECT facet AS code, count AS n FROM claims_facetcount WHERE count > 0"
        )
        return _counted(
            f"WITH counted AS (SELECT * FROM ({counted}) k"  # noqa: S608
            f" WHERE code >= {facet} AND {above}) {LABELS}",
            [],
        )
    codes = "codes" if "codes" in rows.query.annotations else "facets"
    hits, params = sql_of(rows.order_by().values(codes)[: most + 1])
    found = _counted(
        f"WITH hit (facets) AS MATERIALIZED ({hits}), counted AS ("  # noqa: S608
        " SELECT code, count(*) AS n FROM hit, unnest(facets) code"
        f" WHERE code >= {facet} AND {above} GROUP BY code) {LABELS}"
        " UNION ALL SELECT -1, count(*), '', '', NULL, '', '' FROM hit",
        params,
    )
    if found[-1].count > most:
        return None
    return found[:-1]


def _gather(matching, order, cursor, size) -> Selection | None:
    """Return page, count and facets of a list from one pass, or None if it is long."""
    names = dict.fromkeys(["id", order.field, order.unknown or "id", "facets"])
    hits, params = sql_of(matching.order_by().values(*names)[: MOST_COUNTED + 1])
    found = gathered(
        f"hit AS MATERIALIZED ({hits})", params, "count(*)", MOST_COUNTED,
        order, cursor, size,
    )  # fmt: skip
    return None if (found.total or 0) > MOST_COUNTED else found


def gathered(hit, params, total, most, order, cursor, size) -> Selection:
    """Return page and facets of the rows of a common table expression named `hit`.

    With the number that `total`, an aggregate of SQL, gives of them; no facets of more
    than `most` rows.
    """
    key = order.field.rpartition("__")[2]
    way = "DESC" if order.is_descending else "ASC"
    sort = f"{key} {way}, id {way}"
    if order.unknown:
        sort = f"{order.unknown} IS NULL, {sort}"
    before, values = _before(order, key, cursor)
    with connection_of().cursor() as database:
        database.execute(
            f"{BITMAP} WITH {hit}, counted AS ("  # noqa: S608
            " SELECT code, count(*) AS n FROM hit, unnest(facets) code"
            f" WHERE (SELECT count(*) FROM hit) <= {most} GROUP BY code)"
            f" SELECT labels.*, NULL::bigint[], NULL::bigint FROM ({LABELS}) labels"
            f" UNION ALL SELECT -1, {total}, '', '', NULL, '', '',"
            f" array_agg(id ORDER BY {sort}), count(*) FILTER (WHERE {before})"
            f" FROM hit{AGAIN}",
            [*params, *values],
        )
        rows = last_rows(database)
    *labels, (_code, number, *_empty, keys, place) = rows
    keys = keys or []
    if cursor is not None and cursor.backwards:
        keys = keys[max(0, place - size - 1) : place]
    else:
        keys = keys[place : place + size + 1]
    return Selection(keys, number, [Counted(*row[:7]) for row in labels])


def _before(order, key, cursor):
    """Return the SQL that a row stands before a cursor, or at one that goes forward."""
    if cursor is None:
        return "false", []
    sign = ">" if order.is_descending else "<"
    if not cursor.backwards:
        sign += "="
    if len(cursor.values) == 1:
        return f"{order.unknown} IS NOT NULL OR id {sign} %s", [*cursor.values]
    known = f"{order.unknown} IS NOT NULL AND " if order.unknown else ""
    return f"{known}({key}, id) {sign} (%s, %s)", [*cursor.values]


def codes_in_use(first: int, last: int) -> list[int]:
    """Return the codes from one to another that some listed claim has."""
    codes = FacetCount.objects.filter(facet__range=(first, last), count__gt=0)
    return list(codes.values_list("facet", flat=True))


def listed_between(first: int, last: int) -> int:
    """Return how many listed claims have a code between two, these left out.

    For codes of a kind of which a claim has one at most: years, months.
    """
    rows = FacetCount.objects.filter(facet__gt=first, facet__lt=last)
    return rows.aggregate(total=Coalesce(Sum("count"), 0))["total"]


@dataclass(frozen=True)
class Known:
    """What is known beforehand of the claims that are asked for.

    How many they would be by their codes alone, and by the days too, were all of them
    independent; which share of the claims of any time of the order; and between which
    values of the order's field they lie.
    """

    expected: float
    likely: float
    share: float
    span: tuple | None

    def within(self, field: str) -> Q:
        return Q(**{f"{field}__range": self.span}) if self.span else ANY


def _known(asked: Conditions, field: str) -> Known:
    """Return what the counts and ends of codes tell of the claims asked for.

    A list in the order of one day that is chosen by another, or by what few claims of
    late have, is thus not read from its end.
    """
    of_any = EACH_ONCE
    for codes in asked.any_of:
        if isinstance(codes, range):
            of_any |= Q(facet__gte=codes.start, facet__lt=codes.stop)
        else:
            of_any |= Q(facet__in=codes)
    rows = FacetCount.objects.filter(of_any, count__gt=0)
    spans = {code: row for code, *row in rows.values_list(*SPANS[field])}
    total = sum(n for code, (n, *_s) in spans.items() if code in RATINGS) or 1
    share = 1.0
    for code in asked.codes:
        share *= spans[code][0] / total if code in spans else 0
    expected, likely = share * total, share * total
    for codes in asked.any_of:
        if isinstance(codes, range):
            part = sum(row[0] for code, row in spans.items() if code in codes) / total
            likely *= part
            if codes.start not in times_of(field):
                share *= part
    firsts, lasts = [], []
    for codes in asked.any_of:
        ends = [row[1:] for code, row in spans.items() if code in codes]
        if ends := [(first, last) for first, last in ends if last is not None]:
            firsts.append(min(first for first, _last in ends))
            lasts.append(max(last for _first, last in ends))
    span = (max(firsts), min(lasts)) if firsts else None
    return Known(expected, likely, share, span)


# Every claim has one code of its rating, or of the want of one.
RATINGS = range(RATING, RATING + RANGE)
EACH_ONCE = Q(facet__gte=RATING, facet__lt=RATING + RANGE)
LISTED = f"""
SELECT coalesce(sum(count), 0)::bigint FROM claims_facetcount
WHERE facet >= {RATING} AND facet < {RATING + RANGE}
"""  # noqa: S608


def _listed() -> int:
    """Return the number of listed claims."""
    with connection_of().cursor() as database:
        database.execute(LISTED)
        return database.fetchone()[0]


def _counted(statement, params) -> list[Counted]:
    with connection_of().cursor() as database:
        database.execute(f"{BITMAP} {statement}{AGAIN}", params)
        return [Counted(*row) for row in last_rows(database)]
