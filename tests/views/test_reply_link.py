"""Under a link somebody answers without an account, once, and sees nothing else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.desk import replies
from claims.models import ReplyRequest
from claims.models.choices import ClaimStatus
from claims.views import replies as view
from tests.factories import make_user, make_verdict
from tests.views.test_visibility import CANARY, MOMENTARY, hidden_claim, sent, spoil

pytestmark = pytest.mark.django_db

ANSWER = "We counted again."


@pytest.fixture(autouse=True)
def full_buckets():
    view.buckets.buckets.clear()


@pytest.fixture
def asked():
    """A request and the token of its link; all else of the verdict has the canary."""
    claim = hidden_claim(1, status=ClaimStatus.DRAFT)
    verdict = make_verdict(claim, author=make_user("Reviewers"))
    spoil(verdict)
    request = replies.ask(
        verdict,
        by=verdict.author,
        kind="reply",
        person=f"Person {CANARY}",
        role=f"Role {CANARY}",
        channel="email",
        question="Where does the figure come from?",
        asked_on=timezone.localdate(),
        until=timezone.localdate() + timedelta(days=3),
    )
    # Of the request itself, the words asked about and the question alone.
    other = replies.ask(
        verdict,
        by=verdict.author,
        kind="expert",
        person=f"Other {CANARY}",
        channel="phone",
        question=f"Question {CANARY}",
        asked_on=timezone.localdate(),
        until=timezone.localdate(),
    )
    replies.enter_answer(
        other,
        by=verdict.author,
        answer=f"Answer {CANARY}",
        answered_on=timezone.localdate(),
    )
    return request, replies.make_link(request, by=verdict.author)


def test_whoever_was_asked_sees_the_words_and_the_question_alone(asked):
    request, token = asked
    response = Client().get(f"/reply/{token}/")
    assert response.status_code == 200
    text = sent(response)
    assert request.words in text and request.question in text
    assert CANARY in request.words
    assert CANARY not in text.replace(request.words, "")


def test_the_address_goes_to_no_other_page_and_into_no_index(asked):
    _request, token = asked
    client = Client()
    responses = [
        client.get(f"/reply/{token}/"),
        client.get(f"/reply/{'x' * 43}/"),
        client.post(f"/reply/{token}/", {"answer": ""}),
        client.post(f"/reply/{token}/", {"answer": ANSWER}),
        client.get("/reply/sent/"),
    ]
    assert [each.status_code for each in responses] == [200, 404, 400, 302, 200]
    for response in responses:
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies
    for response in responses[:4]:
        assert "no-store" in response["Cache-Control"]
    # The page that follows has an address without the token.
    assert token not in responses[3]["Location"]


def test_an_answer_is_taken_once_without_account_and_cookie(asked):
    request, token = asked
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/reply/{token}/", {"answer": f" {ANSWER} "})
    assert response["Location"] == "/reply/sent/"
    request.refresh_from_db()
    assert (request.answer, request.entered_by) == (ANSWER, None)
    assert request.answered_on == timezone.localdate()
    assert strict.get(f"/reply/{token}/").status_code == 404
    assert strict.post(f"/reply/{token}/", {"answer": "Other."}).status_code == 404
    # A double click is no error, and changes nothing.
    assert strict.post(f"/reply/{token}/", {"answer": ANSWER}).status_code == 302
    request.refresh_from_db()
    assert request.answer == ANSWER


@pytest.mark.parametrize("answer", ["", "  ", "\u2060", "x" * 20_001, "a\0b"])
def test_what_is_no_answer_leaves_the_link_open(asked, answer):
    request, token = asked
    response = Client().post(f"/reply/{token}/", {"answer": answer})
    assert response.status_code == 400
    assert b"Not sent yet." in response.content
    request.refresh_from_db()
    assert request.answer == ""
    assert Client().get(f"/reply/{token}/").status_code == 200


def test_a_link_that_is_used_over_or_made_up_cannot_be_told_apart(asked):
    request, token = asked

    def answer(token):
        return re.sub(MOMENTARY, "", sent(Client().get(f"/reply/{token}/")))

    made_up = answer("x" * 43)
    ReplyRequest.objects.filter(pk=request.pk).update(
        link_until=timezone.now() - timedelta(seconds=1)
    )
    assert answer(token) == made_up
    token = replies.make_link(request, by=request.asked_by)
    replies.answer_by_link(token, ANSWER)
    assert answer(token) == made_up


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "ğ" * 43])
def test_a_senseless_token_is_not_here(token):
    assert Client().get(f"/reply/{token}/").status_code == 404
    assert Client().post(f"/reply/{token}/", {"answer": "x"}).status_code == 404


def test_nobody_tries_tokens_without_end(asked, monkeypatch):
    _request, token = asked
    monkeypatch.setattr(view, "TRIES_A_MINUTE", 3)
    client = Client()
    answers = [client.get(f"/reply/{n:043}/").status_code for n in range(4)]
    assert answers == [404, 404, 404, 429]
    response = client.get(f"/reply/{token}/")
    assert response.status_code == 429 and response["Retry-After"]
    other = client.get(f"/reply/{token}/", REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 200
