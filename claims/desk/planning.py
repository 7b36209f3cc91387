"""Who has a claim, by when, how urgent: taken, assigned, handed over, ordered.

Until a verdict is begun the claim's WorkItem names the person; from then on the verdict
does, by its assignee or author. So there is one answer at any time.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.notices import notify
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import Claim, Verdict, WorkItem, acting
from claims.models.choices import (
    ClaimStatus,
    NoticeKind,
    VerdictStatus,
    within_sentence,
)
from claims.models.constraints import refusal_for
from claims.text.canonical import visible_text

UNDER_WAY = (VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW)
DONE_WITH = (ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN)
# More than a desk can hold in its head is no order.
MOST_ORDERED = 200


class NotAssigned(Refused):
    """The claim cannot be given to this person, or to nobody."""


def owner_of(claim: Claim):
    """Return the user who has a claim now, None if nobody has."""
    verdict = getattr(claim, "verdict", None)
    if verdict is None:
        work = getattr(claim, "work", None)
        return work.person if work else None
    if verdict.status in UNDER_WAY:
        return verdict.assignee or verdict.author
    return verdict.assignee


def may_hand_over(claim: Claim, user, *, to=None) -> bool:
    """Return whether a user may give a claim to somebody, or take it."""
    if not user.has_perm("claims.change_claim"):
        return False
    owner = owner_of(claim)
    is_taken = owner is None and to is not None and to.pk == user.pk
    return owner == user or is_taken or user.has_perm("claims.assign_workitem")


ANY = object()


def hand_over(claim: Claim, to, *, by, seen=ANY) -> Claim:
    """Give a claim to somebody, to oneself, or back (None); return the claim.

    `seen` is the key of who had it when the person looked, None for nobody. Giving it
    to whom has it changes nothing. Raises NotPermitted, NotAssigned and
    ChangedMeanwhile.
    """
    with transaction.atomic(), acting(by):
        claim = _locked(claim)
        owner = owner_of(claim)
        if (owner and owner.pk) == (to and to.pk):
            return claim
        if seen is not ANY and (owner and owner.pk) != seen:
            raise ChangedMeanwhile(
                _("Somebody else has this claim by now. Look again, then decide."),
                claim,
            )
        if not may_hand_over(claim, by, to=to):
            raise NotPermitted(
                _("You may take what nobody has, and hand over what you have.")
            )
        _refuse_receiver(claim, to)
        verdict = getattr(claim, "verdict", None)
        if verdict is None:
            work = work_on(claim)
            work.person, work.since = to, timezone.now() if to else None
            work.save()
        else:
            _give_verdict(verdict, to)
        notify(NoticeKind.ASSIGNED, verdict or claim, to=[to], by=by)
    return claim


def _refuse_receiver(claim, to):
    """Raise NotAssigned if a claim cannot be this person's work."""
    if claim.status in DONE_WITH and to is not None:
        raise NotAssigned(
            _("A claim that is %(status)s is nobody's work.")
            % {"status": within_sentence(claim.get_status_display())}
        )
    verdict = getattr(claim, "verdict", None)
    right = "claims.change_claim" if verdict is None else "claims.change_verdict"
    if to is not None and not (to.is_active and to.is_staff and to.has_perm(right)):
        raise NotAssigned(_("%(name)s may not do this work.") % {"name": to})
    if to is None and verdict is not None and verdict.assignee_id is None:
        raise NotAssigned(_("Whoever began a verdict has it until somebody else does."))


def _give_verdict(verdict, to):
    is_authors = to is not None and to.pk == verdict.author_id
    under_way = verdict.status in UNDER_WAY
    verdict.assignee = None if is_authors and under_way else to
    verdict.version += 1
    verdict.save(update_fields=["assignee", "version", "updated_at"])


def move_to_verdict(verdict: Verdict) -> None:
    """Let a verdict just begun say who has its claim. Call it in the transaction."""
    work = WorkItem.objects.filter(claim=verdict.claim_id, person__isnull=False).first()
    if work is None:
        return
    if work.person_id != verdict.author_id:
        _give_verdict(verdict, work.person)
    work.person = work.since = None
    work.save()


def set_urgency(
    claim: Claim,
    *,
    by,
    version: int | None = None,
    due_on: date | None = None,
    reach: int = 0,
    reach_reason: str = "",
    harm: int = 0,
    harm_reason: str = "",
) -> WorkItem:
    """Say by when a claim is to be done, how far it reaches and what harm it does.

    `version` is the one of its WorkItem that the person saw, 0 if there was none.
    """
    if not by.has_perm("claims.change_workitem"):
        raise NotPermitted(_("You may not say how urgent a claim is."))
    try:
        with transaction.atomic(), acting(by):
            work = work_on(_locked(claim))
            if version is not None and work.version != (version or 1):
                raise ChangedMeanwhile(
                    _("Somebody changed this first. Look at it again, then decide."),
                    work,
                )
            work.due_on = due_on
            work.reach, work.reach_reason = reach, visible_text(reach_reason)
            work.harm, work.harm_reason = harm, visible_text(harm_reason)
            work.version += 1
            work.save()
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise Incomplete({refusal.field: refusal.sentence}) from error
    return work


def put_in_order(claim: Claim, place: int | None, *, by) -> WorkItem:
    """Put a claim at a place of the desk's order, 1 first; None takes it out.

    Those behind it move on by one; no place is left empty.
    """
    if not by.has_perm("claims.assign_workitem"):
        raise NotPermitted(_("You may not set the desk's order."))
    with transaction.atomic(), acting(by):
        work = work_on(_locked(claim))
        ordered = list(
            WorkItem.objects.select_for_update()
            .filter(place__isnull=False)
            .exclude(pk=work.pk)
            .order_by("place", "pk")
        )
        if place is not None:
            if len(ordered) >= MOST_ORDERED:
                raise NotAssigned(
                    _("At most %(most)d claims have a place in the desk's order.")
                    % {"most": MOST_ORDERED}
                )
            ordered.insert(max(place - 1, 0), work)
        elif work.place is not None:
            work.place = None
            work.save(update_fields=["place"])
        for number, each in enumerate(ordered, start=1):
            if each.place != number:
                each.place = number
                each.save(update_fields=["place"])
    return work


def work_on(claim: Claim) -> WorkItem:
    """Return a claim's WorkItem, a new one if there is none."""
    return WorkItem.objects.get_or_create(claim=claim)[0]


def _locked(claim):
    """Return a claim as it is now, locked as the workflow locks it."""
    return Claim.objects.select_for_update().get(pk=claim.pk)
