"""Dropping the draft of a verdict in which nothing was ever written."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.blind import is_written
from claims.desk.planning import work_on
from claims.exceptions import NotPermitted, Refused
from claims.models import Claim, Transition, Verdict, acting
from claims.models.choices import Subject, VerdictStatus
from claims.models.constraints import refuse_as


class DraftStays(Refused):
    """Something is or was written in the draft, or somebody else began it."""


def can_be_dropped(verdict: Verdict, user) -> bool:
    """Return whether a button to drop a draft is offered to a user.

    What the draft held before is asked only when it is pressed, of the database.
    """
    return (
        verdict.status == VerdictStatus.DRAFT
        and verdict.author_id == user.pk
        and verdict.claim.current_id is None
        and not is_written(verdict)
    )


def drop_empty_draft(verdict: Verdict, *, by) -> Claim:
    """Delete an empty draft of one's own; return its claim, which waits again.

    Whoever it was assigned to has the claim then. The database refuses a draft that
    holds or held anything.
    """
    if not by.has_perm("claims.add_verdict"):
        raise NotPermitted(_("You may not write verdicts."))
    try:
        with transaction.atomic(), acting(by):
            claim = Claim.objects.select_for_update().get(pk=verdict.claim_id)
            verdict = Verdict.objects.select_for_update().filter(pk=verdict.pk).first()
            if verdict is None:
                return claim
            # Its contributors go after it: of a verdict that is there they stay.
            rows = Verdict.objects.filter(pk=verdict.pk)
            rows._raw_delete(rows.db)
            parts = Verdict.contributors.through.objects.filter(verdict=verdict.pk)
            parts._raw_delete(parts.db)
            Transition.objects.create(
                claim=claim,
                subject=Subject.VERDICT,
                step="drop",
                from_status=VerdictStatus.DRAFT,
                to_status=VerdictStatus.DRAFT,
                by=by,
            )
            if verdict.assignee_id is not None:
                work = work_on(claim)
                work.person, work.since = verdict.assignee, timezone.now()
                work.save()
    except IntegrityError as error:
        refuse_as(DraftStays, error)
    return claim
