"""Withdrawing what was published: one person asks, a second one decides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from claims.desk.publications import removal_of
from claims.desk.revisions import (
    close_revision,
    give_up,
    restore_statement,
    restore_verdict,
)
from claims.exceptions import NotPermitted
from claims.models import Claim, RemovalRequest, Verdict
from claims.models.choices import (
    PublicationKind,
    RemovalKind,
    RemovalOutcome,
    VerdictStatus,
)
from claims.text.canonical import visible_text


def open_request(claim: Claim, kind: str) -> RemovalRequest | None:
    """Return what somebody asked for and nobody has decided yet."""
    return (
        RemovalRequest.objects.undecided()
        .filter(claim=claim, kind=kind)
        .select_related("asked_by")
        .first()
    )


def open_requests(claim: Claim) -> list[RemovalRequest]:
    """Return all that is asked for a claim and its verdict and not yet decided."""
    asked = RemovalRequest.objects.undecided().filter(claim=claim)
    return list(asked.select_related("asked_by").order_by("asked_at", "pk"))


def ask(claim: Claim, kind: str, *, reason: str, by, at) -> RemovalRequest:
    """Store that somebody asks for a withdrawal or a retraction, and return it."""
    return RemovalRequest.objects.create(
        claim=claim, kind=kind, reason=reason, asked_by=by, asked_at=at
    )


def approve(claim: Claim, kind: str, *, by, at, reason: str, override: str):
    """Return who asked for a removal and why, now that a second person decides so.

    Without a request of another person only an `override` reason, which readers see,
    lets it go on; then `by` and `reason` stand for both. Raises NotPermitted.
    """
    request = open_request(claim, kind)
    if request is not None and request.asked_by_id != by.pk:
        _decide(request, RemovalOutcome.APPROVED, by=by, at=at)
        return request.asked_by, request.reason
    if not override:
        raise NotPermitted(
            _(
                "Something is published on this claim, so one person asks for this "
                "and another one decides. An override needs a reason that readers "
                "will see."
            )
        )
    if request is not None:
        _decide(request, RemovalOutcome.APPROVED, by=by, at=at)
    return by, reason


def retract(
    verdict: Verdict, *, by, at, reason: str, override: str, asked_by: str
) -> None:
    """Store a verdict as retracted, and publish that."""
    claim, override = verdict.claim, visible_text(override)
    author, reason = approve(
        claim, RemovalKind.RETRACT, by=by, at=at, reason=reason, override=override
    )
    if Verdict.objects.get(pk=verdict.pk).status == VerdictStatus.PUBLISHED:
        verdict.status = VerdictStatus.RETRACTED
        verdict.save()
    else:
        # Somebody's revision ends here: a retraction does not wait for it.
        give_up(verdict, VerdictStatus.RETRACTED)
    removal_of(
        claim,
        PublicationKind.RETRACTED,
        author=author,
        approver=by,
        note=reason,
        asked_by=asked_by,
        override_reason=override,
        at=at,
    ).save(force_insert=True)


def withdraw(
    claim: Claim,
    verdict: Verdict | None,
    *,
    by,
    at,
    reason: str,
    override: str,
    asked_by: str,
) -> None:
    """Store a claim as withdrawn and its verdict as retracted, and publish that.

    A claim that was checked elsewhere has no verdict.
    """
    override = visible_text(override)
    author, reason = approve(
        claim, RemovalKind.WITHDRAW, by=by, at=at, reason=reason, override=override
    )
    if verdict is None:
        pass
    elif claim.current.is_elsewhere:
        # A verdict that the desk has begun of its own stays what it is.
        restore_statement(claim, claim.current)
    elif verdict.status in {VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW}:
        restore_statement(claim, claim.current)
        restore_verdict(verdict, claim.current)
        close_revision(verdict, VerdictStatus.RETRACTED)
    elif verdict.status == VerdictStatus.PUBLISHED:
        verdict.status = VerdictStatus.RETRACTED
        verdict.version += 1
        verdict.save()
    claim.save()
    removal_of(
        claim,
        PublicationKind.WITHDRAWN,
        author=author,
        approver=by,
        note=reason,
        asked_by=asked_by,
        override_reason=override,
        at=at,
    ).save(force_insert=True)
    close_all(claim, by=by, at=at)


def decline(claim: Claim, kind: str, *, by, at) -> None:
    """Close a request without following it."""
    request = open_request(claim, kind)
    if request is not None:
        _decide(request, RemovalOutcome.DECLINED, by=by, at=at)


def close_all(claim: Claim, *, by, at) -> None:
    """Close what is asked for a claim that left the site meanwhile."""
    for request in RemovalRequest.objects.undecided().filter(claim=claim):
        _decide(request, RemovalOutcome.APPROVED, by=by, at=at)


def _decide(request, outcome, *, by, at):
    request.outcome, request.decided_by, request.decided_at = outcome, by, at
    request.save(update_fields=["outcome", "decided_by", "decided_at"])
