"""Generated archives of any size, skewed and dirty as real ones are.

The same size makes the same archive. A few speakers, outlets and topics have most of
the claims and many have one; there are articles of 300 claims, verdicts of eight
versions, retractions and withdrawals, and a desk in the middle of its work.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from claims.benchmark.desk_work import add_desk_work, weigh_claims
from claims.benchmark.draws import Draws
from claims.benchmark.loading import MEMORY, without_indexes, without_triggers
from claims.benchmark.public_record import fill_public_record
from claims.benchmark.reviews import ReviewWriter
from claims.benchmark.statements import NOON, StatementWriter, forget_sequences
from claims.models import (
    Article,
    ArticleText,
    Change,
    Claim,
    ClaimRelation,
    Evidence,
    FacetCount,
    Outlet,
    PublishedVerdict,
    ReaderReport,
    RemovalRequest,
    Span,
    Speaker,
    SpeakerAlias,
    SpeakerName,
    SpeakerRole,
    Topic,
    Transition,
    Verdict,
    WorkItem,
)
from claims.models.facets import SPEAKER

FILLED = [
    *(Outlet, Topic, Speaker, SpeakerAlias, SpeakerName, SpeakerRole, Article),
    *(ArticleText, Claim, Claim.topics.through, Claim.other_speakers.through, Span),
    *(Verdict, Evidence, PublishedVerdict, Transition, Change, ClaimRelation),
    *(RemovalRequest, ReaderReport, WorkItem),
]
# Numbered by the rows, not by their sequences.
NUMBERED = [Outlet, Topic, Speaker, Article, ArticleText, Claim, Verdict]
NUMBERED += [PublishedVerdict]
# A publication's digest, chained to the one before.
KEPT = ("publication_guard",)


@dataclass(frozen=True)
class Archive:
    """The size of a generated archive, and names in it that the measured URLs need."""

    claims: int
    busiest: str  # slug of the speaker with most claims
    quiet: str  # slug of one with few
    words: list[str]  # most frequent first


def fill_database(claims: int) -> Archive:
    """Fill an empty database with so many claims."""
    draws = Draws(claims)
    plan = StatementWriter(claims, draws)
    reviews = ReviewWriter(plan)
    with connection.cursor() as cursor:
        cursor.execute(MEMORY)
    with without_triggers(FILLED, KEPT):
        with without_indexes(FILLED):
            plan.copy()
            plan.copy_claims(reviews.current())
            reviews.copy_verdicts()
            reviews.copy_publications()
            add_desk_work(plan.statements, reviews.people[0].pk, NOON)
        weigh_claims()
    forget_sequences(NUMBERED)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim, claims_publishedverdict, claims_span")
    fill_public_record(claims, NOON)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return describe_archive()


def describe_archive() -> Archive:
    """Return the description of the archive in the current database."""
    claims = Claim.objects.count()
    counted = FacetCount.objects.filter(facet__gt=SPEAKER, count__gt=0)
    codes = list(counted.order_by("-count", "facet").values_list("facet", flat=True))
    often, rarely = (
        Speaker.objects.get(pk=code - SPEAKER).slug for code in (codes[0], codes[-1])
    )
    return Archive(claims, often, rarely, Draws(claims).words)


def is_filled() -> bool:
    """Return whether the database holds a whole archive: its counts come last."""
    return FacetCount.objects.exists()
