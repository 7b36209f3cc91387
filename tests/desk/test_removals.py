"""What was published leaves the site by two people, and nothing of it disappears."""

import pytest
from django.db import IntegrityError, transaction

from claims.desk import public_record
from claims.desk.queues import QUEUES
from claims.desk.steps import steps_from
from claims.desk.timeline import timeline_of
from claims.desk.workflow import StepNotAllowed, take_step
from claims.exceptions import Incomplete, NotPermitted
from claims.models import Claim, PublicClaim, RemovalRequest, Verdict
from claims.models.choices import ClaimStatus, PublicationKind, VerdictStatus
from tests.factories import (
    make_claim,
    make_published,
    make_user,
    make_verdict,
    retract,
    revise,
    withdraw,
)
from tests.guards import drop, settle

pytestmark = pytest.mark.django_db
REASON = "The minutes were forged."


@pytest.fixture(scope="module")
def published(module_db):
    claim = make_published().claim
    settle()
    return claim


@pytest.fixture
def claim(published, db):
    """The published claim, as no other test left it."""
    return Claim.objects.get(pk=published.pk)


@pytest.fixture
def editor():
    return make_user("Editors")


def of(claim, kind):
    """Return what a step of that name moves: the claim, or its verdict."""
    if kind == "withdraw":
        return Claim.objects.get(pk=claim.pk)
    return Verdict.objects.get(claim=claim)


def names(thing, user):
    return {step.name for step in steps_from(thing, user)}


@pytest.mark.parametrize("kind", ["withdraw", "retract"])
def test_nobody_takes_off_alone_what_was_published(claim, editor, kind):
    thing = of(claim, kind)
    assert kind not in names(thing, editor)
    assert f"ask_{kind}" in names(thing, editor)
    with pytest.raises(NotPermitted, match="one person asks"):
        take_step(kind, thing, by=editor, comment=REASON)
    thing = take_step(f"ask_{kind}", thing, by=editor, comment=REASON)
    with pytest.raises(NotPermitted, match="one person asks"):
        take_step(kind, thing, by=editor, comment=REASON)
    settle()
    assert claim.publications.count() == 1
    assert PublicClaim.objects.get(pk=claim.pk).is_in_force


def test_without_its_guard_one_person_retracts(claim, editor, monkeypatch):
    """The control: so it went before a second person was asked."""
    settle()
    drop("removal_is_asked")
    drop("publication_has_four_eyes")
    monkeypatch.setattr(
        "claims.desk.removals.approve", lambda *a, by, reason, **k: (by, reason)
    )
    take_step("retract", of(claim, "retract"), by=editor, comment=REASON)
    assert claim.publications.count() == 2


@pytest.mark.parametrize("kind", ["withdraw", "retract"])
def test_one_asks_and_another_decides(claim, editor, kind):
    asker = make_user("Reviewers")
    thing = take_step(f"ask_{kind}", of(claim, kind), by=asker, comment=REASON)
    assert f"ask_{kind}" not in names(thing, editor)
    with pytest.raises(StepNotAllowed):
        take_step(f"ask_{kind}", thing, by=editor, comment="Again.")
    assert {kind, f"decline_{kind}"} <= names(thing, editor)
    thing = take_step(kind, thing, by=editor, comment="As asked.")
    settle()
    published = Claim.objects.get(pk=claim.pk).current
    assert (published.author, published.approver) == (asker, editor)
    assert (published.note, published.override_reason) == (REASON, "")
    request = RemovalRequest.objects.get()
    assert (request.outcome, request.decided_by) == ("approved", editor)
    assert request.decided_at == published.published_at
    assert public_record.differences() == []


@pytest.mark.parametrize("kind", ["withdraw", "retract"])
def test_a_request_that_is_declined_changes_nothing_for_readers(claim, editor, kind):
    asker = make_user("Reviewers")
    before = PublicClaim.objects.get(pk=claim.pk).change_number
    thing = take_step(f"ask_{kind}", of(claim, kind), by=asker, comment=REASON)
    thing = take_step(f"decline_{kind}", thing, by=editor)
    settle()
    assert PublicClaim.objects.get(pk=claim.pk).change_number == before
    assert RemovalRequest.objects.get().outcome == "declined"
    with pytest.raises(StepNotAllowed):
        take_step(f"decline_{kind}", thing, by=editor)
    with pytest.raises(NotPermitted):
        take_step(kind, thing, by=editor, comment=REASON)
    # Somebody may ask again.
    take_step(f"ask_{kind}", thing, by=asker, comment="Still forged.")


@pytest.mark.parametrize("kind", ["withdraw", "retract"])
def test_an_override_takes_it_off_with_a_reason_that_shows(claim, editor, kind):
    thing = of(claim, kind)
    with pytest.raises(NotPermitted):
        take_step(kind, thing, by=editor, comment=REASON, override_reason="\u200b")
    take_step(kind, thing, by=editor, comment=REASON, override_reason="Night shift.")
    published = Claim.objects.get(pk=claim.pk).current
    assert (published.author, published.approver) == (editor, editor)
    assert (published.note, published.override_reason) == (REASON, "Night shift.")


@pytest.mark.parametrize("kind", ["withdraw", "retract"])
def test_whoever_wrote_a_part_of_a_verdict_may_decide_that_it_goes(kind):
    author = make_user("Editors")
    claim = make_verdict(author=author, status=VerdictStatus.PUBLISHED).claim
    asker = make_user("Reviewers")
    thing = take_step(f"ask_{kind}", of(claim, kind), by=asker, comment=REASON)
    take_step(kind, thing, by=author, comment=REASON)


def test_a_claim_without_a_publication_is_withdrawn_by_one(editor):
    claim = make_claim()
    assert "ask_withdraw" not in names(claim, editor)
    claim = take_step("withdraw", claim, by=editor, comment=REASON)
    assert claim.status == ClaimStatus.WITHDRAWN


def test_a_request_needs_a_reason(claim):
    for reason in ("", " ", "\u200b."):
        with pytest.raises(Incomplete, match="readers will see it"):
            take_step("ask_withdraw", claim, by=make_user("Editors"), comment=reason)


def test_a_withdrawn_claim_keeps_its_page_its_versions_and_its_reason(claim):
    withdraw(Claim.objects.get(pk=claim.pk), reason=REASON)
    settle()
    row = PublicClaim.objects.select_related("words").get(pk=claim.pk)
    assert (row.is_withdrawn, row.is_in_force) == (True, False)
    assert row.words.withdrawal_reason == REASON
    assert [p.kind for p in claim.publications.order_by("number")] == [
        PublicationKind.FIRST,
        PublicationKind.WITHDRAWN,
    ]


def test_a_withdrawn_claim_comes_back_by_somebody_who_did_not_write_its_verdict():
    author = make_user("Editors")
    claim = make_verdict(author=author, status=VerdictStatus.PUBLISHED).claim
    claim = withdraw(claim)
    with pytest.raises(NotPermitted, match="somebody else has to list it again"):
        take_step("list", claim, by=author, comment="It was one after all.")
    with pytest.raises(Incomplete, match="why readers see the claim again"):
        take_step("list", claim, by=make_user("Editors"))
    claim = take_step("list", claim, by=make_user("Editors"), comment="A mistake.")
    settle()
    assert claim.current.kind == PublicationKind.RELISTED
    assert claim.rating is not None
    assert PublicClaim.objects.get(pk=claim.pk).is_in_force
    assert public_record.differences() == []


@pytest.mark.parametrize("group", ["Annotators", "Reviewers"])
def test_nobody_lists_again_what_they_may_not_publish(claim, group):
    withdraw(claim)
    somebody = make_user(group)
    assert "list" not in names(of(claim, "withdraw"), somebody)
    for reason in ("", "Nobody else is here."):
        with pytest.raises(NotPermitted, match="an editor lists it again"):
            take_step(
                "list",
                of(claim, "withdraw"),
                by=somebody,
                comment="A mistake.",
                override_reason=reason,
            )
    # The controls: an editor may, and anybody where nothing was published.
    assert "list" in names(of(claim, "withdraw"), make_user("Editors"))
    never_reviewed = make_claim(status=ClaimStatus.WITHDRAWN)
    take_step("list", never_reviewed, by=somebody)


def test_a_retracted_verdict_comes_back_as_retracted(claim, editor):
    retract(of(claim, "retract"))
    withdraw(of(claim, "withdraw"))
    back = take_step("list", of(claim, "withdraw"), by=editor, comment="A mistake.")
    settle()
    assert (back.current.kind, back.rating) == (PublicationKind.RETRACTED, None)
    assert of(claim, "retract").status == VerdictStatus.RETRACTED
    assert public_record.differences() == []


def test_a_revision_begun_while_it_was_withdrawn_goes_on(claim, editor):
    withdraw(of(claim, "withdraw"))
    verdict = revise(of(claim, "retract"))
    back = take_step("list", of(claim, "withdraw"), by=editor, comment="A mistake.")
    settle()
    assert back.current.kind == PublicationKind.RELISTED
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.DRAFT


def test_the_history_tells_a_withdrawal_once(claim):
    withdraw(of(claim, "withdraw"))
    told = [event.what for event in timeline_of(of(claim, "withdraw"))]
    assert told.count("Claim withdrawn") == 1
    moved = claim.transitions.filter(subject="verdict").last()
    assert (moved.step, moved.to_status) == ("withdraw", "retracted")


def test_what_is_asked_waits_in_a_queue_for_editors(claim, editor):
    asked = QUEUES["removal"]
    assert list(asked.rows(editor)) == []
    thing = of(claim, "retract")
    take_step("ask_retract", thing, by=make_user("Reviewers"), comment=REASON)
    assert list(asked.rows(editor)) == [claim]
    assert asked.permission == "claims.withdraw_claim"
    take_step("decline_retract", of(claim, "retract"), by=editor)
    assert list(asked.rows(editor)) == []


def test_requests_are_kept_and_decided_once(claim, editor):
    take_step("ask_withdraw", claim, by=editor, comment=REASON)
    request = RemovalRequest.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        request.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        RemovalRequest.objects.update(reason="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RemovalRequest.objects.update(asked_by=make_user("Editors"))
