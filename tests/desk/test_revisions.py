"""What readers see of a published claim changes in an approved revision alone."""

from datetime import date

import pytest
from django.db import transaction

from claims.desk import annotation, public_record
from claims.desk.annotation import change_claim, find_mark
from claims.desk.queues import QUEUES
from claims.desk.relations import confirm_repeat
from claims.desk.revisions import needs_a_revision, why_locked
from claims.desk.steps import STEPS, steps_from
from claims.desk.text_corrections import correct_text, mark_words_lost
from claims.desk.workflow import StepNotAllowed, take_step
from claims.exceptions import NotPermitted, RevisionNeeded
from claims.models import Claim, PublicClaim, Span, Verdict, acting
from claims.models.choices import Anchor, ClaimStatus, PublicationKind, VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
    revise,
    withdraw,
)
from tests.guards import drop, settle

pytestmark = pytest.mark.django_db

BODY = "Rents fell, said Falk. The ferry stopped. Rents fell, said Falk."


@pytest.fixture(scope="module")
def published(module_db):
    """A claim with a verdict in force, and of which everything is given."""
    claim = make_claim(
        "Rents fell",
        article=make_article(BODY),
        cue="said",
        speaker_words="Falk",
        via=make_outlet("The Ferry Times"),
        printed_role="Mayor",
        other_speakers=[make_speaker()],
    )
    claim = make_published(claim).claim
    settle()
    return claim


@pytest.fixture
def claim(published, db):
    """The published claim, as no other test left it."""
    return Claim.objects.get(pk=published.pk)


@pytest.fixture
def annotator():
    return make_user("Annotators")


def edit(claim, by, **changes):
    claim = Claim.objects.get(pk=claim.pk)
    return change_claim(claim, by=by, version=claim.version, **changes)


def seen_by_readers(claim):
    """Return all that readers see of a claim, as they would see it now."""
    settle()
    row = PublicClaim.objects.select_related("words").get(pk=claim.pk)
    facts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    words = {
        f.attname: getattr(row.words, f.attname)
        for f in row.words._meta.concrete_fields
    }
    return facts, words


def verdict_of(claim):
    return Verdict.objects.get(claim=claim)


def statement(claim):
    """Return what the desk has of a claim's statement."""
    claim = Claim.objects.get(pk=claim.pk)
    return (
        claim.wording,
        claim.quote,
        claim.speaker,
        claim.printed_role,
        claim.via,
        claim.attribution,
        claim.stated_on,
        claim.stated_precision,
        claim.stated_basis,
        claim.checkability,
        set(claim.other_speakers.all()),
        set(claim.spans.values_list("role", "ordinal", "text", "start", "end")),
    )


CHANGES = {
    "speaker": lambda c: {"speaker": make_speaker()},
    "wording": lambda c: {"wording": "Rents fell early."},
    "marked words": lambda c: {
        "marks": [find_mark(c.article.current_text, "The ferry", role="content")],
        "roles": ["content"],
    },
    "place of the words": lambda c: {
        "marks": [
            find_mark(
                c.article.current_text, "Rents fell", role="content", occurrence=2
            )
        ],
        "roles": ["content"],
    },
    "cue": lambda c: {"marks": [], "roles": ["cue"]},
    "day": lambda c: {"stated_on": date(2026, 1, 31)},
    "precision": lambda c: {"stated_precision": "month"},
    "via": lambda c: {"via": None},
    "role": lambda c: {"printed_role": "Bishop"},
    "joint speakers": lambda c: {"other_speakers": []},
    "attribution": lambda c: {"attribution": "direct"},
    "checkability": lambda c: {"checkability": "opinion"},
}
GUARDS = ("statement_guard", "marks_guard", "joint_speakers_guard")


@pytest.mark.parametrize("name", CHANGES)
def test_outside_a_revision_an_annotator_does_not_change_the(name, claim, annotator):
    before, stored = seen_by_readers(claim), statement(claim)
    with pytest.raises(RevisionNeeded, match="Begin a revision") as refusal:
        edit(claim, annotator, **CHANGES[name](claim))
    assert refusal.value.claim == claim
    assert refusal.value.status == 409
    assert (seen_by_readers(claim), statement(claim)) == (before, stored)


@pytest.mark.parametrize("name", CHANGES)
def test_without_the_guards_an_annotator_changes_the(
    name, claim, annotator, monkeypatch
):
    """The control: so it went before there were revisions of the statement."""
    stored = statement(claim)
    settle()
    for guard in GUARDS:
        drop(guard)
    monkeypatch.setattr(annotation, "refuse_outside_revision", lambda claim: None)
    edit(claim, annotator, **CHANGES[name](claim))
    settle()
    assert statement(claim) != stored


@pytest.mark.parametrize("name", CHANGES)
def test_in_a_revision_readers_see_nothing_until_somebody_approves_the(
    name, claim, annotator
):
    before = seen_by_readers(claim)
    verdict = revise(verdict_of(claim), kind="attribution_corrected")
    assert not needs_a_revision(Claim.objects.get(pk=claim.pk))
    edit(claim, annotator, **CHANGES[name](claim))
    assert seen_by_readers(claim) == before
    verdict = take_step("submit", verdict_of(claim), by=verdict.author)
    assert seen_by_readers(claim) == before
    with pytest.raises(RevisionNeeded, match="is in review"):
        edit(claim, annotator, wording="Something else.")
    take_step("publish", verdict, by=make_user("Editors"))
    assert seen_by_readers(claim) != before
    assert public_record.differences() == []
    published = Claim.objects.get(pk=claim.pk).current
    assert (published.number, published.kind) == (2, "attribution_corrected")


@pytest.mark.parametrize("name", CHANGES)
def test_a_revision_given_up_leaves_nothing_of_the(name, claim, annotator):
    before, stored = seen_by_readers(claim), statement(claim)
    verdict = revise(verdict_of(claim))
    edit(claim, annotator, **CHANGES[name](claim))
    assert statement(claim) != stored
    verdict = take_step("end_revision", verdict_of(claim), by=verdict.author)
    assert verdict.status == VerdictStatus.PUBLISHED
    assert (seen_by_readers(claim), statement(claim)) == (before, stored)
    settle()
    assert Claim.objects.get(pk=claim.pk).current.number == 1


def test_where_a_claim_is_filed_changes_at_any_time(claim, annotator):
    topic, first = make_topic(), make_claim()
    changed = edit(claim, annotator, topics=[topic], wording=claim.wording)
    confirm_repeat(claim, first, by=annotator)
    settle()
    changed.refresh_from_db()
    assert (list(changed.topics.all()), changed.repeats) == ([topic], first)


def test_a_claim_on_which_nothing_is_published_changes_freely(annotator):
    claim = make_claim()
    assert why_locked(claim) == ""
    assert edit(claim, annotator, wording="Other words.").wording == "Other words."
    make_verdict(claim, status=VerdictStatus.IN_REVIEW)
    edit(claim, annotator, wording="Still other words.")


@pytest.mark.parametrize("status", ["retracted", "withdrawn"])
def test_what_readers_see_of_a_removed_verdict_is_locked_too(claim, status, annotator):
    verdict = verdict_of(claim)
    if status == "withdrawn":
        withdraw(claim)
    else:
        retract(verdict)
    with pytest.raises(RevisionNeeded):
        edit(claim, annotator, wording="Something else.")


# --- Ended by somebody else, or in spite of it -------------------------------------


@pytest.mark.parametrize("status", [VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW])
def test_an_editor_ends_somebodys_revision(claim, status):
    before, stored = seen_by_readers(claim), statement(claim)
    verdict = revise(verdict_of(claim))
    with acting(verdict.author):
        verdict.summary = "Half of a sentence"
        verdict.version += 1
        verdict.save()
        verdict.evidence.all().delete()
        verdict.evidence.create(url="https://other.example/", title="Another source")
    edit(claim, verdict.author, wording="Rents fell early.")
    if status == VerdictStatus.IN_REVIEW:
        verdict = take_step("submit", verdict, by=verdict.author)
    editor, stranger = make_user("Editors"), make_user("Reviewers")
    assert STEPS["end_revision"] not in steps_from(verdict, stranger)
    with pytest.raises(StepNotAllowed, match="not open to you"):
        take_step("end_revision", verdict, by=stranger)
    with pytest.raises(NotPermitted):
        take_step("end_revision", verdict, by=make_user("Annotators"))
    assert STEPS["end_revision"] in steps_from(verdict, editor)
    verdict = take_step("end_revision", verdict, by=editor)
    assert (seen_by_readers(claim), statement(claim)) == (before, stored)
    published = Claim.objects.get(pk=claim.pk).current
    assert verdict.status == VerdictStatus.PUBLISHED
    assert verdict.summary == published.summary
    assert [row.title for row in verdict.evidence.all()] == ["Minutes of the council"]
    assert (verdict.correction_kind, verdict.correction_note) == ("", "")
    step = claim.transitions.order_by("-pk").first()
    assert (step.step, step.by, step.to_status) == ("end_revision", editor, "published")


def test_a_first_verdict_is_no_revision_to_give_up():
    verdict = make_verdict()
    with pytest.raises(StepNotAllowed):
        take_step("end_revision", verdict, by=make_user("Editors"))


def test_a_revision_of_a_retracted_verdict_ends_as_retracted(claim):
    verdict = revise(retract(verdict_of(claim)))
    verdict = take_step("end_revision", verdict, by=verdict.author)
    assert verdict.status == VerdictStatus.RETRACTED
    settle()


@pytest.mark.parametrize("status", [VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW])
def test_an_editor_retracts_in_spite_of_a_revision(claim, status):
    stored = statement(claim)
    verdict = revise(verdict_of(claim))
    edit(claim, verdict.author, wording="Rents fell early.")
    if status == VerdictStatus.IN_REVIEW:
        verdict = take_step("submit", verdict_of(claim), by=verdict.author)
    asker, editor = make_user("Reviewers"), make_user("Editors")
    verdict = take_step("ask_retract", verdict, by=asker, comment="Forged minutes.")
    assert verdict.status == status
    verdict = take_step("retract", verdict, by=editor, comment="Forged minutes.")
    settle()
    assert verdict.status == VerdictStatus.RETRACTED
    assert statement(claim) == stored
    published = Claim.objects.get(pk=claim.pk).current
    assert published.kind == PublicationKind.RETRACTED
    assert (published.author, published.approver) == (asker, editor)
    assert published.note == "Forged minutes."
    assert published.claim_reviewed == stored[0]
    assert public_record.differences() == []


def test_a_claim_is_withdrawn_in_spite_of_a_revision(claim):
    stored = statement(claim)
    verdict = revise(verdict_of(claim))
    edit(claim, verdict.author, wording="Rents fell early.")
    withdrawn = withdraw(Claim.objects.get(pk=claim.pk))
    settle()
    assert withdrawn.status == ClaimStatus.WITHDRAWN
    assert statement(claim) == stored
    assert withdrawn.current.kind == PublicationKind.WITHDRAWN


# --- The article's text is corrected -------------------------------------------------


HALVED = "Rents fell, said Falk. The", "Rents halved, said Falk. The"


def correct(claim, old, new, *, by, reason="A figure was wrong."):
    article = claim.article
    article.refresh_from_db()
    body = article.current_text.body.replace(old, new)
    with transaction.atomic():
        text, _plan = correct_text(article, body, by=by, reason=reason)
    settle()
    return text


def waiting(user):
    return list(QUEUES["corrected"].rows(user))


def test_corrected_words_of_a_published_claim_open_its_revision(claim, annotator):
    facts, words = seen_by_readers(claim)
    text = correct(claim, *HALVED, by=annotator)
    # Readers learn that the text was corrected; what they see of the claim stays.
    numbered, same_words = seen_by_readers(claim)
    assert same_words == words
    assert {name for name, value in facts.items() if numbered[name] != value} == {
        "change_number",
        "changed_at",
    }
    verdict = verdict_of(claim)
    assert verdict.status == VerdictStatus.DRAFT
    assert verdict.author == annotator
    assert verdict.correction_kind == PublicationKind.UPDATED
    note = "The article's text was corrected: A figure was wrong."
    assert verdict.correction_note == note
    step = claim.transitions.order_by("-pk").first()
    assert (step.step, step.by, step.comment) == ("revise", annotator, note)
    assert waiting(annotator) == [verdict]
    # Somebody looks at the new words, and somebody else approves.
    marks = [
        find_mark(text, part, role=role)
        for role, part in [
            ("content", "Rents halved"),
            ("cue", "said"),
            ("speaker", "Falk"),
        ]
    ]
    reviewer, editor = make_user("Reviewers"), make_user("Editors")
    edit(claim, reviewer, marks=marks, text=text, wording="Rents halved.")
    assert seen_by_readers(claim) == (numbered, words)
    assert waiting(annotator) == [verdict]
    verdict = take_step("submit", verdict_of(claim), by=reviewer)
    with pytest.raises(NotPermitted):
        take_step("publish", verdict, by=reviewer_as_editor(reviewer))
    take_step("publish", verdict, by=editor)
    settle()
    assert seen_by_readers(claim)[1]["quote"] == "Rents halved"
    assert waiting(annotator) == []
    assert Claim.objects.get(pk=claim.pk).current.note == note


def reviewer_as_editor(reviewer):
    """Return somebody who wrote a part of it, now with an editor's rights."""
    from django.contrib.auth.models import Group

    reviewer.groups.add(Group.objects.get(name="Editors"))
    return type(reviewer).objects.get(pk=reviewer.pk)


def test_unchanged_words_move_and_their_verdict_stays_as_it_is(claim, annotator):
    text = correct(claim, "The ferry", "The old ferry", by=annotator)
    verdict = verdict_of(claim)
    assert verdict.status == VerdictStatus.PUBLISHED
    assert {span.text for span in claim.spans.all()} == {text}
    assert seen_by_readers(claim)[1]["text_id"] == text.pk
    assert waiting(annotator) == []
    assert public_record.differences() == []


@pytest.mark.parametrize("status", [VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW])
def test_a_revision_under_way_is_left_and_put_into_the_queue(claim, status, annotator):
    verdict = revise(verdict_of(claim), note="New minutes.")
    if status == VerdictStatus.IN_REVIEW:
        verdict = take_step("submit", verdict, by=verdict.author)
    author, steps = verdict.author, claim.transitions.count()
    correct(claim, *HALVED, by=annotator)
    verdict = verdict_of(claim)
    assert (verdict.status, verdict.author) == (status, author)
    assert verdict.correction_note == "New minutes."
    assert claim.transitions.count() == steps
    assert waiting(annotator) == [verdict]
    # What is published has to be looked at anew, by somebody who did not correct it.
    assert verdict.contributors.filter(pk=annotator.pk).exists()


def test_a_first_review_under_way_is_put_into_the_queue(annotator):
    claim = make_claim("Rents fell", article=make_article(BODY))
    verdict = make_verdict(claim, status=VerdictStatus.IN_REVIEW)
    correct(claim, *HALVED, by=annotator)
    assert waiting(annotator) == [verdict]
    assert verdict_of(claim).status == VerdictStatus.IN_REVIEW


def test_a_claim_without_a_verdict_waits_for_an_eye_alone(annotator):
    claim = make_claim("Rents fell", article=make_article(BODY))
    correct(claim, *HALVED, by=annotator)
    assert waiting(annotator) == []
    assert list(QUEUES["eye"].rows(annotator)) == [claim]


def test_words_that_are_gone_leave_the_queue_once_somebody_has_decided(
    claim, annotator
):
    gone = "Rents fell, said Falk. The ferry stopped. "
    correct(claim, gone, "The ferry stopped. ", by=annotator)
    assert waiting(annotator) == [verdict_of(claim)]
    stored = Claim.objects.get(pk=claim.pk)
    mark_words_lost(stored, by=annotator, version=stored.version)
    assert waiting(annotator) == [verdict_of(claim)]
    take_step("end_revision", verdict_of(claim), by=make_user("Editors"))
    settle()
    assert waiting(annotator) == []
    assert public_record.differences() == []


def test_given_up_after_a_correction_the_words_still_need_an_eye(claim, annotator):
    text = correct(claim, *HALVED, by=annotator)
    marks = [find_mark(text, "Rents halved", role="content")]
    edit(claim, annotator, marks=marks, text=text)
    take_step("end_revision", verdict_of(claim), by=make_user("Editors"))
    settle()
    span = Span.objects.get(claim=claim, role="content")
    assert (span.exact, span.text.number, span.anchor) == (
        "Rents fell",
        1,
        Anchor.REVIEW,
    )
    assert waiting(annotator) == [verdict_of(claim)]
