"""Review of verdicts: preview, what was said before, blind rating, assignment."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk import public_record
from claims.desk.blind import current_round
from claims.desk.notices import notify
from claims.desk.publications import build_publication
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.models import (
    Claim,
    PublishedVerdict,
    Rating,
    SecondRating,
    Transition,
    Verdict,
    acting,
)
from claims.models.choices import Finding, NoticeKind, Subject
from claims.models.constraints import refuse_as
from claims.reading import ClaimDossier
from claims.reading.claims import dossier_of
from claims.reading.differences import Difference, difference

MOST_SAID = 12
# So many of a speaker's claims are looked through for them.
NEWEST_SAID = 500


class ReviewRefused(Refused):
    """The database refused a second rating; the message says why."""


def preview_publication(verdict: Verdict, *, approver) -> PublishedVerdict | None:
    """Return an unsaved PublishedVerdict for the preview, None without a rating."""
    if verdict.rating is None:
        return None
    return build_publication(verdict, approver=approver, at=timezone.now())


def changes_if_published(verdict: Verdict, *, approver) -> Difference | None:
    """Return the diff between the preview and the current version, None without one."""
    preview, current = (
        preview_publication(verdict, approver=approver),
        verdict.claim.current,
    )
    if preview is None or current is None:
        return None
    return difference(current, preview)


def dossier_as_published(verdict: Verdict, *, approver) -> ClaimDossier:
    """Return the claim's public page as it would be after publishing now."""
    claim = verdict.claim
    preview = preview_publication(verdict, approver=approver)
    versions = list(claim.publications.order_by("-number"))
    shown = public_record.as_published(claim, preview or claim.current)
    return dossier_of(shown, [preview, *versions] if preview else versions, [])


def said_before(claim: Claim) -> list[Claim]:
    """Return other claims of the speaker on the same topics, rated ones first.

    Claims of the same topic first, then the speaker's others, rated ones before the
    rest; nothing when nobody knows who speaks.
    """
    if claim.speaker_id is None:
        return []
    others = Claim.objects.listed().by(claim.speaker_id).exclude(pk=claim.pk)
    newest = others.order_by("-sort_date", "-id").values_list("pk", "rating")
    ratings = dict(newest[:NEWEST_SAID])
    links = Claim.topics.through.objects.filter(claim__in=ratings)
    topics = list(claim.topics.order_by().values_list("pk", flat=True))
    same = set(links.filter(topic__in=topics).values_list("claim", flat=True))
    keys = [key for key in ratings if key in same or not same]
    keys.sort(key=lambda key: ratings[key] is None)
    # What is shown of each is looked up for those shown alone.
    rows = Claim.objects.for_listing().prefetch_related("rating")
    rows = rows.in_bulk(keys[:MOST_SAID])
    return [rows[key] for key in keys[:MOST_SAID] if key in rows]


def last_return(verdict: Verdict) -> Transition | None:
    """Return the transition by which the verdict was last returned in this round."""
    step = (
        verdict.claim.transitions.filter(subject=Subject.VERDICT)
        .exclude(step__in=["submit", "recall"])
        .select_related("by")
        .order_by("id")
        .last()
    )
    return step if step is not None and step.step == "return" else None


def rate_blind(
    verdict: Verdict, *, rating: Rating, finding: str, by, reason: str = ""
) -> SecondRating:
    """Store a blind second rating of a verdict in review, and return it.

    Raises NotPermitted for who may not rate, and ReviewRefused outside review, for
    a second time and for whoever wrote a part of the verdict or has read it.
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


def own_second_rating(verdict: Verdict, user) -> SecondRating | None:
    """Return the user's second rating of the verdict in this round, or None."""
    return verdict.second_ratings.filter(by=user, round=current_round(verdict)).first()


def plan_verdict(
    verdict: Verdict, *, by, version: int, assignee=None, recheck_on=None
) -> Verdict:
    """Set the assignee and the recheck date of a verdict.

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
        former = verdict.assignee_id
        verdict.assignee, verdict.recheck_on = assignee, recheck_on
        verdict.version += 1
        verdict.updated_at = timezone.now()
        verdict.save()
        if assignee is not None and assignee.pk != former:
            notify(NoticeKind.ASSIGNED, verdict, to=[assignee], by=by)
    return verdict
