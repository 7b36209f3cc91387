"""What helps to judge a verdict: a preview, precedents, comments, a blind rating."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.desk.publications import publication_of
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.models import (
    Claim,
    PublishedVerdict,
    Rating,
    SecondRating,
    Transition,
    Verdict,
    VerdictComment,
    acting,
)
from claims.models.choices import Finding, Subject
from claims.models.constraints import refuse_as
from claims.reading import ClaimDossier
from claims.reading.claims import dossier_of
from claims.reading.differences import Difference, difference

MOST_PRECEDENTS = 12


class ReviewRefused(Refused):
    """The database refused a comment or a second rating; the message says why."""


def preview_of(verdict: Verdict, *, approver) -> PublishedVerdict | None:
    """Return what publishing now would show, or None while there is no rating."""
    if verdict.rating is None:
        return None
    return publication_of(verdict, approver=approver, at=timezone.now())


def changes_by(verdict: Verdict, *, approver) -> Difference | None:
    """Return what publishing now would change for readers; None for a first verdict."""
    preview, current = preview_of(verdict, approver=approver), verdict.claim.current
    if preview is None or current is None:
        return None
    return difference(current, preview)


def dossier_as_published(verdict: Verdict, *, approver) -> ClaimDossier:
    """Return the claim's public page as it would be after publishing now."""
    claim = verdict.claim
    preview = preview_of(verdict, approver=approver)
    versions = list(claim.publications.order_by("-number"))
    shown = public_record.as_published(claim, preview or claim.current)
    return dossier_of(shown, [preview, *versions] if preview else versions, [])


def precedents(claim: Claim) -> list[Claim]:
    """Return what the speaker said before on the claim's topics, with its ratings.

    Claims of the same topic first, then the speaker's others, rated ones before the
    rest; nothing when nobody knows who speaks.
    """
    if claim.speaker_id is None:
        return []
    others = (
        Claim.objects.listed()
        .by(claim.speaker_id)
        .exclude(pk=claim.pk)
        .for_listing()
        .order_by("-sort_date", "-id")
    )
    same = list(
        others.filter(topics__in=claim.topics.values("pk")).distinct()[:200]
    ) or list(others[:200])
    same.sort(key=lambda each: each.rating_id is None)
    return same[:MOST_PRECEDENTS]


def last_return(verdict: Verdict) -> Transition | None:
    """Return how the verdict last came back to its author in this round, if it did."""
    step = (
        verdict.claim.transitions.filter(subject=Subject.VERDICT)
        .exclude(step__in=["submit", "recall"])
        .select_related("by")
        .order_by("id")
        .last()
    )
    return step if step is not None and step.step == "return" else None


def comment_on(verdict: Verdict, text: str, *, by) -> VerdictComment:
    """Leave a comment for the desk beside a verdict and return it."""
    if not by.has_perm("claims.add_verdictcomment"):
        raise NotPermitted(_("You may not comment on verdicts."))
    try:
        with transaction.atomic(), acting(by):
            return VerdictComment.objects.create(
                verdict=verdict, text=text.strip(), about_version=verdict.version, by=by
            )
    except IntegrityError as error:
        refuse_as(ReviewRefused, error)


def rate_blind(
    verdict: Verdict, *, rating: Rating, finding: str, by, reason: str = ""
) -> SecondRating:
    """Store how another person rates a verdict in review, and return it.

    Raises NotPermitted for whoever wrote a part of it, and ReviewRefused outside
    review and for a second time.
    """
    if not by.has_perm("claims.add_secondrating"):
        raise NotPermitted(_("You may not rate verdicts."))
    try:
        with transaction.atomic(), acting(by):
            second = SecondRating.objects.create(
                verdict=verdict,
                round=0,
                rating=rating,
                finding=finding or Finding.NOT_CHECKED,
                reason=reason.strip(),
                by=by,
            )
    except IntegrityError as error:
        refuse_as(ReviewRefused, error)
    second.refresh_from_db()
    return second


def rating_of(verdict: Verdict, user) -> SecondRating | None:
    """Return how somebody has rated the verdict in this round, if they have."""
    claim = verdict.claim
    published = claim.current.number if claim.current_id else 0
    return verdict.second_ratings.filter(by=user, round=published + 1).first()


def plan(
    verdict: Verdict, *, by, version: int, assignee=None, recheck_on=None
) -> Verdict:
    """Say who is to look after a verdict and when to check it again.

    Possible in every state: neither is a word that readers see.
    """
    if not by.has_perm("claims.change_verdict"):
        raise NotPermitted(_("You may not assign verdicts."))
    with transaction.atomic(), acting(by):
        verdict = Verdict.objects.select_for_update().get(pk=verdict.pk)
        if verdict.version != version:
            raise ChangedMeanwhile(
                _("Somebody changed this first. Look at it again, then decide."),
                verdict,
            )
        verdict.assignee, verdict.recheck_on = assignee, recheck_on
        verdict.version += 1
        verdict.updated_at = timezone.now()
        verdict.save()
    return verdict
