"""What makes a claim urgent, each with its reason: reach, harm, readers, said again.

The order that the desk sets itself goes first; then the heaviest, then the newest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, ReaderReport, WorkItem
from claims.models.choices import ReportStatus

HARM, REACH, ASKED, SAID_AGAIN = 3, 2, 2, 1
LAST = 2**31 - 1
# Of what was asked for or said again long ago, nobody waits.
MOST = 1_000
# So many claims with a reason are looked up at once.
BATCH = 100


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


def most_urgent(claims: QuerySet[Claim], most: int, skipped: int = 0) -> list[Claim]:
    """Return the most urgent of very many claims, behind those skipped.

    Only those with a reason are weighed, and looked up a batch at a time; the newest
    of the others follow.
    """
    kept: list[int] = []
    for batch in _batches(_ranks()):
        ranks = dict(batch)
        found = claims.filter(pk__in=ranks).order_by("-sort_date", "-id")
        kept += sorted(found.values_list("pk", flat=True), key=ranks.__getitem__)
        if len(kept) >= skipped + most:
            break
    wanted = kept[skipped : skipped + most]
    rows = {claim.pk: claim for claim in claims.filter(pk__in=wanted)}
    urgent = [rows[key] for key in wanted if key in rows]
    if len(wanted) < most:
        others = claims.exclude(pk__in=kept).order_by("-sort_date", "-id")
        first = max(skipped - len(kept), 0)
        urgent += others[first : first + most - len(wanted)]
    return urgent


def _ranks() -> dict[int, tuple[int, int]]:
    """Return the place and the weight, as they sort, of the claims with a reason."""
    weight = F("harm") * HARM + F("reach") * REACH
    planned = (
        WorkItem.objects.alias(weight=weight)
        .filter(Q(place__isnull=False) | Q(weight__gt=0))
        .order_by(F("place").asc(nulls_last=True), "-weight", "-claim")
        .values_list("claim", "place", weight)[:MOST]
    )
    asked = asked_by_readers().order_by("-id").values_list("claim", flat=True)[:MOST]
    again = said_again().order_by("-id").values_list("repeats", flat=True)[:MOST]
    places, weights = {}, Counter()
    for key, place, weighs in planned:
        places[key], weights[key] = place, weighs
    weights.update(dict.fromkeys(asked, ASKED))
    weights.update(dict.fromkeys(again, SAID_AGAIN))
    return {
        key: (LAST if places.get(key) is None else places[key], -weighs)
        for key, weighs in weights.items()
    }


def _batches(ranks):
    """Yield the keys with their ranks, the first first, none of one rank apart."""
    batch: list[tuple[int, tuple[int, int]]] = []
    ordered = sorted(ranks.items(), key=itemgetter(1))
    for _rank, group in groupby(ordered, key=itemgetter(1)):
        batch += group
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


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
