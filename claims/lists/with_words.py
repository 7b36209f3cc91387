"""Which claims with a reader's words stand on one page of a list: bounded search.

No index holds phrases: each text that has a phrase's words must be looked at, and so
must each claim in turn where very many have a word. Few candidates are gathered at
once and give page, count and facets. Of many, so many claims of the list's order are
looked through for a page; one that is not full says where to go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from claims.lists.conditions import FACETS
from claims.lists.pagination import Order, beyond, parts_beyond
from claims.lists.selection import Selection, gathered
from claims.lists.stretches import connection_of, is_backwards, sql_of, where_of
from claims.models import PublicClaim, PublicWords
from claims.models.choices import PublicState
from claims.models.fulltext import Asked, FoundBy, Matches

# So many candidates are gathered; fewer where their claims are needed too.
MOST_GATHERED = 800
MOST_JOINED = 400
# So many claims of the order are looked through; fewer where words lie apart from it.
MOST_LOOKED_THROUGH = 1_500
MOST_LOOKED_UP = 400
# Where so many candidates lie apart from what chooses them, a facet is not widened.
MOST_WIDER = 100
CLAIMS, WORDS = '"claims_publicclaim"', '"claims_publicwords"'
# The columns of a claim that a condition of a list may ask for.
CHOOSING = ("state", "rating", "facets", "sort_date", "published_at")


@dataclass(frozen=True)
class Search:
    """The words of a list, and what else chooses its claims.

    `facets` and `stated` are conditions that both the claim and its words have columns
    for; `claims` are the rows that more than these chooses, None if nothing does.
    """

    asked: Asked
    facets: Q
    stated: Q
    claims: QuerySet[PublicClaim] | None

    def candidates(self) -> QuerySet[PublicWords]:
        """The words that an index finds, with `fits`: whether they match indeed."""
        found = PublicWords.objects.filter(
            self.facets, self.stated, state=PublicState.LISTED
        ).annotate(fits=self._fits("vector"))
        if self.asked.candidates:
            found = found.filter(vector=FoundBy(self.asked.candidates))
        return found

    def _fits(self, vector: str) -> Matches | Value:
        if self.asked.candidates == self.asked.tsquery:
            # The index alone tells.
            return Value(True)
        return Matches(F(vector), self.asked.query)

    def codes(self) -> tuple[QuerySet, int | None]:
        """Return rows whose `codes` are those of claims that fit, and how many to read.

        None of a candidate that does not fit; None: as many as of any list.
        """
        none = Value([], PublicWords._meta.get_field("facets"))
        if self.claims is None:
            fitting = Case(When(fits=True, then=F("facets")), default=none)
            return self.candidates().annotate(codes=fitting), None
        found = self.claims.filter(self.facets, self.stated)
        if self.asked.candidates:
            found = found.filter(words__vector=FoundBy(self.asked.candidates))
        fits = self._fits("words__vector")
        fitting = Case(When(fits, then=F("facets")), default=none)
        return found.annotate(codes=fitting), MOST_WIDER


def search_of(query, *ignored: str) -> Search:
    """Return what finds the words of a ClaimQuery, without some of its filters."""
    chosen = [
        name for name in query.names if query.chosen.get(name) and name not in ignored
    ]
    stated = [name for name in chosen if name.startswith("stated_")]
    published = [name for name in chosen if name.startswith("published_")]
    is_apart = query.has_conditions or bool(published)
    return Search(
        query.asked,
        query.all_of(name for name in chosen if name in FACETS) & query.times(*ignored),
        query.all_of(stated),
        query.ignoring("q", *ignored) if is_apart else None,
    )


def select_with_words(search, order, cursor, size) -> Selection:
    """Return the keys of a page of at most `size` rows, with count and facets."""
    found = _gather(search, order, cursor, size)
    if found.total is not None:
        return found
    keys, onward, end = _look_through(search, order, cursor, size)
    if cursor is None and len(keys) <= size and not onward:
        return Selection(keys, len(keys), [])
    at_least = max(found.at_least, min(len(keys), size))
    return Selection(keys, None, [], at_least, onward, end)


def _lies_with_words(search: Search, order: Order) -> bool:
    """Return whether the rows of words alone tell what stands in a list, and where."""
    return search.claims is None and order.field == "sort_date"


def _gather(search, order, cursor, size) -> Selection:
    """Return page, count and facets from few candidates; of many only how many fit."""
    alone = _lies_with_words(search, order)
    most = MOST_GATHERED if alone else MOST_JOINED
    columns = ("claim_id", "sort_date", "facets", "fits")
    read, params = sql_of(search.candidates().values(*columns)[: most + 1])
    tables = (
        f"candidate (id, sort_date, facets, fits) AS MATERIALIZED ({read}),"  # noqa: S608
        " fitting AS MATERIALIZED (SELECT id, sort_date, facets,"
        f" nullif(sort_date, '{date.min}') AS stated_on FROM candidate"
        f" WHERE fits AND (SELECT count(*) FROM candidate) <= {most})"
    )
    if alone:
        tables += ", hit AS (SELECT * FROM fitting)"
    else:
        names = dict.fromkeys(["id", order.field, order.unknown or "id", "facets"])
        claims = search.claims
        if claims is None:
            claims = PublicClaim.objects.listed()
        near = claims.filter(pk__in=RawSQL("SELECT id FROM fitting", []))
        joined, values = sql_of(near.order_by().values(*names))
        tables += f", hit AS MATERIALIZED ({joined})"
        params = [*params, *values]
    # Too many are told by a number below nought: of those that fit.
    total = (
        f"CASE WHEN (SELECT count(*) FROM candidate) > {most}"  # noqa: S608
        " THEN -1 - (SELECT count(*) FROM candidate WHERE fits) ELSE count(*) END"
    )
    found = gathered(tables, params, total, most, order, cursor, size)
    number = found.total or 0
    if number >= 0:
        return found
    return Selection([], None, [], -1 - number if search.claims is None else 0)


def _look_through(search, order, cursor, size) -> tuple[list[int], str, str]:
    """Return the keys of a page from the next claims of the order, and where it ended.

    The first place is that of the last claim looked at, if the page is not full and
    there are more; the second is the end of a list of which nothing was left.
    """
    alone = _lies_with_words(search, order)
    rows = MOST_LOOKED_THROUGH if alone else MOST_LOOKED_UP
    backwards = is_backwards(cursor)
    keys: list[int] = []
    end = None
    for part, sort in parts_beyond(order, cursor):
        if alone:
            part = Q(sort_date=date.min) if len(sort) == 1 else part
            sort = [(name if name != "id" else "claim_id", down) for name, down in sort]
        if cursor is not None:
            part &= beyond(sort, cursor)
        listed = PublicWords if alone else PublicClaim
        read = listed.objects.filter(part, state=PublicState.LISTED).order_by(
            *(f"{'-' if down != backwards else ''}{name}" for name, down in sort)
        )
        keys += _fitting(search, read[:rows], order, size + 1 - len(keys))
        if len(keys) > size:
            break
        ends = read.values_list("pk", flat=True)
        next_two = list(ends[rows - 1 : rows + 1])
        if len(next_two) == 2:
            return (keys[::-1] if backwards else keys), _place(order, next_two[0]), ""
        if not keys and cursor is not None and not backwards:
            end = ends.last() or end
    at_end = _place(order, end) if end and not keys else ""
    return (keys[::-1] if backwards else keys), "", at_end


def _place(order, key) -> str:
    return order.key(PublicClaim.objects.get(pk=key))


def _fitting(search, read, order, wanted) -> list[int]:
    """Return the keys of the first so many of ordered rows that are in the list."""
    words = PublicWords.objects.filter(
        search.facets, search.stated, vector=search.asked.query
    )
    match, values = where_of(words)
    if read.model is PublicWords:
        rows, params = sql_of(read.values("claim_id", "sort_date", "facets", "vector"))
        found = f"({rows}) {WORDS} (id, sort_date, facets, vector) WHERE {match}"
    else:
        names = dict.fromkeys(["id", order.field])
        chosen, more = "true", ()
        if search.claims is not None:
            names |= dict.fromkeys(CHOOSING)
            chosen, more = where_of(search.claims)
        rows, params = sql_of(read.values(*names))
        # Row by row in their order, whatever else the planner would like.
        found = (
            f"({rows}) {CLAIMS} ({', '.join(names)}) CROSS JOIN LATERAL ("
            f"SELECT FROM {WORDS} WHERE {WORDS}.id = {CLAIMS}.id AND {match} LIMIT 1"
            f") matching WHERE {chosen}"
        )
        values = [*values, *more]
    with connection_of().cursor() as database:
        database.execute(f"SELECT id FROM {found} LIMIT {wanted}", [*params, *values])  # noqa: S608
        return [key for (key,) in database.fetchall()]
