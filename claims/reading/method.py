"""The content of the pages about the desk: rating history and audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections, router

from claims.models import Change, Rating
from claims.models.facets import SPEAKER

# Figures are counted over so many of the newest reviews, so that the page costs the
# same however long the archive grows.
REVIEWS_COUNTED = 1_000


@dataclass(frozen=True)
class FormerWording:
    """A former wording of a rating, until when."""

    until: datetime
    label: str
    definition: str
    sign: str
    value: int | None


@dataclass(frozen=True)
class RatingRecord:
    """A rating with its former wordings, newest first."""

    rating: Rating
    former: list[FormerWording]


@dataclass(frozen=True)
class Share:
    """A label with its count and percentage; no slug where it has no page."""

    name: str
    slug: str
    count: int
    percent: int


@dataclass(frozen=True)
class Audit:
    """Figures about the desk's reviews."""

    reviews: int
    oldest: datetime | None
    sources: int
    sources_per_review: float | None
    primary_percent: int | None
    archived_percent: int | None
    overrides: int
    speakers: int
    most_reviewed: list[Share]
    asked: int
    answered: int
    corrected_by_speaker: int
    corrected_by_outlet: int
    corrections: int
    corrections_last_year: int
    retractions: int
    median_to_correct: timedelta | None
    median_from_report: timedelta | None


def rating_records() -> list[RatingRecord]:
    """Return the ratings in order, each with its former wordings."""
    scale = list(Rating.objects.all())
    former: dict[int, list[FormerWording]] = {}
    changes = Change.objects.filter(
        table="rating", operation="update", row__in=[rating.pk for rating in scale]
    )
    for change in changes.order_by("-at", "-id").only("row", "at", "before", "after"):
        before, after = change.before, change.after
        if any(before[name] != after[name] for name in SHOWN_OF_A_RATING):
            former.setdefault(change.row, []).append(
                FormerWording(
                    change.at, **{name: before[name] for name in SHOWN_OF_A_RATING}
                )
            )
    return [RatingRecord(rating, former.get(rating.pk, [])) for rating in scale]


SHOWN_OF_A_RATING = ("label", "definition", "sign", "value")


def audit(today: date) -> Audit:
    """Return the figures of the newest published reviews."""
    row = one_row(AUDIT, [REVIEWS_COUNTED, REVIEWS_COUNTED])
    speakers = all_rows(MOST_REVIEWED, [REVIEWS_COUNTED, REVIEWS_COUNTED])
    corrected = one_row(CORRECTED, [today - timedelta(days=365)])
    reviews, sources = row["reviews"], row["sources"] or 0
    return Audit(
        reviews=reviews,
        oldest=row["oldest"],
        sources=sources,
        sources_per_review=round(sources / reviews, 1) if reviews else None,
        primary_percent=percent_of(row["primary_sources"], sources),
        archived_percent=percent_of(row["archived"], sources),
        overrides=row["overrides"],
        asked=row["asked"],
        answered=row["answered"],
        corrected_by_speaker=row["corrected_by_speaker"],
        corrected_by_outlet=row["corrected_by_outlet"],
        speakers=row["speakers"],
        most_reviewed=[
            Share(each["name"], each["slug"], each["count"], percent)
            for each in speakers
            if (percent := percent_of(each["count"], reviews)) is not None
        ],
        **corrected,
    )


def percent_of(part: int | None, whole: int) -> int | None:
    """Return a share in percent, rounded; None of nothing."""
    return round(100 * (part or 0) / whole) if whole else None


def one_row(sql: str, parameters: list) -> dict[str, Any]:
    """Return the one row of a question to the public record, by column."""
    return all_rows(sql, parameters)[0]


def all_rows(sql: str, parameters: list) -> list[dict[str, Any]]:
    """Return the rows of a question to the public record, each by column."""
    reading = router.db_for_read(Change)
    with connections[reading].cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


# The newest reviews in force of listed claims.
NEWEST = """
WITH newest AS MATERIALIZED (
    SELECT p.*, c.speaker_id FROM (
        SELECT p.id, p.claim_id, p.number, p.kind, p.evidence, p.replies, p.outcomes,
            p.override_reason, p.not_asked_reason, p.published_at
        FROM claims_publishedverdict p
        -- Not all of them are the last of their claim: those are among so many.
        ORDER BY p.published_at DESC, p.id DESC LIMIT 4 * %s
    ) p JOIN LATERAL (
        SELECT speaker_id FROM claims_publicclaim WHERE id = p.claim_id OFFSET 0
    ) c ON true
    -- What was withdrawn since counts as it did: the newest that was no withdrawal.
    WHERE p.number = (SELECT max(number) FROM claims_publishedverdict last
                      WHERE last.claim_id = p.claim_id AND last.kind <> 'withdrawn'
                        -- What was published elsewhere is no review of this desk.
                        AND last.publisher = '')
        AND p.kind <> 'retracted'
    ORDER BY p.published_at DESC, p.id DESC LIMIT %s
)
"""
AUDIT = (
    NEWEST  # noqa: S608 - constants alone
    + """
SELECT count(*) AS reviews, min(published_at) AS oldest,
    count(DISTINCT speaker_id) AS speakers,
    count(*) FILTER (WHERE override_reason <> '') AS overrides,
    sum(jsonb_array_length(evidence)) AS sources,
    sum((SELECT count(*) FROM jsonb_array_elements(evidence) AS row
         WHERE (row ->> 'is_primary')::boolean)) AS primary_sources,
    sum((SELECT count(*) FROM jsonb_array_elements(evidence) AS row
         WHERE row ->> 'archived_url' <> '')) AS archived,
    count(*) FILTER (WHERE replies @> '[{"kind": "reply"}]') AS asked,
    count(*) FILTER (WHERE replies @> '[{"kind": "reply", "state": "answered"}]')
        AS answered,
    count(*) FILTER (WHERE outcomes @> '[{"kind": "speaker"}]') AS corrected_by_speaker,
    count(*) FILTER (WHERE outcomes @> '[{"kind": "outlet"}]') AS corrected_by_outlet
FROM newest
"""
)
MOST_REVIEWED = (
    NEWEST
    + f"""
SELECT s.name, count(*) AS count,
    -- A speaker of withdrawn claims alone has no page.
    CASE WHEN EXISTS (SELECT FROM claims_facetcount
                      WHERE facet = s.id + {SPEAKER} AND count > 0)
         THEN s.slug ELSE '' END AS slug
FROM newest JOIN claims_speaker s ON s.id = newest.speaker_id
GROUP BY s.id ORDER BY count(*) DESC, s.name LIMIT 5
"""  # noqa: S608 - constants alone
)
# A mistake counts from the day it was published, or from a reader's report of it,
# to the day it was put right.
CORRECTED = """
WITH corrected AS MATERIALIZED (
    SELECT p.id, p.kind, p.published_at, p.claim_id, p.number
    FROM claims_publishedverdict p JOIN claims_publicclaim c ON c.id = p.claim_id
    WHERE p.number > 1
        AND p.kind IN ('rating_changed', 'fact_corrected', 'retracted')
)
SELECT count(*) AS corrections,
    count(*) FILTER (WHERE corrected.published_at >= %s) AS corrections_last_year,
    count(*) FILTER (WHERE kind = 'retracted') AS retractions,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY corrected.published_at - (
        SELECT published_at FROM claims_publishedverdict before
        WHERE before.claim_id = corrected.claim_id
            AND before.number < corrected.number AND before.publisher = ''
        ORDER BY before.number DESC LIMIT 1
    ))) AS median_to_correct,
    claims_median_from_report() AS median_from_report
FROM corrected
"""
