"""Threads on the pages of the desk: said, answered, resolved, found, closed."""

import pytest
from django.urls import reverse

from claims.desk.comments import add_comment, reply, resolve
from claims.models import Comment, Thread
from claims.models.choices import VerdictStatus
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db


def change_page(thing):
    return reverse(f"admin:claims_{thing._meta.model_name}_change", args=[thing.pk])


def comment_on(client, thing, text):
    page = reverse(f"admin:claims_{thing._meta.model_name}_comment", args=[thing.pk])
    return client.post(page, {"text": text})


@pytest.fixture
def claim(db):
    return make_claim()


@pytest.mark.parametrize("where", ["article", "claim", "verdict"])
def test_a_comment_stands_on_the_page_it_was_written_on(annotator, claim, where):
    thing = {
        "article": lambda: claim.article,
        "claim": lambda: claim,
        "verdict": lambda: make_verdict(claim, status=VerdictStatus.PUBLISHED),
    }[where]()
    answer = comment_on(annotator, thing, "Look at the second source.")
    thread = Thread.objects.get()
    assert thread.about == where
    assert answer.url == f"{change_page(thing)}#thread-{thread.pk}"
    page = annotator.get(answer.url).content.decode()
    assert "Look at the second source." in page
    assert f'id="thread-{thread.pk}"' in page


def test_a_name_of_nobody_is_said_and_the_comment_is_kept(annotator, claim):
    answer = comment_on(annotator, claim, "Ask @nobody, or @<b>.")
    page = annotator.get(answer.url).content.decode()
    assert "has the login “nobody”" in page
    assert "@&lt;b&gt;" in page
    assert Comment.objects.count() == 1


def test_a_thread_is_answered_edited_resolved_and_opened_again(
    annotator, editor, claim
):
    first = add_comment(claim, "It cost 38.", by=annotator.user)
    base = f"/admin/claims/thread/{first.thread_id}"
    place = f"{change_page(claim)}#thread-{first.thread_id}"
    assert editor.post(f"{base}/reply/", {"text": "Or 36."}).url == place
    edited = {"text": "It cost 36.", "seen": first.pk, "alone": "1"}
    answer = annotator.post(f"{base}/edit/{first.pk}/", edited)
    assert answer.url == f"{base}/change/"
    page = annotator.get(answer.url).content.decode()
    assert "It cost 36." in page
    assert "Former words" in page
    assert "Or 36." in page
    assert editor.post(f"{base}/resolve/").url == place
    assert "Open again" in editor.get(place).content.decode()
    assert editor.post(f"{base}/reopen/").url == place
    assert Thread.objects.get().resolved_at is None


@pytest.mark.parametrize("text", ["", "x" * 4001, "a\0b"])
def test_a_refused_reply_keeps_what_was_typed(annotator, claim, text):
    thread = add_comment(claim, "A doubt.", by=annotator.user).thread
    page = f"/admin/claims/thread/{thread.pk}/reply/"
    answer = annotator.post(page, {"text": text})
    assert answer.status_code == 400
    assert answer.context["form"]["text"].value() == text
    assert Comment.objects.count() == 1


def test_words_edited_elsewhere_meanwhile_are_shown_and_can_be_saved_then(
    annotator, claim
):
    first = add_comment(claim, "One.", by=annotator.user)
    page = f"/admin/claims/thread/{first.thread_id}/edit/{first.pk}/"
    annotator.post(page, {"text": "Two.", "seen": first.pk})
    late = annotator.post(page, {"text": "Three.", "seen": first.pk})
    assert late.status_code == 409
    form = late.context["form"]
    assert form["text"].value() == "Three."
    assert annotator.post(page, form.data).status_code == 302


def test_the_words_of_another_have_no_form_and_stay(annotator, editor, claim):
    first = add_comment(claim, "One.", by=annotator.user)
    page = f"/admin/claims/thread/{first.thread_id}/edit/{first.pk}/"
    assert page not in editor.get(change_page(claim)).content.decode()
    answer = editor.post(page, {"text": "Two.", "seen": first.pk})
    assert answer.status_code == 403
    assert Comment.objects.count() == 1


def test_the_list_leads_to_the_place_and_shows_what_is_open_or_names_me(
    annotator, editor, claim
):
    name = editor.user.username
    mine = add_comment(claim, f"@{name}, look.", by=annotator.user).thread
    other = add_comment(claim.article, "The dateline.", by=annotator.user).thread
    done = add_comment(claim, "Done with.", by=annotator.user).thread
    reply(mine, "A second word.", by=annotator.user)
    resolve(done, by=annotator.user)
    shown = {}
    for question in ("", "?queue=mentions", "?queue=threads", "?state=resolved"):
        answer = editor.get(f"/admin/claims/thread/{question}")
        shown[question] = [row.pk for row in answer.context["cl"].result_list]
    assert shown == {
        "": [done.pk, other.pk, mine.pk],
        "?queue=mentions": [mine.pk],
        "?queue=threads": [mine.pk, other.pk],
        "?state=resolved": [done.pk],
    }
    page = editor.get("/admin/claims/thread/").content.decode()
    assert f'href="{change_page(claim)}#thread-{mine.pk}"' in page


def test_the_page_of_a_thread_leads_to_its_claim_on_the_annotation_desk(
    annotator, claim
):
    thread = add_comment(claim, "The cue is wrong.", by=annotator.user).thread
    page = annotator.get(change_page(thread)).content.decode()
    assert (
        f"/admin/claims/article/{claim.article_id}/annotate/#claim-{claim.pk}" in page
    )


def test_whoever_may_rate_blind_is_led_to_where_they_do(reviewer, editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    said = "It is plainly wrong."
    thread = add_comment(verdict.claim, said, by=make_user("Annotators")).thread
    rate = f"/admin/claims/verdict/{verdict.pk}/blind/"
    for page in (verdict.claim, verdict.claim.article):
        if page == verdict.claim.article:
            add_comment(page, said, by=make_user("Annotators"))
        html = reviewer.get(change_page(page)).content.decode()
        assert said not in html
        assert rate in html
    answer = reviewer.get(change_page(thread))
    assert answer.status_code == 403
    assert rate in answer.content.decode()
    assert said not in answer.content.decode()
    posted = reviewer.post(f"/admin/claims/thread/{thread.pk}/reply/", {"text": "x"})
    assert posted.status_code == 404
    # An editor may read the verdict, and rates no more blind then.
    html = editor.get(change_page(verdict.claim)).content.decode()
    assert said not in html
    assert change_page(verdict) in html
    editor.get(change_page(verdict))
    assert said in editor.get(change_page(verdict.claim)).content.decode()


def test_the_history_of_a_claim_tells_what_was_said_of_it(annotator, claim):
    add_comment(claim, "It was said in May.", by=annotator.user)
    page = annotator.get(f"/admin/claims/claim/{claim.pk}/history/").content.decode()
    assert "It was said in May." in page
