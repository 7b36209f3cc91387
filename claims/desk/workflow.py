"""The workflow of claims and verdicts: steps, permissions, status changes.

Admin buttons, endpoints, imports and commands all call take_step().
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk import heads, public_record, removals
from claims.desk.completeness import missing_for_listing, missing_for_review
from claims.desk.notices import tell_of_step
from claims.desk.planning import move_to_verdict
from claims.desk.publications import build_publication, content_digest, relisting_of
from claims.desk.revisions import give_up
from claims.desk.steps import REVISIONS, STEPS, is_author, is_in_force, subject_of
from claims.desk.wording import check_listed_words, check_words
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import Claim, PublicClaim, Transition, Verdict, acting
from claims.models.choices import (
    ACCEPTED,
    AskedBy,
    Origin,
    PublicationKind,
    PublicChangeKind,
    RemovalKind,
    Subject,
    WordingOccasion,
    within_sentence,
)
from claims.models.choices import ClaimStatus as C
from claims.models.choices import VerdictStatus as V
from claims.models.constraints import refuse_as
from claims.text.canonical import visible_text


class StepNotAllowed(Refused):
    """The step is not possible in the current status."""


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
    if step is None or step.subject != subject_of(thing):
        raise StepNotAllowed(_("There is no step “%(name)s” here.") % {"name": name})
    comment = comment.strip()
    try:
        with transaction.atomic(), acting(by):
            thing = _locked(thing)
            _check(step, thing, by, version, comment)
            is_news, at = at is None, at or timezone.now()
            _take(step, thing, by=by, comment=comment, at=at, **details)
            if is_news:
                tell_of_step(name, thing, by=by)
            if name in READERS_SEE:
                claim = thing if step.subject == Subject.CLAIM else thing.claim
                claim.refresh_from_db(fields=["current"])
                public_record.write([claim.pk], _seen_as(name, claim), at=at)
                heads.publish_heads_after_commit()
    except IntegrityError as error:
        refuse_as(StepNotAllowed, error)
    thing.refresh_from_db()
    return thing


def begin_revisions(claims: Iterable[Claim], *, by, note: str) -> list[Verdict]:
    """Begin a revision of each verdict in force on some claims; return those verdicts.

    For changes that bear on what is published and that somebody may make who writes
    no verdicts. What is under way already is left as it is. Call it in a transaction.
    """
    begun = []
    for claim in sorted(claims, key=lambda claim: claim.pk):
        verdict = _locked(Verdict.objects.get(claim=claim))
        if verdict.status != V.PUBLISHED:
            continue
        _take(STEPS["revise"], verdict, by=by, comment=note, at=timezone.now())
        begun.append(verdict)
    return begun


def past_tense(step: Transition) -> str:
    """Return the label of a step taken, in the past tense."""
    if step.step == "drop":
        return str(_("Empty draft of a verdict dropped"))
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
        if claim.status not in ACCEPTED:
            raise StepNotAllowed(
                _("A verdict needs an accepted claim; this one is %(status)s.")
                % {"status": within_sentence(claim.get_status_display())}
            )
        verdict = Verdict.objects.create(claim=claim, author=by)
        move_to_verdict(verdict)
        return verdict


def _locked(thing):
    """Return a claim or verdict as it is now, its claim locked before itself."""
    if isinstance(thing, Verdict):
        Claim.objects.select_for_update().get(pk=thing.claim_id)
    return type(thing).objects.select_for_update().get(pk=thing.pk)


def _take(step, thing, *, by, comment, at, **details):
    """Move a locked claim or verdict on, whoever does it."""
    before = thing.status
    thing.status = step.target or before
    thing.version += 1
    EFFECTS.get(step.name, _save)(thing, by=by, comment=comment, at=at, **details)
    _note(step.name, thing, before, by=by, comment=comment, at=at)


def _note(name, thing, before, *, by, comment, at):
    subject = subject_of(thing)
    Transition.objects.create(
        claim=thing if subject == Subject.CLAIM else thing.claim,
        subject=subject,
        step=name,
        from_status=before,
        to_status=thing.status,
        by=by,
        comment=comment,
        at=at,
    )


# --- What a step does besides moving the status --------------------------------


def _save(thing, *, by, comment, at):
    thing.save()


def _list(claim, *, by, comment, at, override_reason="", words_checked=""):
    missing = missing_for_listing(claim)
    if missing:
        raise Incomplete(missing)
    check_listed_words(claim, words_checked, by=by)
    claim.listed_at = claim.listed_at or at
    was_withdrawn = Claim.objects.get(pk=claim.pk).status == C.WITHDRAWN
    claim.save()
    if claim.current_id and was_withdrawn:
        _list_again(claim, by, comment, at, visible_text(override_reason))


def _list_again(claim, by, comment, at, override):
    """Publish once more what stood there before a claim was withdrawn."""
    if not by.has_perm("claims.publish_verdict"):
        raise NotPermitted(
            _("A verdict was published on this claim, so an editor lists it again.")
        )
    if not visible_text(comment):
        raise Incomplete({"comment": _("Say why readers see the claim again.")})
    again = relisting_of(
        claim, approver=by, note=comment, override_reason=override, at=at
    )
    # What was published elsewhere has no working copy.
    verdict = Verdict.objects.select_for_update().filter(claim=claim).first()
    wrote = again.author_id == by.pk or bool(verdict and is_author(verdict, by))
    if wrote and not override:
        raise NotPermitted(
            _(
                "You wrote this verdict, so somebody else has to list it again. "
                "An override needs a reason that readers will see."
            )
        )
    # A revision begun meanwhile goes on.
    is_again = verdict is not None and verdict.status == V.RETRACTED
    if again.kind == PublicationKind.RELISTED and is_again:
        verdict.status = V.PUBLISHED
        verdict.version += 1
        verdict.save()
        _note("list", verdict, V.RETRACTED, by=by, comment=comment, at=at)
    again.save(force_insert=True)


def _unaccept(claim, *, by, comment, at):
    if claim.origin != Origin.RULES:
        raise StepNotAllowed(
            _("Somebody marked this claim by hand; it never was a suggestion.")
        )
    claim.save()


def _submit(verdict, *, by, comment, at, words_checked=""):
    missing = missing_for_review(verdict)
    if missing:
        raise Incomplete(missing)
    check_words(verdict.claim, words_checked, by=by, occasion=WordingOccasion.SUBMITTED)
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


def _revise(
    verdict, *, by, comment, at, kind=PublicationKind.UPDATED, asked_by=AskedBy.DESK
):
    if kind not in REVISIONS:
        raise StepNotAllowed(_("“%(kind)s” is no kind of revision.") % {"kind": kind})
    # Readers keep seeing the last publication while this draft is written.
    verdict.contributors.clear()
    verdict.author = by
    verdict.correction_kind = kind
    verdict.correction_note = comment
    verdict.correction_asked_by = asked_by
    verdict.save()


def _publish(
    verdict, *, by, comment, at, override_reason="", seen=None, words_checked=""
):
    reason = visible_text(override_reason)
    if is_author(verdict, by) and not reason:
        raise NotPermitted(
            _(
                "You wrote this verdict, so somebody else has to publish it. "
                "An override needs a reason that readers will see."
            )
        )
    publication = build_publication(verdict, approver=by, override_reason=reason, at=at)
    if seen == "":
        raise Incomplete(
            {"seen": _("Look at what would be published, and approve it there.")}
        )
    # The claim, its speaker and the scale change apart from the verdict's version.
    if seen is not None and seen != content_digest(publication):
        raise ChangedMeanwhile(
            _(
                "The claim, its speaker or the scale was changed since you looked. "
                "Look at what would be published again, then decide."
            ),
            Verdict.objects.get(pk=verdict.pk),
        )
    check_words(verdict.claim, words_checked, by=by, occasion=WordingOccasion.APPROVED)
    publication.save(force_insert=True)
    verdict.correction_kind = verdict.correction_note = ""
    verdict.correction_asked_by = ""
    verdict.save()


def _retract(verdict, *, by, comment, at, override_reason="", asked_by=AskedBy.DESK):
    if not is_in_force(verdict.claim):
        raise StepNotAllowed(_("No verdict is in force here."))
    removals.retract(
        verdict,
        by=by,
        at=at,
        reason=comment,
        override=override_reason,
        asked_by=asked_by,
    )


def _withdraw(claim, *, by, comment, at, override_reason="", asked_by=AskedBy.DESK):
    if claim.current_id is None:
        claim.save()
        return
    verdict = Verdict.objects.select_for_update().filter(claim=claim).first()
    before = verdict.status if verdict else V.RETRACTED
    removals.withdraw(
        claim,
        verdict,
        by=by,
        at=at,
        reason=comment,
        override=override_reason,
        asked_by=asked_by,
    )
    if before != V.RETRACTED:
        _note("withdraw", verdict, before, by=by, comment=comment, at=at)


def _end_revision(verdict, *, by, comment, at):
    give_up(verdict, V.PUBLISHED if is_in_force(verdict.claim) else V.RETRACTED)


def _ask(kind):
    def ask(thing, *, by, comment, at):
        claim = thing if isinstance(thing, Claim) else thing.claim
        removals.ask(claim, kind, reason=comment, by=by, at=at)
        thing.save()

    return ask


def _decline(kind):
    def decline(thing, *, by, comment, at):
        claim = thing if isinstance(thing, Claim) else thing.claim
        removals.decline(claim, kind, by=by, at=at)
        thing.save()

    return decline


# What a step changes for readers, as the change feed calls it.
READERS_SEE = {
    "list": PublicChangeKind.LISTED,
    "withdraw": PublicChangeKind.WITHDRAWN,
    "publish": PublicChangeKind.PUBLISHED,
    "retract": PublicChangeKind.RETRACTED,
}


def _seen_as(name, claim):
    if name == "list" and PublicClaim.objects.filter(pk=claim.pk).exists():
        return PublicChangeKind.RELISTED
    if name == "publish" and claim.current.is_correction:
        return PublicChangeKind.CORRECTED
    return READERS_SEE[name]


EFFECTS = {
    "unaccept": _unaccept,
    "list": _list,
    "submit": _submit,
    "recall": _recall,
    "revise": _revise,
    "publish": _publish,
    "end_revision": _end_revision,
    "ask_withdraw": _ask(RemovalKind.WITHDRAW),
    "decline_withdraw": _decline(RemovalKind.WITHDRAW),
    "withdraw": _withdraw,
    "ask_retract": _ask(RemovalKind.RETRACT),
    "decline_retract": _decline(RemovalKind.RETRACT),
    "retract": _retract,
}


# The others say themselves what is missing, or go on with an override.
CHECKED = {
    "ask_withdraw",
    "decline_withdraw",
    "ask_retract",
    "decline_retract",
    "end_revision",
}


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
                "thing": within_sentence(Subject(step.subject).label),
                "status": within_sentence(thing.get_status_display()),
            }
        )
    if step.name in CHECKED and not step.when(thing, by):
        raise StepNotAllowed(
            _("“%(step)s” is not open to you here.") % {"step": step.label}
        )
    if step.needs_comment and not visible_text(comment):
        raise Incomplete({"comment": step.needs_comment})
