"""The table of the workflow: each step, from which states it leads where, who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from claims.desk.removals import open_request
from claims.models import Claim, Verdict
from claims.models.choices import ClaimStatus as C
from claims.models.choices import Origin, PublicationKind, RemovalKind, Subject
from claims.models.choices import VerdictStatus as V


def _always(_thing, _by):
    return True


def _wrote_none_of_it(verdict, by):
    return not is_author(verdict, by)


def _is_suggestion(claim, _by):
    return claim.origin == Origin.RULES


def _may_list(claim, by):
    # Listed again, what was published on it is published once more.
    is_back = claim.status == C.WITHDRAWN and claim.current_id is not None
    return not is_back or by.has_perm("claims.publish_verdict")


def _may_withdraw(claim, by):
    return claim.current_id is None or _asked_by_another(
        claim, RemovalKind.WITHDRAW, by
    )


def _may_ask_withdrawal(claim, _by):
    return claim.current_id is not None and not open_request(
        claim, RemovalKind.WITHDRAW
    )


def _may_retract(verdict, by):
    return is_in_force(verdict.claim) and _asked_by_another(
        verdict.claim, RemovalKind.RETRACT, by
    )


def _may_ask_retraction(verdict, _by):
    return is_in_force(verdict.claim) and not open_request(
        verdict.claim, RemovalKind.RETRACT
    )


def _withdrawal_is_asked(claim, _by):
    return open_request(claim, RemovalKind.WITHDRAW) is not None


def _retraction_is_asked(verdict, _by):
    return open_request(verdict.claim, RemovalKind.RETRACT) is not None


def _is_revision(verdict, by):
    current = verdict.claim.current
    return (current is not None and not current.is_elsewhere) and (
        is_author(verdict, by) or by.has_perm("claims.publish_verdict")
    )


def _asked_by_another(claim, kind, by):
    request = open_request(claim, kind)
    return request is not None and request.asked_by_id != by.pk


def is_author(verdict: Verdict, user) -> bool:
    """Return whether the user wrote any part of what waits to be published."""
    return (
        verdict.author_id == user.pk or verdict.contributors.filter(pk=user.pk).exists()
    )


def is_in_force(claim: Claim) -> bool:
    """Return whether readers see a verdict of the desk on a claim, neither retracted
    nor withdrawn."""
    return claim.rating_id is not None and not claim.current.is_elsewhere


@dataclass(frozen=True)
class Step:
    """One row of the workflow: from which states, to which, and who may."""

    name: str
    subject: str
    sources: tuple[str, ...]
    target: str | None  # None: the state stays
    permission: str
    label: str
    done: str  # what the history says afterwards
    needs_comment: str = ""  # what to ask for; empty: a comment is optional
    is_weighty: bool = False  # readers see the difference: ask for confirmation
    # Whether this person may take it now, besides state and permission.
    when: Callable[[Claim | Verdict, object], bool] = _always


STEPS = {
    step.name: step
    for step in (
        Step(
            "accept", Subject.CLAIM, (C.SUGGESTED,), C.DRAFT, "annotate_claim",
            _("Accept"), _("Claim accepted"),
        ),
        Step(
            "reject", Subject.CLAIM, (C.SUGGESTED, C.DRAFT), C.REJECTED,
            "annotate_claim", _("Reject"), _("Claim rejected"),
        ),
        Step(
            "restore", Subject.CLAIM, (C.REJECTED,), C.DRAFT, "annotate_claim",
            _("Restore"), _("Claim restored"),
        ),
        Step(
            "unaccept", Subject.CLAIM, (C.DRAFT, C.REJECTED), C.SUGGESTED,
            "annotate_claim", _("Back to the suggestions"),
            _("Claim put back among the suggestions"), when=_is_suggestion,
        ),
        Step(
            "list", Subject.CLAIM, (C.DRAFT, C.WITHDRAWN), C.LISTED, "list_claim",
            _("List for readers"), _("Claim listed for readers"), is_weighty=True,
            when=_may_list,
        ),
        Step(
            "ask_withdraw", Subject.CLAIM, (C.LISTED,), C.LISTED, "list_claim",
            _("Ask for withdrawal"), _("Withdrawal asked for"),
            _("Say why the claim should be withdrawn; readers will see it."),
            when=_may_ask_withdrawal,
        ),
        Step(
            "decline_withdraw", Subject.CLAIM, (C.LISTED,), C.LISTED,
            "withdraw_claim", _("Decline the withdrawal"),
            _("Withdrawal declined"), when=_withdrawal_is_asked,
        ),
        Step(
            "withdraw", Subject.CLAIM, (C.LISTED,), C.WITHDRAWN, "withdraw_claim",
            _("Withdraw"), _("Claim withdrawn"),
            _("Say why the claim is withdrawn."), is_weighty=True,
            when=_may_withdraw,
        ),
        Step(
            "submit", Subject.VERDICT, (V.DRAFT,), V.IN_REVIEW, "submit_verdict",
            _("Submit for review"), _("Verdict submitted for review"),
        ),
        Step(
            "recall", Subject.VERDICT, (V.IN_REVIEW,), V.DRAFT, "submit_verdict",
            _("Take back"), _("Verdict taken back by its author"), when=is_author,
        ),
        Step(
            "return", Subject.VERDICT, (V.IN_REVIEW,), V.DRAFT, "publish_verdict",
            _("Return to the author"), _("Verdict returned to its author"),
            _("Say what has to change."),
        ),
        Step(
            "publish", Subject.VERDICT, (V.IN_REVIEW,), V.PUBLISHED,
            "publish_verdict", _("Approve and publish"),
            _("Verdict approved and published"), is_weighty=True,
            when=_wrote_none_of_it,
        ),
        Step(
            "revise", Subject.VERDICT, (V.PUBLISHED, V.RETRACTED), V.DRAFT,
            "submit_verdict", _("Revise"), _("Revision of the verdict begun"),
            _("Say what is corrected and why."),
        ),
        Step(
            "end_revision", Subject.VERDICT, (V.DRAFT, V.IN_REVIEW), V.PUBLISHED,
            "submit_verdict", _("Give up the revision"), _("Revision given up"),
            is_weighty=True, when=_is_revision,
        ),
        Step(
            "ask_retract", Subject.VERDICT, (V.PUBLISHED, V.DRAFT, V.IN_REVIEW),
            None, "submit_verdict", _("Ask for retraction"),
            _("Retraction asked for"),
            _("Say why the verdict should be retracted; readers will see it."),
            when=_may_ask_retraction,
        ),
        Step(
            "decline_retract", Subject.VERDICT, (V.PUBLISHED, V.DRAFT, V.IN_REVIEW),
            None, "retract_verdict", _("Decline the retraction"),
            _("Retraction declined"), when=_retraction_is_asked,
        ),
        Step(
            "retract", Subject.VERDICT, (V.PUBLISHED, V.DRAFT, V.IN_REVIEW),
            V.RETRACTED, "retract_verdict", _("Retract"), _("Verdict retracted"),
            _("Say why the verdict is retracted."), is_weighty=True,
            when=_may_retract,
        ),
    )
}  # fmt: skip

REVISIONS = [
    kind
    for kind in PublicationKind
    if kind
    not in {
        PublicationKind.FIRST,
        PublicationKind.RETRACTED,
        PublicationKind.WITHDRAWN,
        PublicationKind.RELISTED,
        PublicationKind.ARCHIVE,
    }
]


def steps_from(thing: Claim | Verdict, by) -> list[Step]:
    """Return the steps that lead on from here and that the user may take."""
    return [
        step
        for step in STEPS.values()
        if step.subject == subject_of(thing)
        and thing.status in step.sources
        and by.has_perm(f"claims.{step.permission}")
        and step.when(thing, by)
    ]


def subject_of(thing: Claim | Verdict) -> str:
    """Return whether a step of claims or one of verdicts moves this."""
    return Subject.CLAIM if isinstance(thing, Claim) else Subject.VERDICT
