"""Whom the reviews are about: counts by affiliation, kind, topic and quarter.

Of the newest reviews alone, so that it costs the same however long the archive is. The
affiliation is that of the day of the statement, as it was published with the review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.choices import SpeakerKind
from claims.reading.method import all_rows, percent_of

REVIEWS_COUNTED = 2_000
MOST_ROWS, MOST_QUARTERS = 25, 4
DIMENSIONS = {
    "affiliation": _("Affiliation"),
    "kind": _("Kind of speaker"),
    "topic": _("Topic"),
}
# What a value is called that is none.
NOTHING = {
    "affiliation": _("none stated"),
    "kind": _("unknown"),
    "topic": _("none"),
}


@dataclass(frozen=True)
class Row:
    """A value with its reviews: in each of the last quarters, in all, and the share."""

    name: str | Promise
    # Whether it is a name that somebody of the desk has written.
    is_named: bool
    by_quarter: tuple[int, ...]
    count: int
    percent: int


@dataclass(frozen=True)
class Table:
    """The rows of one dimension, and how many of its values are left out."""

    name: str
    title: str | Promise
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True)
class Balance:
    """All tables, the quarters of their columns, and of how many reviews they are."""

    reviews: int
    quarters: tuple[str, ...]
    tables: tuple[Table, ...]

    @property
    def largest(self) -> Row | None:
        """The affiliation with the most reviews, if any is stated."""
        return next((row for row in self.tables[0].rows if row.is_named), None)


def counts() -> list[dict]:
    """Return dimension, value, year, quarter and reviews of each group."""
    return all_rows(COUNTED, [REVIEWS_COUNTED, REVIEWS_COUNTED])


def balance() -> Balance:
    """Return the tables of the newest reviews."""
    groups = counts()
    kinds = [group for group in groups if group["dimension"] == "kind"]
    reviews = sum(group["reviews"] for group in kinds)
    quarters = sorted({_quarter_of(group) for group in kinds}, reverse=True)
    shown = tuple(quarters[:MOST_QUARTERS])
    return Balance(
        reviews,
        tuple(map(_quarter, shown)),
        tuple(_table(name, groups, shown, reviews) for name in DIMENSIONS),
    )


def _quarter_of(group):
    return group["year"], group["quarter"]


def _quarter(key):
    year, quarter = key
    return gettext("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": year}


def _table(dimension, groups, quarters, reviews):
    mine = [group for group in groups if group["dimension"] == dimension]
    totals: Counter = Counter()
    for group in mine:
        totals[group["value"]] += group["reviews"]
    by_quarter = {
        (group["value"], _quarter_of(group)): group["reviews"] for group in mine
    }
    rows = [
        Row(
            _name(dimension, value),
            bool(value) and dimension != "kind",
            tuple(by_quarter.get((value, quarter), 0) for quarter in quarters),
            count,
            percent_of(count, reviews) or 0,
        )
        for value, count in sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    ]
    left_out = max(len(rows) - MOST_ROWS, 0)
    return Table(dimension, DIMENSIONS[dimension], tuple(rows[:MOST_ROWS]), left_out)


def _name(dimension, value):
    if not value:
        return NOTHING[dimension]
    return SpeakerKind(value).label if dimension == "kind" else value


def csv_rows() -> Iterator[tuple]:
    """Yield the header and the rows of the CSV of all groups."""
    yield "dimension", "value", "year", "quarter", "reviews"
    for group in counts():
        yield tuple(group.values())


COUNTED = """
WITH newest AS MATERIALIZED (
    SELECT p.claim_id, p.speaker_id, p.speaker_kind, p.speaker_name, p.speaker_role,
        c.topics, extract(year FROM p.published_at AT TIME ZONE 'UTC')::int AS year,
        extract(quarter FROM p.published_at AT TIME ZONE 'UTC')::int AS quarter
    FROM (
        SELECT p.claim_id, p.id, p.number, p.kind, p.published_at, p.speaker_id,
            p.speaker_kind, p.speaker_name, p.speaker_role
        FROM claims_publishedverdict p
        -- Not all of them are the last of their claim: those are among so many.
        ORDER BY p.published_at DESC, p.id DESC LIMIT 4 * %s
    ) p JOIN LATERAL (
        SELECT topics FROM claims_publicclaim WHERE id = p.claim_id OFFSET 0
    ) c ON true
    WHERE p.number = (SELECT max(number) FROM claims_publishedverdict last
                      WHERE last.claim_id = p.claim_id AND last.kind <> 'withdrawn'
                        AND last.publisher = '')
        AND p.kind <> 'retracted'
    ORDER BY p.published_at DESC, p.id DESC LIMIT %s
), affiliated AS (
    SELECT year, quarter, CASE
        WHEN speaker_kind IN ('organisation', 'government', 'group') THEN speaker_name
        -- Of the roles of a speaker, that which was published with the review.
        ELSE coalesce((
            SELECT r.organisation FROM claims_speakerrole r
            WHERE r.speaker_id = newest.speaker_id AND r.organisation <> ''
              AND right(speaker_role, length(r.organisation)) = r.organisation
            ORDER BY length(r.organisation) DESC, r.id LIMIT 1), '')
        END AS value
    FROM newest
)
SELECT 'affiliation' AS dimension, value, year, quarter, count(*) AS reviews
FROM affiliated GROUP BY value, year, quarter
UNION ALL
SELECT 'kind', speaker_kind, year, quarter, count(*) FROM newest GROUP BY 2, 3, 4
UNION ALL
SELECT 'topic', coalesce(t.name, ''), year, quarter, count(*)
FROM newest LEFT JOIN LATERAL unnest(newest.topics) topic ON true
LEFT JOIN claims_topic t ON t.id = topic GROUP BY 2, 3, 4
ORDER BY 1, 2, 3, 4
"""
