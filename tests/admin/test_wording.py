"""The desk's pages show where wording and words differ, and take a tick for it."""

import re

import pytest

from claims.desk.wording import words_digest
from claims.desk.workflow import take_step
from claims.models import Claim, PublishedVerdict, WordingCheck
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.admin.annotate.desk import Desk
from tests.admin.conftest import approval, signed_in, typed
from tests.factories import make_article, make_claim, make_user, make_verdict

RATE = "unemployment had fallen to 36 per cent"
WORDING = "Unemployment fell to 38 per cent."
BODY = f"The Harbour Board said that {RATE}. Ida Falk was there."
DIGEST = words_digest(WORDING, RATE)
pytestmark = pytest.mark.django_db
SHOWN = (
    '<mark class="differs" title="another number">38 per cent</mark>',
    '<mark class="differs" title="another number">36 per cent</mark>',
)


@pytest.fixture
def claim():
    return make_claim(RATE, article=make_article(BODY), cue="said", wording=WORDING)


def in_review(claim):
    verdict = make_verdict(claim, status=VerdictStatus.DRAFT)
    return take_step("submit", verdict, by=verdict.author, words_checked=DIGEST)


def assert_asks(response, status=200):
    assert response.status_code == status
    text = response.content.decode()
    assert all(shown in text for shown in SHOWN)
    assert re.search(f'name="words_checked" value="{DIGEST}"', text)


@pytest.mark.slow
def test_the_claim_form_asks_before_it_saves(annotator):
    article = make_article(BODY)
    claim = make_claim(RATE, article=article, status=ClaimStatus.DRAFT)
    page = f"/admin/claims/claim/{claim.pk}/change/"
    data = typed(annotator.get(page), wording=WORDING)
    refused = annotator.post(page, data)
    assert_asks(refused, 422)
    claim.refresh_from_db()
    assert claim.wording == RATE
    stale = annotator.post(page, data | {"words_checked": words_digest("x", RATE)})
    assert stale.status_code == 422
    assert annotator.post(page, data | {"words_checked": DIGEST}).status_code == 302
    assert Claim.objects.get().wording == WORDING
    assert WordingCheck.objects.get().by == annotator.user


def test_the_annotation_desk_refuses_and_says_where_they_differ():
    desk = Desk(make_article(BODY), make_user("Annotators"))
    answer = desk.create(desk.mark(RATE), wording=WORDING)
    assert answer.status_code == 422
    asked = answer.json()["words"]
    assert asked["digest"] == DIGEST
    assert ["38 per cent", "number"] in asked["wording"]
    assert ["36 per cent", "number"] in asked["quote"]
    assert not Claim.objects.exists()


@pytest.mark.slow
def test_the_verdict_form_shows_it_and_submits_with_the_tick_alone(claim):
    verdict = make_verdict(claim)
    author = signed_in(verdict.author)
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    form = author.get(page)
    assert_asks(form)
    answer = author.post(page, typed(form, _step="submit"), follow=True)
    assert "has to wait" in answer.content.decode()
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.DRAFT
    data = typed(author.get(page), _step="submit", words_checked=DIGEST)
    author.post(page, data)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.IN_REVIEW


def test_the_step_by_itself_asks_on_its_page(claim):
    verdict = make_verdict(claim)
    author = signed_in(verdict.author)
    page = f"/admin/claims/verdict/{verdict.pk}/step/submit/"
    assert_asks(author.get(page))
    data = {"version": verdict.version, "comment": ""}
    assert_asks(author.post(page, data), 422)
    assert author.post(page, data | {"words_checked": DIGEST}).status_code == 302


@pytest.mark.slow
def test_approving_shows_it_and_publishes_nothing_without_the_tick(claim, editor):
    verdict = in_review(claim)
    assert_asks(editor.get(f"/admin/claims/verdict/{verdict.pk}/approve/"))
    page = f"/admin/claims/verdict/{verdict.pk}/step/publish/"
    data = approval(editor, verdict)
    refused = editor.post(page, data)
    assert_asks(refused, 422)
    assert not PublishedVerdict.objects.exists()
    assert editor.post(page, data | {"words_checked": DIGEST}).status_code == 302
    assert PublishedVerdict.objects.get().approver == editor.user
