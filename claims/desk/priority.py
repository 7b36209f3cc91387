"""What makes a claim urgent, each with its reason: reach, harm, readers, said again.

The order that the desk sets itself goes first; then the heaviest, then the newest. By
the same weights the database keeps `Claim.urgency`, by which the queues are ordered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, ReaderReport, WorkItem
from claims.models.choices import ReportStatus

HARM, REACH, ASKED, SAID_AGAIN = 3, 2, 2, 1
# The most urgent first, from one index.
BY_URGENCY = ("-urgency", "-sort_date", "-id")


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
