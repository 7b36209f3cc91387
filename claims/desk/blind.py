"""Blind rating: who may still give one, whose pages stay closed till then, who looked.

A verdict's round is the publication that it is on its way to become. Whoever wrote a
part of it, has rated it or has looked at it in this round gives no blind rating.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce

from claims.models import (
    Evidence,
    SecondRating,
    Thread,
    Verdict,
    VerdictSeen,
    acting,
)
from claims.models.choices import Finding, ThreadSubject, VerdictStatus

UNDER_WAY = (VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW)
# A working copy that tells anything of how its claim is rated.
WRITTEN = (
    Q(rating__isnull=False)
    | ~Q(summary="")
    | ~Q(explanation="")
    | ~Q(how_verified="")
    | ~Q(differs_reason="")
    | ~Q(finding=Finding.NOT_CHECKED)
    | Exists(Evidence.objects.filter(verdict=OuterRef("pk")))
    | Exists(
        Thread.objects.filter(about=ThreadSubject.VERDICT, claim=OuterRef("claim"))
    )
)


def unseen_by(user) -> QuerySet[Verdict]:
    """Return the verdicts under way that the user may rate blind once in review.

    No list, filter, search or log tells this user how they are rated. Drafts are
    among them: a rating read in a list is not blind after the verdict is submitted.
    """
    if not user.has_perm("claims.add_secondrating"):
        return Verdict.objects.none()
    return _unread_by(user)


def _unread_by(user):
    """Return the verdicts under way that somebody has not written, rated or read."""
    this_round = {"round": _round_of(OuterRef("claim__current__number"))}
    rated = SecondRating.objects.filter(verdict=OuterRef("pk"), by=user, **this_round)
    seen = VerdictSeen.objects.filter(verdict=OuterRef("pk"), user=user, **this_round)
    return (
        Verdict.objects.filter(status__in=UNDER_WAY)
        .written_without(user)
        .exclude(Exists(rated))
        .exclude(Exists(seen))
    )


def is_closed_to(verdict: Verdict, user) -> bool:
    """Return whether the user has to rate a verdict blind before reading it.

    Whoever may publish is let in, and has then looked.
    """
    return (
        verdict.status == VerdictStatus.IN_REVIEW
        and not user.has_perm("claims.publish_verdict")
        and unseen_by(user).filter(pk=verdict.pk).exists()
    )


def note_look(verdict: Verdict, *, by) -> None:
    """Record that somebody has read what a verdict under way says.

    Not those who wrote a part of it or have rated it, and not while nothing is written.
    """
    # Also of those who may not rate: another group gives the right tomorrow.
    if not is_written(verdict) or not _unread_by(by).filter(pk=verdict.pk).exists():
        return
    with transaction.atomic(), acting(by):
        VerdictSeen.objects.bulk_create(
            [VerdictSeen(verdict=verdict, round=current_round(verdict), user=by)],
            ignore_conflicts=True,
        )


def has_looked(verdict: Verdict, user) -> bool:
    """Return whether the user has read the verdict in this round."""
    return verdict.seen.filter(user=user, round=current_round(verdict)).exists()


def is_written(verdict: Verdict) -> bool:
    """Return whether a working copy tells anything of how the claim is rated."""
    return Verdict.objects.filter(WRITTEN, pk=verdict.pk).exists()


def current_round(verdict: Verdict) -> int:
    """Return the number of the publication that a verdict is on its way to become."""
    claim = verdict.claim
    return (claim.current.number if claim.current_id else 0) + 1


def told_second_ratings(user) -> Q:
    """Return the condition that a second rating is one's own or of a past round."""
    return Q(by=user) | Q(round__lt=_round_of(F("verdict__claim__current__number")))


def _round_of(published):
    return ExpressionWrapper(Coalesce(published, 0) + 1, output_field=IntegerField())
