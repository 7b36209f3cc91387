"""What makes a claim urgent, each with its reason: reach, harm, readers, said again.

The order that the desk sets itself goes first; then the heaviest, then the newest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, ReaderReport, WorkItem
from claims.models.choices import ReportStatus

HARM, REACH, ASKED, SAID_AGAIN = 3, 2, 2, 1
LAST = 2**31 - 1
# Of what was asked for or said again long ago, nobody waits.
MOST = 1_000
ORDER = ("desk_place", "-weight", "-sort_date", "-id")


@dataclass
class Priority:
    """How urgent a claim is: its place, its weight, and a sentence for each reason."""

    place: int | None = None
    weight: int = 0
    reasons: list[str] = field(default_factory=list)


def asked_by_readers() -> QuerySet[ReaderReport]:
    """Return the open reports of readers that name a claim."""
    return ReaderReport.objects.filter(status=ReportStatus.OPEN, claim__isnull=False)


def said_again() -> QuerySet[Claim]:
    """Return the listed claims that repeat an earlier one."""
    return Claim.objects.listed().filter(repeats__isnull=False)


def with_priority(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Alias claims with `desk_place` and `weight`, for ORDER."""
    # PostgreSQL looks each up, or hashes all, as there are few or many claims.
    asked = Exists(asked_by_readers().filter(claim=OuterRef("pk")))
    again = Exists(said_again().filter(repeats=OuterRef("pk")))
    return claims.alias(
        desk_place=Coalesce("work__place", Value(LAST)),
        weight=Coalesce(F("work__harm") * HARM + F("work__reach") * REACH, Value(0))
        + Case(When(asked, then=Value(ASKED)), default=Value(0))
        + Case(When(again, then=Value(SAID_AGAIN)), default=Value(0)),
    )


def most_urgent(claims: QuerySet[Claim], most: int) -> list[Claim]:
    """Return the most urgent of very many claims.

    Only those with a reason are weighed; the newest of the others follow.
    """
    planned = WorkItem.objects.filter(place__isnull=False) | WorkItem.objects.filter(
        reach__gt=0
    )
    planned |= WorkItem.objects.filter(harm__gt=0)
    keys = (
        planned.order_by()
        .values("claim")
        # A union, since an OR of subqueries is asked of every row.
        .union(
            asked_by_readers().order_by("-id").values("claim")[:MOST],
            said_again().order_by("-id").values("repeats")[:MOST],
        )
    )
    urgent = list(with_priority(claims.filter(pk__in=keys)).order_by(*ORDER)[:most])
    if len(urgent) < most:
        found = [claim.pk for claim in urgent]
        rest = claims.exclude(pk__in=found).order_by("-sort_date", "-id")
        urgent += rest[: most - len(urgent)]
    return urgent


def priorities_of(claims: Iterable[Claim]) -> dict[int, Priority]:
    """Return how urgent each of some claims is, in three queries for all of them."""
    found = {claim.pk: Priority() for claim in claims}
    for work in WorkItem.objects.filter(claim__in=found):
        one = found[work.claim_id]
        one.place = work.place
        one.weight += HARM * work.harm + REACH * work.reach
        if work.harm:
            one.reasons.append(_("Harm: %(why)s") % {"why": work.harm_reason})
        if work.reach:
            one.reasons.append(_("Reach: %(why)s") % {"why": work.reach_reason})
    asked = asked_by_readers().filter(claim__in=found).order_by().values("claim")
    for key, count in asked.annotate(count=Count("pk")).values_list("claim", "count"):
        found[key].weight += ASKED
        said = ngettext(
            "Asked by %(count)d reader", "Asked by %(count)d readers", count
        )
        found[key].reasons.append(said % {"count": count})
    again = said_again().filter(repeats__in=found).order_by().values("repeats")
    for key, count in again.annotate(count=Count("pk")).values_list("repeats", "count"):
        found[key].weight += SAID_AGAIN
        said = ngettext(
            "Said again %(count)d time", "Said again %(count)d times", count
        )
        found[key].reasons.append(said % {"count": count})
    return found
