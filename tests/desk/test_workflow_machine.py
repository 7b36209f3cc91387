"""Four people do anything in any order; what is promised holds after every step."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from claims.desk import annotation, public_record, workflow
from claims.models import PublicClaim, PublishedVerdict
from claims.models.public_querysets import PublicClaimQuerySet
from tests.desk.machine import Desk
from tests.desk.promises import Promises
from tests.desk.workflow_oracle import EDITS, MANY
from tests.guards import drop, settle


def run(examples, steps, **options):
    """Run the machine and return how many steps were tried in all, and how often each
    step of a verdict was taken."""
    Desk.done.clear()
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            **options,
        ),
    )
    return Desk.done


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("examples", "least"), [(1, 10), pytest.param(3, 25, marks=pytest.mark.slow)]
)
def test_the_promises_hold_whatever_four_people_do(examples, least):
    done = run(examples=examples, steps=20, derandomize=True)
    assert done["steps"] >= least, done


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("half", ["first", "second"])
def test_the_promises_hold_through_hundreds_of_steps(half):
    """At least 1,200 steps in two halves, so that two cores can share them."""
    done = run(examples=14, steps=60)
    assert done["steps"] >= 600
    # Which kinds of step chance leaves out differs; most must have been tried.
    assert len({*MANY, *EDITS} & set(done)) >= 13, done


@pytest.mark.slow
def test_nothing_that_is_changed_beside_a_verdict_shows_before_it_is_approved(desk):
    """Each edit once, on a published claim, and an approval by somebody else."""
    look(desk)
    for edit in ("rename", "alias", "office"):
        desk.edit_speaker("ann", 1, edit)
    desk.edit_rating("eda", 4, "label")  # in use
    desk.edit_rating("eda", 2, "definition")
    desk.edit_article("ann")
    desk.correct("ann", False, 0)
    look(desk)
    for edit in ("wording", "topics"):
        desk.edit("ann", 1, 0, edit)
    desk.move_verdict("rey", 1, "revise", "New minutes.", "", 0)
    for edit in ("wording", "day", "kind", "role", "marks", "joint", "speaker"):
        desk.edit("ann", 1, 0, edit)
    look(desk)
    desk.move_verdict("rey", 1, "submit", "", "", 0)
    desk.edit_speaker("eda", 2, "rename")
    desk.merge("edo", 2, 0)  # in review, and not of the speaker published before
    desk.move_verdict("rey", 1, "recall", "", "", 0)
    desk.merge("edo", 2, 0)
    desk.move_verdict("rey", 1, "submit", "", "", 0)
    look(desk)
    for editor in ("eda", "edo"):
        desk.move_verdict(editor, 1, "publish", "", "", 0)  # both took part
    desk.move_verdict("edo", 1, "return", "A detail.", "", 0)
    desk.give_up(1, "rey", "eda")
    look(desk)
    assert {"rename", "merge", "topics", "rating kept", "rating edited"} <= set(
        desk.done
    )


@pytest.mark.slow
def test_what_was_published_is_told_through_corrections_withdrawals_and_returns(desk):
    desk.see_through(0, "edo")
    desk.correct("ann", True, 0)  # the words of the first claim
    look(desk)
    assert desk.done["revision begun by a correction"] == 1
    desk.see_through(0, "edo")
    desk.take_off(1, "withdraw", "rey", "eda", False)
    look(desk)
    desk.move_verdict("rey", 1, "revise", "New minutes.", "", 0)
    desk.edit("ann", 1, 0, "wording")
    desk.move_claim("edo", 1, "list", "It was one.", 0)
    desk.move_verdict("rey", 1, "submit", "", "", 0)
    desk.move_verdict("edo", 1, "publish", "", "", 0)
    look(desk)
    desk.take_off(0, "retract", "rey", "eda", False)
    desk.take_off(0, "withdraw", "ann", "edo", False)
    look(desk)
    desk.move_claim("eda", 0, "list", "It was one.", 0)
    look(desk)


def look(desk):
    """Hold every promise against what stands there now."""
    for name in dir(Promises):
        if hasattr(getattr(desk, name), "hypothesis_stateful_invariant"):
            getattr(desk, name)()


@pytest.fixture
def desk(db):
    """The machine with something published on the second claim, and nothing else."""
    desk = Desk()
    desk.done.clear()
    desk.open_desk()
    yield desk
    desk.leave()


# --- Controls: with a rule taken away, the machine must notice ----------------------


def notices(desk):
    """Return whether the doors say something else than what was published."""
    try:
        desk.each_public_door_says_what_was_published()
    except AssertionError:
        return True
    return False


def test_the_machine_notices_when_four_eyes_are_not_guarded(desk, monkeypatch):
    """With the rule taken out of the workflow and of the database, a verdict published
    by its author must fail the machine."""
    monkeypatch.setattr(workflow, "is_author", lambda verdict, user: False)
    drop("publication_has_four_eyes")
    drop("publication_guard")
    desk.move_claim("ann", 0, "accept", "", 0)
    desk.begin("eda", 0)
    desk.write("eda", 0, 4, "Wrong.")
    desk.change_evidence("eda", 0, False)
    desk.move_verdict("eda", 0, "submit", "", "", 0)
    with pytest.raises(AssertionError):
        desk.move_verdict("eda", 0, "publish", "", "", 0)
    assert PublishedVerdict.objects.count() == 2
    with pytest.raises(AssertionError):
        desk.nobodys_own_verdict_is_public_without_an_override_that_shows()


def test_the_machine_notices_a_statement_changed_outside_a_revision(desk, monkeypatch):
    """With the rule taken out of the desk and of the database: edits that were to be
    refused are made."""
    for name in ("statement_guard", "marks_guard", "joint_speakers_guard"):
        drop(name)
    monkeypatch.setattr(annotation, "refuse_outside_revision", lambda claim: None)
    with pytest.raises(AssertionError):
        desk.edit("ann", 1, 0, "wording")


@pytest.mark.slow
def test_the_machine_notices_a_draft_that_the_public_record_takes(desk, monkeypatch):
    """With a writer that asks the claim instead of its newest publication."""
    newest = "LEFT JOIN claims_publishedverdict p ON p.id = c.current_id"
    assert newest in public_record.WRITE
    own = public_record.WRITE.replace(newest, f"{newest} AND false")
    desk.move_verdict("rey", 1, "revise", "New minutes.", "", 0)
    desk.edit("ann", 1, 0, "wording")
    assert not notices(desk)
    settle()
    drop("record_guard")
    drop("record_is_whole")
    monkeypatch.setattr(public_record, "WRITE", own)
    desk.edit("ann", 1, 0, "wording")
    assert notices(desk)


@pytest.mark.slow
def test_the_machine_notices_an_approver_who_renamed_the_speaker(desk):
    """With the trigger dropped that makes whoever does so one of the authors."""
    settle()
    drop("note_speaker_contributor")
    desk.move_verdict("rey", 1, "revise", "New minutes.", "", 0)
    desk.move_verdict("rey", 1, "submit", "", "", 0)
    desk.edit_speaker("eda", 1, "rename")
    with pytest.raises(AssertionError):
        desk.move_verdict("eda", 1, "publish", "", "", 0)


@pytest.mark.slow
def test_the_machine_notices_an_approver_who_merged_the_speaker(desk):
    settle()
    for guard in ("note_speaker_contributor", "note_claim_contributor"):
        drop(guard)
    desk.move_verdict("rey", 1, "revise", "New minutes.", "", 0)
    desk.move_verdict("rey", 1, "submit", "", "", 0)
    desk.merge("eda", 1, 2)
    with pytest.raises(AssertionError):
        desk.move_verdict("eda", 1, "publish", "", "", 0)


@pytest.mark.slow
def test_the_machine_notices_a_rating_edited_under_a_verdict(desk):
    settle()
    drop("rating_guard")
    with pytest.raises(AssertionError):
        desk.edit_rating("eda", 4, "label")


def test_the_machine_notices_a_page_that_names_the_speaker_of_today(desk, monkeypatch):
    """With a reader that asks the speaker's row instead of the publication."""
    assert not notices(desk)
    opened = desk.doors.opened
    desk.edit_speaker("ann", 1, "rename")
    assert not notices(desk)
    # A door is opened again once a table that it read has changed, else not.
    again = desk.doors.opened - opened
    assert again > 0
    assert not notices(desk)
    assert desk.doors.opened - opened == again
    name = property(lambda claim: claim.speaker.name)
    monkeypatch.setattr(PublicClaim, "speaker_name", name)
    desk.doors.seen.clear()
    assert notices(desk)


@pytest.mark.slow
def test_the_machine_notices_a_withdrawn_claim_that_stays_in_a_list(desk, monkeypatch):
    desk.take_off(1, "withdraw", "rey", "eda", False)
    assert not notices(desk)
    monkeypatch.setattr(PublicClaimQuerySet, "listed", PublicClaimQuerySet.all)
    desk.doors.seen.clear()
    assert notices(desk)
