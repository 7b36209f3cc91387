"""The way into a revision: what a published claim's page says instead of its form."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.revisions import why_locked
from claims.models import Claim
from claims.models.choices import VerdictStatus


@dataclass(frozen=True)
class RevisionNotice:
    """Why a claim is locked, or that its revision is under way, and where to go on."""

    why: str
    url: str
    label: str
    is_locked: bool = True


def revision_url(claim: Claim) -> str:
    """Return the address at which a published claim's revision begins, or waits."""
    if getattr(claim, "verdict", None) is None:
        return reverse("admin:claims_verdict_add") + f"?claim={claim.pk}"
    if _can_begin(claim):
        return reverse("admin:claims_verdict_step", args=[claim.verdict.pk, "revise"])
    return reverse("admin:claims_verdict_change", args=[claim.verdict.pk])


def revision_label(claim: Claim) -> str:
    """Return what the link to a claim's revision_url() says."""
    if getattr(claim, "verdict", None) is None:
        return _("Write a verdict")
    return _("Begin a revision") if _can_begin(claim) else _("Go to the verdict")


def revision_notice(claim: Claim) -> RevisionNotice | None:
    """Return what to say of a claim on which something is published, else None."""
    if claim.current_id is None:
        return None
    why = why_locked(claim)
    under_way = _(
        "A revision is under way. Readers go on seeing version %(number)d until "
        "somebody approves it."
    ) % {"number": claim.current.number}
    url, label = revision_url(claim), revision_label(claim)
    return RevisionNotice(why or under_way, url, label, is_locked=bool(why))


def _can_begin(claim):
    verdict = getattr(claim, "verdict", None)
    return verdict is not None and verdict.status in {
        VerdictStatus.PUBLISHED,
        VerdictStatus.RETRACTED,
    }
