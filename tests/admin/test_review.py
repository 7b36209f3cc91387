"""What waits, what would be published, what a second person says to it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.desk import queues
from claims.desk.agreement import agreement_by, cohens_kappa
from claims.desk.queues import QUEUES, waiting_for
from claims.desk.review import ReviewRefused, rate_blind, said_before
from claims.desk.timeline import timeline_of
from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.models import (
    Comment,
    Evidence,
    Rating,
    ReaderReport,
    SecondRating,
    Span,
    acting,
)
from claims.models.choices import (
    Anchor,
    Checkability,
    ClaimStatus,
    ReportKind,
    VerdictStatus,
)
from tests.admin.conftest import approval, signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db


def page(verdict, name):
    return f"/admin/claims/verdict/{verdict.pk}/{name}/"


def waiting(user):
    return {each.queue.name: each.count for each in waiting_for(user)}


def rate(verdict, slug, by):
    rating = Rating.objects.get(slug=slug)
    return rate_blind(verdict, rating=rating, finding="confirmed", by=by)


# --- Queues -----------------------------------------------------------------------


def test_what_counts_the_queues_is_built_once_for_a_persons_rights(monkeypatch):
    user = make_user("Editors")
    make_claim(status=ClaimStatus.DRAFT)
    assert waiting(user)["unlisted"] == 1

    def built(*_args):
        raise AssertionError("built anew")

    unlisted = replace(queues.QUEUES["unlisted"], rows=built)
    monkeypatch.setitem(queues.QUEUES, "unlisted", unlisted)
    make_claim(status=ClaimStatus.DRAFT)
    assert waiting(user)["unlisted"] == 2
    # The control: with other rights, and for somebody else, it is another one.
    user.groups.clear()
    again = type(user).objects.get(pk=user.pk)
    assert waiting(again) == {}
    with pytest.raises(AssertionError, match="built anew"):
        waiting(make_user("Editors", username="other"))


@pytest.fixture
def one_in_each_queue(db):
    reviewer, editor = make_user("Reviewers"), make_user("Editors")
    article, speaker = make_article(), make_speaker()

    def claim(**fields):
        return make_claim(article=article, speaker=speaker, **fields)

    claim(status=ClaimStatus.SUGGESTED)
    claim(status=ClaimStatus.DRAFT)
    unchecked = claim()
    claim(checkability=Checkability.OPINION)
    moved = claim(checkability=Checkability.PROMISE)
    Span.objects.filter(claim=moved).update(anchor=Anchor.REVIEW)
    make_verdict(claim(), author=reviewer)
    returned = make_verdict(claim(), author=reviewer, status=VerdictStatus.IN_REVIEW)
    take_step("return", returned, by=editor, comment="Shorter, please.")
    waits = make_verdict(claim(), author=reviewer, status=VerdictStatus.IN_REVIEW)
    due = make_verdict(claim(), recheck_on=date(2020, 1, 1))
    Evidence.objects.filter(verdict=due).update(archived_url="https://archive.example")
    later = make_verdict(claim(), recheck_on=timezone.localdate() + timedelta(days=9))
    for verdict in (due, later):
        verdict = take_step("submit", verdict, by=verdict.author)
        take_step("publish", verdict, by=make_user("Editors"))
    ReaderReport.objects.create(
        kind=ReportKind.ERROR, message="Wrong.", sender="x", claim=due.claim
    )
    return reviewer, editor, {"unchecked": unchecked, "waits": waits, "due": due}


def test_each_queue_counts_what_waits_for_its_person(one_in_each_queue):
    reviewer, editor, _things = one_in_each_queue
    common = {
        "suggestions": 1,
        "unlisted": 1,
        "unchecked": 1,
        "eye": 1,
        "recheck": 1,
        "reports": 1,
        "unarchived": 1,
        "corrected": 0,
        "assigned": 0,
        "unassigned": 1,
        "overdue": 0,
        "mentions": 0,
        "threads": 0,
        "replied": 0,
        "unanswered": 0,
        "dead_links": 0,
        "relations": 0,
    }
    assert waiting(editor) == common | {
        "removal": 0,
        "mine": 0,
        "returned": 0,
        "second_eyes": 1,
        "blind": 1,
        "undelivered": 0,
        "pages": 0,
    }
    assert waiting(reviewer) == common | {"mine": 1, "returned": 1, "blind": 0}
    assert waiting(make_user("Annotators")) == common


@pytest.mark.slow
def test_the_front_page_links_each_count_to_its_list(one_in_each_queue):
    _reviewer, editor, _things = one_in_each_queue
    desk = signed_in(editor)
    front = desk.get("/admin/")
    for each in front.context["queues"]:
        listed = desk.get(each["address"]).context["cl"]
        assert listed.result_count == each["waiting"].count, each["waiting"].queue.name


def test_a_queue_that_is_not_there_is_just_the_list(editor):
    make_claim()
    for model in ("claim", "verdict", "readerreport"):
        for name in ("nonsense", "mine", "unchecked"):
            response = editor.get(f"/admin/claims/{model}/?queue={name}")
            assert response.status_code == 200


def test_claims_await_a_verdict_in_the_stated_order(editor):
    article, speaker = make_article(), make_speaker()

    def claim(**fields):
        return make_claim(article=article, speaker=speaker, **fields)

    old = claim(stated_on=date(2019, 1, 1))
    new = claim(stated_on=date(2026, 1, 1))
    repeated = claim(stated_on=date(2018, 1, 1))
    claim(repeats=repeated, checkability=Checkability.VAGUE)
    reported = claim(stated_on=date(2017, 1, 1))
    ReaderReport.objects.create(kind="error", message="?", sender="x", claim=reported)
    address = "/admin/claims/claim/?queue=unchecked"
    rows = list(editor.get(address).context["cl"].result_list)
    assert rows == [reported, repeated, new, old]
    by_column = list(editor.get(address + "&o=1").context["cl"].result_list)
    assert set(by_column) == set(rows)


def test_an_assigned_draft_waits_for_its_assignee_only():
    author, helper = make_user("Reviewers"), make_user("Reviewers")
    verdict = make_verdict(author=author)
    assert QUEUES["mine"].rows(author).get() == verdict
    desk = signed_in(author)
    response = desk.post(
        page(verdict, "plan"),
        {"version": verdict.version, "assignee": helper.pk, "recheck_on": "2027-01-31"},
    )
    assert response.status_code == 302
    assert not QUEUES["mine"].rows(author).exists()
    assert QUEUES["mine"].rows(helper).get() == verdict
    verdict.refresh_from_db()
    assert verdict.recheck_on == date(2027, 1, 31)
    stale = desk.post(page(verdict, "plan"), {"version": verdict.version - 1})
    assert stale.status_code == 409
    verdict.refresh_from_db()
    assert verdict.assignee == helper


def test_planning_makes_nobody_an_author(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    editor.post(
        page(verdict, "plan"),
        {"version": verdict.version, "recheck_on": "2027-01-31"},
    )
    verdict.refresh_from_db()
    assert str(verdict.recheck_on) == "2027-01-31"
    published = take_step("publish", verdict, by=editor.user)
    assert published.status == VerdictStatus.PUBLISHED


# --- Preview and approval ---------------------------------------------------------


def revised(**changes):
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    author = make_user("Reviewers")
    verdict = take_step(
        "revise", verdict, by=author, comment="New minutes.", kind="fact_corrected"
    )
    with acting(author):
        for name, value in changes.items():
            setattr(verdict, name, value)
        verdict.version += 1
        verdict.save()
    return take_step("submit", verdict, by=author)


def test_the_approval_page_shows_word_by_word_what_changes(editor):
    verdict = revised(summary="The record says so.")
    shown = editor.get(page(verdict, "approve"))
    html = shown.content.decode()
    assert [field.name for field in shown.context["changes"].fields] == [
        "summary",
        "author_name",
    ]
    assert "<del>otherwise</del><ins>so</ins>" in html
    assert "New minutes." in html
    assert shown.context["current"].summary == "The record says otherwise."
    assert shown.context["preview"].summary == "The record says so."
    assert shown.context["preview"].number == 2
    # Whoever decides can open the sources from here.
    assert '<a href="https://council.example/minutes"' in html
    assert "Contradicts the claim: Minutes of the council" in html


def test_what_was_previewed_is_what_gets_published(editor):
    verdict = revised(summary="The record says so.")
    shown = editor.get(page(verdict, "approve"))
    preview = shown.context["preview"]
    editor.post(
        f"/admin/claims/verdict/{verdict.pk}/step/publish/", approval(editor, verdict)
    )
    published = verdict.claim.publications.get(number=2)
    for field in published._meta.concrete_fields:
        if field.name not in {"id", "digest", "search", "published_at"}:
            assert getattr(published, field.attname) == getattr(preview, field.attname)


def test_who_may_not_publish_reads_who_goes_on(editor, reviewer):
    verdict = make_verdict(author=reviewer.user, status=VerdictStatus.IN_REVIEW)
    address = f"/admin/claims/verdict/{verdict.pk}/change/"
    waits = "an editor who wrote no part of it"
    assert waits in reviewer.get(address).content.decode()
    page = editor.get(address).content.decode()
    assert waits not in page
    assert "Compare and decide" in page


def test_there_is_nothing_to_approve_outside_review(editor):
    response = editor.get(page(make_verdict(), "approve"))
    assert response.status_code == 302


@pytest.mark.parametrize("status", [ClaimStatus.DRAFT, ClaimStatus.LISTED])
def test_the_preview_is_the_public_page_and_only_for_the_desk(reviewer, client, status):
    verdict = make_verdict(make_claim(status=status), summary="Only a draft so far.")
    html = reviewer.get(page(verdict, "preview")).content.decode()
    assert "Only a draft so far." in html
    assert "Preview for the desk." in html
    assert 'content="noindex"' in html
    assert client.get(page(verdict, "preview")).status_code == 302
    public = client.get(verdict.claim.get_absolute_url())
    assert b"Only a draft so far." not in public.content


def test_a_preview_without_a_rating_says_so(reviewer):
    verdict = make_verdict()
    verdict.rating, verdict.version = None, verdict.version + 1
    verdict.save()
    shown = reviewer.get(page(verdict, "preview"))
    assert b"no rating yet" in shown.content


def test_said_before_are_the_speakers_claims_on_the_subject_rated_ones_first():
    topic, speaker, article = make_topic(), make_speaker(), make_article()
    mine = make_claim(article=article, speaker=speaker, topics=[topic])
    unrated = make_claim(article=article, speaker=speaker, topics=[topic])
    rated = make_verdict(
        make_claim(article=article, speaker=speaker, topics=[topic]),
        status=VerdictStatus.PUBLISHED,
    ).claim
    make_claim(article=article, speaker=speaker)
    make_claim(article=article, topics=[topic])
    make_claim(
        article=article, speaker=speaker, topics=[topic], status=ClaimStatus.DRAFT
    )
    assert said_before(mine) == [rated, unrated]
    mine.speaker_id = None
    assert said_before(mine) == []


# --- Comments ---------------------------------------------------------------------


def test_a_comment_stays_with_the_desk_and_for_good(annotator, client):
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    words = "Ask the archive again."
    assert annotator.post(page(verdict, "comment"), {"text": words}).status_code == 302
    stored = Comment.objects.get()
    assert (stored.by, stored.about_version) == (annotator.user, verdict.version)
    shown = annotator.get(f"/admin/claims/verdict/{verdict.pk}/change/")
    assert words in shown.content.decode()
    assert words.encode() not in client.get(verdict.claim.get_absolute_url()).content
    with pytest.raises(IntegrityError, match="only ever grows"), transaction.atomic():
        Comment.objects.update(text="Other.")
    with pytest.raises(IntegrityError, match="only ever grows"), transaction.atomic():
        Comment.objects.all().delete()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\0b"])
def test_an_empty_or_endless_comment_is_refused(annotator, text):
    verdict = make_verdict()
    response = annotator.post(page(verdict, "comment"), {"text": text})
    assert response.status_code == 400
    assert not Comment.objects.exists()


# --- Second ratings ---------------------------------------------------------------


def test_a_blind_rating_shows_the_first_only_afterwards(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, summary="Plainly wrong.")
    before = editor.get(page(verdict, "blind")).content.decode()
    assert "Plainly wrong." not in before
    assert verdict.author.username not in before
    assert not re.search(r"<input[^>]* checked", before)
    mixed = Rating.objects.get(slug="mixed")
    data = {"finding": "confirmed", "rating": mixed.pk, "reason": "Half of it."}
    assert editor.post(page(verdict, "blind"), data).status_code == 302
    second = SecondRating.objects.get()
    assert (second.first_rating.slug, second.rating.slug) == ("false", "mixed")
    assert second.first_author == verdict.author
    assert not second.agrees
    after = editor.get(page(verdict, "blind")).content.decode()
    assert verdict.author.username in after
    assert editor.post(page(verdict, "blind"), data).status_code == 409
    assert SecondRating.objects.count() == 1


def test_nobody_rates_their_own_words_or_twice_or_outside_review():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    second, editor = make_user("Reviewers"), make_user("Editors")
    with pytest.raises(ReviewRefused, match="somebody else"):
        rate(verdict, "false", verdict.author)
    with pytest.raises(NotPermitted):
        rate(verdict, "false", make_user("Annotators"))
    rate(verdict, "false", second)
    with pytest.raises(ReviewRefused, match="already"):
        rate(verdict, "true", second)
    take_step("publish", verdict, by=editor)
    with pytest.raises(ReviewRefused, match="while the verdict is in review"):
        rate(verdict, "false", editor)


def test_a_new_round_can_be_rated_again():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    second, editor = make_user("Reviewers"), make_user("Editors")
    rate(verdict, "false", second)
    verdict = take_step("publish", verdict, by=editor)
    verdict = take_step("revise", verdict, by=verdict.author, comment="A slip.")
    verdict = take_step("submit", verdict, by=verdict.author)
    assert rate(verdict, "mixed", second).round == 2


def test_the_database_names_the_first_rating_itself():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    other = Rating.objects.get(slug="true")
    second = SecondRating.objects.create(
        verdict=verdict,
        round=9,
        rating=other,
        finding="confirmed",
        by=make_user("Editors"),
        first_rating=other,
        first_finding="not_found",
        first_author=make_user(),
    )
    second.refresh_from_db()
    assert (second.round, second.first_rating) == (1, verdict.rating)
    assert second.first_author == verdict.author


def test_ratings_of_verdicts_in_review_are_kept_from_other_raters(editor, reviewer):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    rate(verdict, "false", reviewer.user)
    address = "/admin/claims/secondrating/"
    assert editor.get(address).context["cl"].result_count == 0
    assert reviewer.get(address).context["cl"].result_count == 1
    assert editor.get(address + "agreement/").context["rows"] == []


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(1, 1)], None),  # chance alone would agree
        ([(1, 1), (2, 2)], 1),
        ([(1, 2), (2, 1)], -1),
        # The example of Cohen's first paper on the matter is of this kind:
        # 0.7 observed, 0.5 by chance.
        ([(1, 1)] * 20 + [(1, 2)] * 5 + [(2, 1)] * 10 + [(2, 2)] * 15, 0.4),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs, kappa):
    found = cohens_kappa(pairs)
    assert found is None if kappa is None else found == pytest.approx(kappa)


def test_agreement_is_told_by_period_newest_first():
    rows = [
        (datetime(2026, 3, 31, tzinfo=UTC), 1, 1),
        (datetime(2026, 4, 1, tzinfo=UTC), 1, 2),
        (datetime(2026, 4, 2, tzinfo=UTC), 2, 2),
    ]
    quarters = agreement_by("quarter", rows)
    assert [(r.period, r.pairs, r.agreed) for r in quarters] == [
        ("2026, Q2", 2, 1),
        ("2026, Q1", 1, 1),
    ]
    assert quarters[0].percentage == 50
    assert [r.period for r in agreement_by("year", rows)] == ["2026"]


def test_the_agreement_page_shows_pairs_and_differences(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    rate(verdict, "mixed", make_user("Reviewers"))
    take_step("publish", verdict, by=make_user("Editors"))
    for period in ("month", "quarter", "year", "nonsense"):
        shown = editor.get(f"/admin/claims/secondrating/agreement/?by={period}")
        assert [row.pairs for row in shown.context["rows"]] == [1]
    assert shown.context["differing"] == [SecondRating.objects.get()]


# --- History ----------------------------------------------------------------------


def test_the_timeline_tells_who_did_what_in_one_line(editor):
    verdict = revised(summary="The record says so.")
    take_step("publish", verdict, by=editor.user)
    events = timeline_of(verdict.claim)
    steps = [event.what for event in events if event.kind == "step"]
    assert steps == [
        "Verdict approved and published",
        "Verdict submitted for review",
        "Revision of the verdict begun",
        "Verdict approved and published",
        "Verdict submitted for review",
        "Claim listed for readers",
    ]
    assert events[0].by == editor.user.username
    changed = next(e for e in events if e.what == "Verdict changed" and e.fields)
    assert ("summary", "The record says otherwise.", "The record says so.") in (
        changed.fields
    )
    marked = next(event for event in events if event.what == "Marked words added")
    assert ("marked as", "", "What is claimed") in marked.fields
    begun = next(event for event in events if event.what == "Verdict added")
    assert ("did they say it?", "", "Not checked") in begun.fields
    html = editor.get(f"/admin/claims/claim/{verdict.claim_id}/history/")
    assert b"<ins>The record says so.</ins>" in html.content


def test_another_claims_changes_are_not_in_the_timeline():
    one, other = make_claim(), make_claim()
    spans = {e.fields for e in timeline_of(one) if e.what == "Marked words added"}
    assert len(spans) == 1
    assert other.pk != one.pk
