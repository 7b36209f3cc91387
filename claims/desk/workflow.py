"""The workflow of claims and verdicts: steps, permissions, status changes.

Admin buttons, endpoints, imports and commands all call take_step().
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.publications import build_publication, build_retraction, content_digest
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import Claim, Transition, Verdict, acting
from claims.models.choices import ClaimStatus as C
from claims.models.choices import Origin, PublicationKind, SpanRole, Subject
from claims.models.choices import VerdictStatus as V
from claims.models.constraints import refuse_as
from claims.text.canonical import visible_text


class StepNotAllowed(Refused):
    """The step is not possible in the current status."""


@dataclass(frozen=True)
class Step:
    """One transition: source statuses, target status, permission, labels."""

    name: str
    subject: str
    sources: tuple[str, ...]
    target: str
    permission: str
    label: str
    done: str  # what the history says afterwards
    needs_comment: str = ""  # what to ask for; empty: a comment is optional
    is_weighty: bool = False  # readers see the difference: ask for confirmation


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
            _("Claim put back among the suggestions"),
        ),
        Step(
            "list", Subject.CLAIM, (C.DRAFT, C.WITHDRAWN), C.LISTED, "list_claim",
            _("List for readers"), _("Claim listed for readers"), is_weighty=True,
        ),
        Step(
            "withdraw", Subject.CLAIM, (C.LISTED,), C.WITHDRAWN, "withdraw_claim",
            _("Withdraw"), _("Claim withdrawn"),
            _("Say why the claim is withdrawn."), is_weighty=True,
        ),
        Step(
            "submit", Subject.VERDICT, (V.DRAFT,), V.IN_REVIEW, "submit_verdict",
            _("Submit for review"), _("Verdict submitted for review"),
        ),
        Step(
            "recall", Subject.VERDICT, (V.IN_REVIEW,), V.DRAFT, "submit_verdict",
            _("Take back"), _("Verdict taken back by its author"),
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
        ),
        Step(
            "revise", Subject.VERDICT, (V.PUBLISHED, V.RETRACTED), V.DRAFT,
            "submit_verdict", _("Revise"), _("Revision of the verdict begun"),
            _("Say what is corrected and why."),
        ),
        Step(
            "retract", Subject.VERDICT, (V.PUBLISHED,), V.RETRACTED,
            "retract_verdict", _("Retract"), _("Verdict retracted"),
            _("Say why the verdict is retracted."), is_weighty=True,
        ),
    )
}  # fmt: skip

REVISIONS = [
    kind
    for kind in PublicationKind
    if kind not in {PublicationKind.FIRST, PublicationKind.RETRACTED}
]


def steps_from(thing: Claim | Verdict, by) -> list[Step]:
    """Return the steps that are possible now and that the user may take."""
    return [
        step
        for step in STEPS.values()
        if step.subject == _subject(thing)
        and thing.status in step.sources
        and by.has_perm(f"claims.{step.permission}")
        and not (step.name == "publish" and is_author(thing, by))
        and not (step.name == "recall" and not is_author(thing, by))
        and not (step.name == "unaccept" and thing.origin != Origin.RULES)
    ]


def is_author(verdict: Verdict, user) -> bool:
    """Return whether the user is author or contributor of the verdict."""
    return (
        verdict.author_id == user.pk or verdict.contributors.filter(pk=user.pk).exists()
    )


def take_step(
    name: str,
    thing: Claim | Verdict,
    *,
    by,
    version: int | None = None,
    comment: str = "",
    at: datetime | None = None,
    **details,
) -> Claim | Verdict:
    """Take a workflow step with a claim or verdict, and return it as it then is.

    `version` is the one the person saw; None trusts the caller. `at` is for records
    from elsewhere: when the step was taken there. Raises
    StepNotAllowed, NotPermitted, Incomplete or ChangedMeanwhile, and then nothing
    has happened.
    """
    step = STEPS.get(name)
    if step is None or step.subject != _subject(thing):
        raise StepNotAllowed(_("There is no step “%(name)s” here.") % {"name": name})
    comment = comment.strip()
    try:
        with transaction.atomic(), acting(by):
            thing = type(thing).objects.select_for_update().get(pk=thing.pk)
            _check(step, thing, by, version, comment)
            before = thing.status
            thing.status = step.target
            thing.version += 1
            at = at or timezone.now()
            EFFECTS.get(name, _save)(thing, by=by, comment=comment, at=at, **details)
            Transition.objects.create(
                claim=thing if step.subject == Subject.CLAIM else thing.claim,
                subject=step.subject,
                step=name,
                from_status=before,
                to_status=step.target,
                by=by,
                comment=comment,
                at=at,
            )
    except IntegrityError as error:
        refuse_as(StepNotAllowed, error)
    thing.refresh_from_db()
    return thing


def past_tense(step: Transition) -> str:
    """Return the label of a step taken, in the past tense."""
    return str(STEPS[step.step].done) if step.step in STEPS else step.step


def begin_verdict(claim: Claim, *, by) -> Verdict:
    """Return the claim's verdict (working copy), created if there is none."""
    if not by.has_perm("claims.add_verdict"):
        raise NotPermitted(_("You may not write verdicts."))
    with transaction.atomic(), acting(by):
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        verdict = Verdict.objects.filter(claim=claim).first()
        if verdict is not None:
            return verdict
        if claim.status not in {C.DRAFT, C.LISTED}:
            raise StepNotAllowed(
                _("A verdict needs an accepted claim; this one is %(status)s.")
                % {"status": claim.get_status_display().lower()}
            )
        return Verdict.objects.create(claim=claim, author=by)


def missing_for_review(verdict: Verdict) -> dict[str, str]:
    """Return the missing fields of a verdict to be submitted, with messages."""
    missing = {}
    if verdict.rating_id is None:
        missing["rating"] = _("Choose a rating.")
    if not visible_text(verdict.summary):
        missing["summary"] = _("Write the summary.")
    if not visible_text(verdict.how_verified):
        missing["how_verified"] = _("Say how it was verified.")
    if not verdict.evidence.exists():
        missing["evidence"] = _("Give at least one piece of evidence.")
    return missing


def missing_for_listing(claim: Claim) -> dict[str, str]:
    """Return the missing fields of a claim to be listed, with messages."""
    missing = {}
    if claim.speaker_id is None:
        missing["speaker"] = _("Name the speaker.")
    if not claim.spans.filter(role=SpanRole.CONTENT).exists():
        missing["quote"] = _("Mark the words in the article.")
    return missing


# --- What a step does besides moving the status --------------------------------


def _save(thing, *, by, comment, at):
    thing.save()


def _list(claim, *, by, comment, at):
    missing = missing_for_listing(claim)
    if missing:
        raise Incomplete(missing)
    claim.listed_at = claim.listed_at or at
    claim.save()


def _unaccept(claim, *, by, comment, at):
    if claim.origin != Origin.RULES:
        raise StepNotAllowed(
            _("Somebody marked this claim by hand; it never was a suggestion.")
        )
    claim.save()


def _submit(verdict, *, by, comment, at):
    missing = missing_for_review(verdict)
    if missing:
        raise Incomplete(missing)
    verdict.save()


def _recall(verdict, *, by, comment, at):
    if not is_author(verdict, by):
        raise NotPermitted(
            _(
                "Only somebody who wrote a part of a verdict takes it back; an editor "
                "can return it."
            )
        )
    verdict.save()


def _revise(verdict, *, by, comment, at, kind=PublicationKind.UPDATED):
    if kind not in REVISIONS:
        raise StepNotAllowed(_("“%(kind)s” is no kind of revision.") % {"kind": kind})
    # Readers keep seeing the last publication while this draft is written.
    verdict.contributors.clear()
    verdict.author = by
    verdict.correction_kind = kind
    verdict.correction_note = comment
    verdict.save()


def _publish(verdict, *, by, comment, at, override_reason="", seen=""):
    reason = visible_text(override_reason)
    if is_author(verdict, by) and not reason:
        raise NotPermitted(
            _(
                "You wrote this verdict, so somebody else has to publish it. "
                "An override needs a reason that readers will see."
            )
        )
    publication = build_publication(verdict, approver=by, override_reason=reason, at=at)
    # The claim, its speaker and the scale change apart from the verdict's version.
    if seen and seen != content_digest(publication):
        raise ChangedMeanwhile(
            _(
                "The claim, its speaker or the scale was changed since you looked. "
                "Look at what would be published again, then decide."
            ),
            Verdict.objects.get(pk=verdict.pk),
        )
    publication.save(force_insert=True)
    verdict.correction_kind = verdict.correction_note = ""
    verdict.save()


def _retract(verdict, *, by, comment, at, override_reason=""):
    reason = visible_text(override_reason)
    if is_author(verdict, by) and not reason:
        raise NotPermitted(
            _(
                "You wrote this verdict, so somebody else has to retract it. "
                "An override needs a reason that readers will see."
            )
        )
    publication = build_retraction(
        verdict, approver=by, note=comment, override_reason=reason, at=at
    )
    publication.save(force_insert=True)
    verdict.save()


EFFECTS = {
    "unaccept": _unaccept,
    "list": _list,
    "submit": _submit,
    "recall": _recall,
    "revise": _revise,
    "publish": _publish,
    "retract": _retract,
}


def _subject(thing):
    return Subject.CLAIM if isinstance(thing, Claim) else Subject.VERDICT


def _check(step, thing, by, version, comment):
    if not by.has_perm(f"claims.{step.permission}"):
        raise NotPermitted(
            _("You may not take the step “%(step)s”.") % {"step": step.label}
        )
    if version is not None and version != thing.version:
        raise ChangedMeanwhile(
            _("Somebody changed this first. Look at it again, then decide."), thing
        )
    if thing.status not in step.sources:
        raise StepNotAllowed(
            _("“%(step)s” is not possible: the %(thing)s is %(status)s.")
            % {
                "step": step.label,
                "thing": Subject(step.subject).label.lower(),
                "status": thing.get_status_display().lower(),
            }
        )
    if step.needs_comment and not visible_text(comment):
        raise Incomplete({"comment": step.needs_comment})
