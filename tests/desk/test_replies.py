"""Somebody is asked, answers once, and what is published says no more than is so."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from claims.checks.check import broken_rows
from claims.checks.rows import CHECKS
from claims.desk import replies
from claims.desk.agenda import agenda
from claims.desk.publications import approval_digest
from claims.desk.queues import QUEUES
from claims.desk.workflow import take_step
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import Notice, PublishedVerdict, ReplyRequest, acting
from claims.models.choices import NoticeKind
from claims.reading.differences import difference
from claims.reading.replies import question_under, replies_of
from tests.factories import (
    make_published,
    make_user,
    make_verdict,
    retract,
    revise,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ANSWER = "We counted again.\nIt was 38."


def ask(verdict, *, by=None, days=3, **fields):
    """Ask somebody, so many days before or after today."""
    fields = {
        "kind": "reply",
        "person": "Ida Falk",
        "channel": "email",
        "question": "Where does the figure come from?",
        "asked_on": TODAY - timedelta(days=9),
        "until": TODAY + timedelta(days=days),
    } | fields
    return replies.ask(verdict, by=by or verdict.author, **fields)


def publish(verdict, *, by=None):
    verdict = take_step("submit", verdict, by=verdict.author)
    verdict = take_step("publish", verdict, by=by or make_user("Editors"))
    return verdict.claim.current


def told(version):
    return [reply.sentence for reply in replies_of(version)]


def named(day):
    return f"{day.day} {day:%B %Y}"


# --- What is asked for before a verdict is reviewed -----------------------------------


def test_a_verdict_is_submitted_once_the_speaker_was_asked_or_a_reason_is_given(
    settings,
):
    verdict = make_verdict(not_asked_reason=" ")
    with pytest.raises(Incomplete, match="Ask the speaker for a reply"):
        take_step("submit", verdict, by=verdict.author)
    ask(verdict, kind="expert", person="A hydrologist")
    with pytest.raises(Incomplete):
        take_step("submit", verdict, by=verdict.author)
    struck = ask(verdict)
    replies.strike_out(struck, by=verdict.author, reason="Another claim.")
    with pytest.raises(Incomplete):
        take_step("submit", verdict, by=verdict.author)
    ask(verdict)
    take_step("submit", verdict, by=verdict.author)
    settings.REPLY_NEEDED = False
    other = make_verdict(not_asked_reason="")
    take_step("submit", other, by=other.author)


def test_nothing_is_asked_of_what_was_published_without_it(settings):
    settings.REPLY_NEEDED = False
    verdict = make_verdict(status="published", not_asked_reason="")
    settings.REPLY_NEEDED = True
    verdict = revise(verdict)
    assert publish(verdict).number == 2


# --- What a publication says ----------------------------------------------------------


def test_no_reply_is_said_only_once_the_last_day_is_over():
    verdict = make_verdict(not_asked_reason="")
    for days in (-1, 0, 1):
        ask(verdict, days=days)
    version = publish(verdict)
    assert [reply.state for reply in replies_of(version)] == [
        "no_reply",
        "awaited",
        "awaited",
    ]
    over, today, tomorrow = told(version)
    assert over.endswith(f"No reply by {named(TODAY - timedelta(days=1))}.")
    for sentence in (today, tomorrow):
        assert "No reply" not in sentence
        assert "When this was published, an answer was awaited until" in sentence
    assert over.startswith(f"Asked on {named(TODAY - timedelta(days=9))} (e-mail).")


def test_what_is_taken_back_later_says_no_more_than_was_known_on_its_day():
    """Else it would say “no reply” of somebody who answered since."""
    verdict = make_verdict(not_asked_reason="")
    ask(verdict)
    version = publish(verdict)
    replies.enter_answer(
        verdict.reply_requests.get(),
        by=verdict.author,
        answer="Yes.",
        answered_on=TODAY,
    )
    retract(take_step_again(verdict))
    again = verdict.claim.publications.get(number=2)
    assert again.replies == version.replies
    assert [reply.state for reply in replies_of(again)] == ["awaited"]


def take_step_again(verdict):
    verdict.refresh_from_db()
    return verdict


def test_an_answer_is_published_word_for_word_with_the_verdict(client):
    verdict = make_verdict(not_asked_reason="")
    request = ask(verdict, role="Mayor")
    replies.enter_answer(
        request, by=verdict.author, answer=f" {ANSWER}\r\n", answered_on=TODAY
    )
    version = publish(verdict)
    [reply] = replies_of(version)
    assert (reply.answer, reply.answered_on) == (ANSWER, TODAY)
    for path in (
        version.claim.get_absolute_url(),
        version.get_absolute_url(),
    ):
        page = client.get(path).content.decode()
        assert ANSWER in page and "Where does the figure come from?" in page, path
    record = client.get(f"/claims/{version.claim_id}/versions/1.json").json()
    assert record["replies"] == [
        {
            "kind": "reply",
            "person": "Ida Falk",
            "role": "Mayor",
            "channel": "email",
            "question": "Where does the figure come from?",
            "asked_on": str(TODAY - timedelta(days=9)),
            "until": str(TODAY + timedelta(days=3)),
            "state": "answered",
            "answer": ANSWER,
            "answered_on": str(TODAY),
        }
    ]


def test_the_reason_for_asking_nobody_is_published(client):
    version = make_published(not_asked_reason="The minutes are public.")
    page = client.get(version.claim.get_absolute_url()).content.decode()
    assert "The speaker was not asked for a reply:" in page
    assert "The minutes are public." in page
    record = client.get(f"/claims/{version.claim_id}.json").json()
    assert record["verdict"]["not_asked_reason"] == "The minutes are public."
    assert (record["verdict"]["replies"], record["verdict"]["outcomes"]) == ([], [])


def test_the_digest_covers_replies_and_outcomes_and_older_rows_keep_theirs():
    [check] = [check for check in CHECKS if check.name == "publications"]
    plain = make_published()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to((to_jsonb(p) - ARRAY['id', 'digest',"
            " 'search', 'asked_by', 'publisher', 'review_url', 'review_key',"
            " 'review_title', 'source_kind', 'published_precision', 'source_digest',"
            " 'replies', 'outcomes', 'note_html'])::text, 'UTF8')), 'hex')"
            " FROM claims_publishedverdict p WHERE id = %s",
            [plain.pk],
        )
        [before] = cursor.fetchone()
    assert plain.digest == before
    verdict = make_verdict(not_asked_reason="")
    ask(verdict)
    version = publish(verdict)
    assert broken_rows(check) == []
    for column in ("replies", "outcomes"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE claims_publishedverdict DISABLE TRIGGER USER;"
                f"UPDATE claims_publishedverdict SET {column} = '[{{}}]' WHERE id = %s",
                [version.pk],
            )
            assert broken_rows(check) == [version.pk], column
            transaction.set_rollback(True)


def test_a_publication_leaves_out_no_answer_and_makes_none_up():
    verdict = make_verdict(not_asked_reason="")
    ask(verdict)
    version = publish(verdict)
    for replies_told in ([], [version.replies[0] | {"answer": "Yes."}]):
        copy = PublishedVerdict.objects.get(pk=version.pk)
        copy.pk, copy.number, copy.kind, copy.note = None, 2, "updated", "Note."
        copy.replies, copy.published_at = replies_told, timezone.now()
        with (
            pytest.raises(IntegrityError, match="asked, answered and put right"),
            transaction.atomic(),
        ):
            copy.save(force_insert=True)


# --- Four eyes ------------------------------------------------------------------------


def test_whoever_asks_or_enters_an_answer_is_no_second_pair_of_eyes():
    verdict = make_verdict()
    asking, entering = make_user("Editors"), make_user("Editors")
    request = ask(verdict, by=asking)
    replies.enter_answer(request, by=entering, answer="No.", answered_on=TODAY)
    verdict = take_step("submit", verdict, by=verdict.author)
    for user in (asking, entering):
        with pytest.raises(NotPermitted, match="You wrote this verdict"):
            take_step("publish", verdict, by=user)
    take_step("publish", verdict, by=make_user("Editors"))


def test_who_entered_an_answer_after_publication_does_not_approve_the_revision():
    verdict = make_verdict(not_asked_reason="")
    known = ask(verdict, by=make_user("Editors"))
    publish(verdict)
    entering = make_user("Editors")
    replies.enter_answer(known, by=entering, answer="No.", answered_on=TODAY)
    verdict.refresh_from_db()
    verdict = revise(verdict)
    verdict = take_step("submit", verdict, by=verdict.author)
    with pytest.raises(NotPermitted):
        take_step("publish", verdict, by=entering)
    # What was asked before is published already: its author is free.
    take_step("publish", verdict, by=known.asked_by)


def test_an_answer_that_comes_during_review_has_to_be_looked_at():
    verdict = make_verdict(not_asked_reason="")
    token = replies.make_link(ask(verdict), by=verdict.author)
    verdict = take_step("submit", verdict, by=verdict.author)
    seen, editor = approval_digest(verdict), make_user("Editors")
    replies.answer_by_link(token, ANSWER)
    with pytest.raises(ChangedMeanwhile):
        take_step("publish", verdict, by=editor, seen=seen)
    seen = approval_digest(verdict)
    version = take_step("publish", verdict, by=editor, seen=seen).claim.current
    assert version.replies[0]["answer"] == ANSWER


# --- After publication ----------------------------------------------------------------


def test_an_answer_after_publication_waits_for_a_revision():
    verdict = make_verdict(not_asked_reason="")
    token = replies.make_link(ask(verdict), by=verdict.author)
    first = publish(verdict)
    waiting = QUEUES["replied"].rows
    assert not waiting(verdict.author).exists()
    replies.answer_by_link(token, ANSWER)
    assert waiting(verdict.author).get() == verdict
    assert verdict.claim.publications.get() == first
    verdict.refresh_from_db()
    second = publish(revise(verdict))
    assert not waiting(verdict.author).exists()
    assert (first.replies[0]["answer"], second.replies[0]["answer"]) == ("", ANSWER)
    assert [field.name for field in difference(first, second).fields][:1] == ["replies"]


def test_what_came_of_it_is_published_by_a_revision_and_counted(client):
    verdict = make_verdict(status="published")
    fields = {
        "kind": "outlet",
        "happened_on": date(2026, 5, 6),
        "url": "https://post.example/corrections",
        "note": "",
        "client_id": "c0ffee00-0000-4000-8000-000000000001",
    }
    with pytest.raises(Refused, match="locked"):
        replies.note_outcome(verdict, by=verdict.author, **fields)
    verdict = revise(verdict)
    for _again in range(2):
        replies.note_outcome(verdict, by=verdict.author, **fields)
    page = client.get(verdict.claim.get_absolute_url()).content.decode()
    assert "post.example/corrections" not in page
    publish(verdict)
    page = client.get(verdict.claim.get_absolute_url()).content.decode()
    assert page.count('href="https://post.example/corrections"') == 1
    assert "Corrected by the outlet" in page
    figures = client.get("/audit/").context["audit"]
    assert (figures.corrected_by_outlet, figures.corrected_by_speaker) == (1, 0)
    assert (figures.asked, figures.answered) == (0, 0)


def test_giving_a_revision_up_brings_outcomes_and_reason_back():
    verdict = make_verdict(status="published", not_asked_reason="The record is public.")
    verdict = revise(verdict)
    replies.note_outcome(
        verdict,
        by=verdict.author,
        kind="speaker",
        happened_on=TODAY,
        url="",
        note="Said so.",
        client_id="c0ffee00-0000-4000-8000-000000000002",
    )
    verdict.not_asked_reason = "Another reason."
    verdict.version += 1
    verdict.save()
    verdict = take_step("end_revision", verdict, by=verdict.author)
    assert not verdict.outcomes.exists()
    assert verdict.not_asked_reason == "The record is public."


def test_the_calendar_names_day_page_and_owner_of_each_answer_that_is_due():
    verdict = make_verdict()
    later, sooner = ask(verdict, days=5), ask(verdict, days=1, person="Expert")
    replies.enter_answer(
        ask(verdict), by=verdict.author, answer="Yes.", answered_on=TODAY
    )
    found = agenda(TODAY, TODAY + timedelta(days=9), of=verdict.author)
    assert [each.day for each in found] == [sooner.until, later.until]
    assert {(each.page, each.row) for each in found} == {
        ("verdict_replies", verdict.pk)
    }
    assert found[0].owner == verdict.author
    assert agenda(TODAY, TODAY + timedelta(days=9), of=make_user("Reviewers")) == []


def test_whoever_has_the_verdict_is_told_of_an_answer_and_not_who_entered_it():
    verdict = make_verdict()
    token = replies.make_link(ask(verdict), by=verdict.author)
    replies.answer_by_link(token, ANSWER)
    told = Notice.objects.filter(kind=NoticeKind.ANSWER)
    assert [(each.user, each.row) for each in told] == [(verdict.author, verdict.pk)]
    entered = ask(verdict)
    replies.enter_answer(entered, by=verdict.author, answer="Yes.", answered_on=TODAY)
    assert told.count() == 1


def test_an_answer_that_is_late_is_a_task_while_the_verdict_is_under_way():
    verdict = make_verdict()
    request = ask(verdict, days=-1)
    waiting = QUEUES["unanswered"].rows
    assert waiting(verdict.author).get() == verdict
    replies.enter_answer(request, by=verdict.author, answer="No.", answered_on=TODAY)
    assert not waiting(verdict.author).exists()


# --- What stays -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Another?"},
        {"person": "Somebody else"},
        {"asked_on": TODAY - timedelta(days=30)},
        {"until": TODAY + timedelta(days=30)},
        {"words": "Other words"},
    ],
)
def test_what_was_asked_stays_as_it_was_asked(change):
    request = ask(make_verdict())
    refused = pytest.raises(IntegrityError, match="stays as it was asked")
    with refused, transaction.atomic():
        ReplyRequest.objects.filter(pk=request.pk).update(**change)


def test_a_request_is_never_deleted_and_an_answer_never_changed():
    request = ask(make_verdict())
    rows = ReplyRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    replies.enter_answer(request, by=request.asked_by, answer="Yes.", answered_on=TODAY)
    for change in (
        {"answer": "No."},
        {"answer": "", "answered_on": None, "answered_at": None, "entered_by": None},
        {"entered_by": None},
        {"link_hash": "x" * 64},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("TRUNCATE claims_replyrequest")


def test_an_answer_by_nobody_needs_a_link_that_is_open():
    """Else the desk could put an answer into somebody's mouth."""
    request = ask(make_verdict())
    forged = {"answer": "Yes.", "answered_on": TODAY, "answered_at": timezone.now()}
    rows = ReplyRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError, match="no open link"), transaction.atomic():
        rows.update(**forged)
    with pytest.raises(IntegrityError, match="no open link"), transaction.atomic():
        rows.update(**forged, link_hash="x" * 64, link_until=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyRequest.objects.create(
            **{
                field.attname: getattr(request, field.attname)
                for field in ReplyRequest._meta.concrete_fields
                if field.attname not in {"id", "client_id"}
            }
            | forged
        )


def test_without_a_name_nothing_but_an_answer_by_link_is_written():
    verdict = make_verdict()
    request = ask(verdict)
    token = replies.make_link(request, by=verdict.author)
    rows = ReplyRequest.objects.filter(pk=request.pk)
    with connection.transaction_setting("factcheck.needs_actor", "on"):
        for change in (
            {"link_hash": ""},
            {"struck_reason": "No.", "struck_by": verdict.author},
        ):
            refused = pytest.raises(IntegrityError, match="nobody is named")
            with refused, transaction.atomic():
                rows.update(**change)
        replies.answer_by_link(token, ANSWER)
    assert rows.get().answer == ANSWER


@pytest.mark.parametrize("published", [False, True])
def test_only_what_nobody_has_answered_or_read_is_struck_out(published):
    verdict = make_verdict()
    request = ask(verdict)
    if published:
        publish(verdict)
    else:
        replies.enter_answer(
            request, by=verdict.author, answer="Yes.", answered_on=TODAY
        )
    with pytest.raises(Refused):
        replies.strike_out(request, by=verdict.author, reason="A slip.")


def test_nonsense_is_refused_with_a_sentence_at_its_field():
    verdict = make_verdict()
    for field, fields in {
        "asked_on": {"asked_on": TODAY + timedelta(days=1)},
        "until": {"until": TODAY - timedelta(days=10)},
        "person": {"person": "\u2060"},
        "question": {"question": " "},
    }.items():
        with pytest.raises(Incomplete) as refused:
            ask(verdict, **fields)
        assert field in refused.value.missing
    with pytest.raises(NotPermitted):
        ask(verdict, by=make_user("Annotators"))
    request = ask(verdict)
    for day in (TODAY + timedelta(days=1), request.asked_on - timedelta(days=1)):
        with pytest.raises(Incomplete):
            replies.enter_answer(
                request, by=verdict.author, answer="Yes.", answered_on=day
            )


def test_asking_twice_with_the_same_key_is_one_request():
    verdict = make_verdict()
    key = "c0ffee00-0000-4000-8000-000000000003"
    assert ask(verdict, client_id=key).pk == ask(verdict, client_id=key).pk


# --- Links ----------------------------------------------------------------------------


def test_a_link_is_stored_as_a_hash_alone_and_a_new_one_closes_it():
    request = ask(make_verdict())
    first = replies.make_link(request, by=request.asked_by)
    request.refresh_from_db()
    assert len(first) >= 43 and first not in repr(request.__dict__)
    assert question_under(first).words == request.words
    second = replies.make_link(request, by=request.asked_by)
    assert question_under(first) is None
    assert question_under(second).question == request.question
    with pytest.raises(replies.LinkClosed):
        replies.answer_by_link(first, ANSWER)


def test_a_link_takes_no_answer_once_it_is_over_struck_out_or_answered():
    verdict = make_verdict()
    over, struck, answered = (ask(verdict) for _each in range(3))
    tokens = {each.pk: replies.make_link(each, by=verdict.author) for each in
              (over, struck, answered)}  # fmt: skip
    ReplyRequest.objects.filter(pk=over.pk).update(
        link_until=timezone.now() - timedelta(seconds=1)
    )
    replies.strike_out(struck, by=verdict.author, reason="A slip.")
    replies.answer_by_link(tokens[answered.pk], ANSWER)
    for token in [*tokens.values(), "", "x" * 43]:
        assert question_under(token) is None
        with pytest.raises(replies.LinkClosed):
            replies.answer_by_link(token, "Something else.")
    # The same answer sent again is no error.
    replies.answer_by_link(tokens[answered.pk], ANSWER)


def test_somebody_signed_in_who_answers_under_a_link_is_a_contributor():
    verdict = make_verdict()
    token = replies.make_link(ask(verdict), by=verdict.author)
    editor = make_user("Editors")
    with transaction.atomic(), acting(editor):
        replies.answer_by_link(token, ANSWER)
    assert verdict.contributors.filter(pk=editor.pk).exists()
