"""Facets of a list of claims: counts by rating, speaker, topic, outlet, form, year.

For lists short enough to be counted exactly: beyond that, counting would cost more
than the list itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from claims.models.choices import AttributionKind
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED

MOST_SHOWN = 8


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


# Each returns value, label, count, order, tone and sign of the claims in {rows}.
SQL = {
    "rating": """
        SELECT coalesce(r.slug, CASE WHEN m.current_id IS NULL THEN '{none}'
                                     ELSE '{retracted}' END),
               r.label, count(*), min(r."order"), min(r.bucket), min(r.sign)
        FROM {rows} m LEFT JOIN claims_rating r ON r.id = m.rating_id
        GROUP BY 1, 2""",
    "speaker": """
        SELECT s.slug, s.name, n.count, -n.count, '', '' FROM (
            SELECT speaker_id, count(*) FROM {rows} GROUP BY 1
            ORDER BY 2 DESC, 1 LIMIT {most}
        ) n JOIN claims_speaker s ON s.id = n.speaker_id""",
    "topic": """
        SELECT t.slug, t.name, n.count, -n.count, '', '' FROM (
            SELECT topic_id, count(*) FROM {rows} m
            JOIN claims_claim_topics c ON c.claim_id = m.id GROUP BY 1
            ORDER BY 2 DESC, 1 LIMIT {most}
        ) n JOIN claims_topic t ON t.id = n.topic_id""",
    "outlet": """
        SELECT o.slug, o.name, n.count, -n.count, '', '' FROM (
            SELECT outlet_id, count(*) FROM {rows} m
            JOIN claims_article a ON a.id = m.article_id GROUP BY 1
            ORDER BY 2 DESC, 1 LIMIT {most}
        ) n JOIN claims_outlet o ON o.id = n.outlet_id""",
    "attribution": """
        SELECT attribution, '', count(*), -count(*), '', '' FROM {rows} GROUP BY 1""",
    "year": """
        SELECT extract(year FROM stated_on)::text, '', count(*),
               -extract(year FROM stated_on), '', ''
        FROM {rows} WHERE stated_on IS NOT NULL GROUP BY 1, extract(year FROM stated_on)
        ORDER BY 4 LIMIT {most}""",
}
BY_SLUG = {state.slug: state for state in (NOT_REVIEWED, RETRACTED)}
COLUMNS = [
    "id",
    "rating_id",
    "current_id",
    "speaker_id",
    "article_id",
    "attribution",
    "stated_on",
]
PERIOD = ("stated_after", "stated_before")


def facets(query, most: int) -> list[Facet]:
    """Return the facets of a ClaimQuery that at most `most` claims match."""
    found = _facet_rows(query, most)
    labels = {
        "rating": _("Rating"),
        "speaker": _("Speaker"),
        "topic": _("Topic"),
        "outlet": _("Outlet"),
        "attribution": _("Given as"),
        "year": _("Year of the statement"),
    }
    made = [
        Facet(name, label, [_choice(query, name, *row) for row in found.get(name, [])])
        for name, label in labels.items()
        if name not in query.fixed
    ]
    return [facet for facet in made if facet.choices]


def _facet_rows(query, most):
    """Return the values and counts of all facets, in one SQL statement.

    A facet in use is counted as if it were not, so that its other values can be seen;
    unless so many claims match then that counting them would be slow. An index alone
    tells whether they do.
    """
    tables = {"matching": query.matching}
    ctes, params, selects = [], [], []
    for name in SQL:
        if name in query.fixed:
            continue
        parts = PERIOD if name == "year" else (name,)
        if any(part in query.values for part in parts):
            wider = f"without_{name}"
            tables[wider] = query.ignoring(*parts)
            rows = tables[wider].order_by().values("id")[: most + 1]
            sql, values = rows.query.sql_with_params()
            ctes.append(
                f"few_{name} AS MATERIALIZED (SELECT count(*) <= {most} AS few"  # noqa: S608
                f" FROM ({sql}) counted)"
            )
            params += values
            few = f"(SELECT few FROM few_{name})"  # noqa: S608
            selects.append(_select(name, wider, few))
            selects.append(_select(name, "matching", f"NOT {few}"))
        else:
            selects.append(_select(name, "matching", "true"))
    for table, queryset in tables.items():
        rows = queryset.order_by().values(*COLUMNS)[: most + 1]
        sql, values = rows.query.sql_with_params()
        ctes.append(f"{table} AS MATERIALIZED ({sql})")
        params += values
    statement = (
        f"WITH {', '.join(ctes)} {' UNION ALL '.join(selects)}"
        " ORDER BY 1, 5 NULLS LAST, 2"
    )
    found: dict[str, list[tuple]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for name, value, label, count, _order, tone, sign in cursor:
            found.setdefault(name, []).append((value, label, count, tone, sign))
    return found


def _select(name, table, condition):
    """Return the SELECT of one facet; no user input goes into it."""
    counted = SQL[name].format(
        rows=table, most=MOST_SHOWN, none=NOT_REVIEWED.slug, retracted=RETRACTED.slug
    )
    return (
        f"(SELECT '{name}', f.* FROM ({counted})"  # noqa: S608
        f' AS f(value, label, count, "order", tone, sign) WHERE {condition})'
    )


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
