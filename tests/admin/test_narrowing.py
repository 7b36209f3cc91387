"""Lists narrowed by what a desk asks for, and kept under a name."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.desk.planning import hand_over
from claims.desk.suggestions import suggest_claims
from claims.desk.workflow import take_step
from claims.models import Article, Claim, SavedFilter
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.admin.conftest import signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

CLAIMS, VERDICTS = "/admin/claims/claim/", "/admin/claims/verdict/"


def listed(desk, address):
    page = desk.get(address)
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


def test_claims_are_narrowed_by_article_speaker_topic_day_language(annotator):
    topic = make_topic("Harbours")
    other = make_claim(stated_on=date(2026, 5, 6))
    claim = make_claim(topics=[topic], stated_on=date(2026, 3, 5))
    Article.objects.filter(pk=claim.article_id).update(language="tr")
    make_claim(stated_on=None)
    for query in (
        f"article={claim.article_id}",
        f"speaker={claim.speaker_id}",
        f"topic={topic.pk}",
        "said_from=2026-03-05&said_until=2026-03-05",
        "said_until=2026-05-05",
        "language=tr",
    ):
        assert listed(annotator, f"{CLAIMS}?{query}") == [claim], query
    assert listed(annotator, f"{CLAIMS}?said_from=2026-03-06") == [other]
    both = f"{CLAIMS}?article={claim.article_id}&speaker={other.speaker_id}"
    assert listed(annotator, both) == []


def test_suggestions_are_narrowed_by_whether_they_are_ready(annotator):
    open_one, ready = suggest_claims(
        make_article(
            "“It ruins the roads of Norrvik every winter,” Ida Falk said. "
            "Ida Falk said that rents in Norrvik had fallen by half in a year."
        )
    ).new
    make_claim(status=ClaimStatus.DRAFT)
    assert listed(annotator, f"{CLAIMS}?ready=yes") == [ready]
    assert listed(annotator, f"{CLAIMS}?ready=no") == [open_one]
    take_step("accept", ready, by=make_user("Annotators"))
    assert listed(annotator, f"{CLAIMS}?ready=yes") == []


def test_claims_and_verdicts_are_narrowed_by_who_has_them(reviewer):
    ida = make_user("Reviewers")
    free = make_claim()
    mine = hand_over(make_claim(), reviewer.user, by=reviewer.user)
    begun = make_verdict(author=ida)
    given = make_verdict(author=ida, assignee=reviewer.user)
    done = make_verdict(author=ida, status=VerdictStatus.PUBLISHED)
    assert set(listed(reviewer, f"{CLAIMS}?person=me")) == {mine, given.claim}
    assert listed(reviewer, f"{CLAIMS}?person={ida.pk}") == [begun.claim]
    assert set(listed(reviewer, f"{CLAIMS}?person=nobody")) == {free, done.claim}
    assert listed(reviewer, f"{VERDICTS}?person={ida.pk}") == [begun]
    assert listed(reviewer, f"{VERDICTS}?speaker={given.claim.speaker_id}") == [given]


def test_rows_are_narrowed_by_their_age(annotator):
    old, _new = make_claim(status=ClaimStatus.DRAFT), make_claim()
    before = timezone.now() - timedelta(days=8)
    Claim.objects.filter(pk=old.pk).update(created_at=before, version=2)
    assert listed(annotator, f"{CLAIMS}?age=7") == [old]
    assert listed(annotator, f"{CLAIMS}?age=30") == []


@pytest.mark.parametrize(
    "query",
    [
        "article=x",
        "speaker=99999999",
        "topic=²",
        "said_from=06/05/2024",
        "person=somebody",
        "age=-1",
        "ready=maybe",
    ],
)
def test_a_filter_without_such_a_value_says_so(annotator, query):
    page = annotator.get(f"{CLAIMS}?{query}")
    assert page.status_code == 400
    assert "This filter has no such value." in page.content.decode()


def test_filters_go_along_with_each_other(annotator):
    claim = make_claim(speaker=make_speaker("Ida Falk"))
    address = f"{CLAIMS}?speaker={claim.speaker_id}&status__exact=listed"
    html = annotator.get(address).content.decode()
    assert '<input type="hidden" name="status__exact" value="listed">' in html
    assert "Ida Falk</option>" in html


# --- Kept lists ---------------------------------------------------------------------


def keep(desk, name, query="", **fields):
    data = {"name": name, "model": "claim", "query": query} | fields
    return desk.post("/admin/lists/save/", data)


def names(desk):
    return [each["saved"].name for each in desk.get("/admin/").context["saved_lists"]]


def test_a_list_is_kept_with_its_filters_on_the_front_page(annotator):
    claim = make_claim()
    answer = keep(annotator, "Falk", f"speaker={claim.speaker_id}&p=2&e=1")
    assert answer.url == f"{CLAIMS}?speaker={claim.speaker_id}"
    assert listed(annotator, answer.url) == [claim]
    assert f'href="{answer.url}"' in annotator.get("/admin/").content.decode()
    # Sent twice it is kept once.
    assert keep(annotator, "Falk", f"speaker={claim.speaker_id}").status_code == 302
    assert SavedFilter.objects.count() == 1


def test_a_list_is_ones_own_until_it_is_shared(annotator, reviewer, editor):
    keep(annotator, "Mine")
    keep(annotator, "Ours", is_shared="on")
    assert names(annotator) == ["Mine", "Ours"]
    assert names(reviewer) == ["Ours"]
    mine, ours = SavedFilter.objects.order_by("name")
    for desk, saved, status in (
        (reviewer, ours, 403),
        (editor, mine, 403),
        (editor, ours, 302),
        (annotator, mine, 302),
    ):
        answer = desk.post(f"/admin/lists/{saved.pk}/drop/")
        assert answer.status_code == status
    assert not SavedFilter.objects.exists()


def test_lists_that_cannot_be_kept_say_why(annotator):
    keep(annotator, "Falk", "status__exact=listed")
    again = keep(annotator, "Falk", "status__exact=draft")
    assert again.status_code == 400
    assert "You have a list of this name." in again.content.decode()
    assert keep(annotator, "").status_code == 400
    assert keep(annotator, "Long", "q=" + "x" * 2000).status_code == 400
    assert keep(annotator, "Other", model="subscription").status_code == 403
    assert keep(annotator, "Other", model="user").status_code == 403
    assert annotator.get("/admin/lists/save/").status_code == 405
    assert annotator.post("/admin/lists/999/drop/").status_code == 404
    assert SavedFilter.objects.count() == 1


def test_a_shared_list_that_somebody_may_not_see_is_not_shown(editor):
    keep(editor, "Mail", model="subscription", is_shared="on")
    assert names(editor) == ["Mail"]
    assert names(signed_in(make_user("Annotators"))) == []
