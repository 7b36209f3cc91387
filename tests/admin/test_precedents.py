"""Precedents of a verdict: found by likeness, told apart, and why one differs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.desk.precedents import precedents_of
from claims.desk.workflow import take_step
from claims.models import Rating, Verdict
from tests.admin.conftest import typed
from tests.factories import make_article, make_claim, make_speaker, make_verdict

pytestmark = pytest.mark.django_db

FARES = "Fares on the Nordvik ferry rose by 4.5 per cent last year"
OTHER = "Fares on the Nordvik ferry rose by 5.4 per cent last year"


def said(words, **fields):
    return make_claim(words, article=make_article(f"Ida Falk said: {words}."), **fields)


@pytest.fixture
def speaker(db):
    return make_speaker("Ida Falk")


@pytest.fixture
def earlier(speaker):
    """The same claim, rated mostly true, by the same speaker."""
    verdict = make_verdict(
        said(FARES, speaker=speaker), rating="mostly-true", status="published"
    )
    return verdict.claim


def form_of(verdict):
    return f"/admin/claims/verdict/{verdict.pk}/change/"


def test_precedents_are_the_speakers_and_others_the_most_alike_first(speaker, earlier):
    changed = said(OTHER, speaker=speaker)
    elsewhere = said(FARES)
    said("The lighthouse was painted", speaker=speaker)
    found = precedents_of(said(FARES, speaker=speaker))
    assert [each.claim.pk for each in found.by_speaker] == [earlier.pk, changed.pk]
    assert [each.claim.pk for each in found.by_others] == [elsewhere.pk]
    same, other = found.by_speaker
    assert (same.is_very_close, same.compared.changes) == (True, [])
    [change] = other.compared.changes
    assert not other.is_very_close
    assert (change.before, change.now) == ("5.4 per cent", "4.5 per cent")
    assert [p.text for p in other.compared.pieces_before if p.kind] == ["5.4 per cent"]
    assert [p.text for p in other.compared.pieces_now if p.kind] == ["4.5 per cent"]


def test_only_a_very_close_claim_with_another_rating_is_warned_of(speaker, earlier):
    make_verdict(said(OTHER, speaker=speaker), rating="true", status="published")
    found = precedents_of(said(FARES))
    rated = {each.slug: each for each in Rating.objects.all()}
    assert [each.claim.pk for each in found.unlike(rated["false"])] == [earlier.pk]
    assert found.unlike(rated["mostly-true"]) == found.unlike(None) == ()


def test_a_form_asks_why_only_where_a_rating_is_unlike(reviewer, speaker, earlier):
    alone = make_verdict(said("The lighthouse was painted"))
    assert "differs_reason" not in reviewer.get(form_of(alone)).content.decode()
    claim = said(FARES, speaker=speaker)
    verdict = make_verdict(claim, author=reviewer.user, rating="mostly-true")
    page = reviewer.get(form_of(verdict))
    assert 'id="unlike" role="status" hidden' in page.content.decode()
    # Saved, and not refused: what is said is the desk's own to weigh.
    false = Rating.objects.get(slug="false")
    data = typed(page, rating=false.pk, _continue="1")
    saved = reviewer.post(form_of(verdict), data, follow=True)
    assert "Say why this one differs" in saved.content.decode()
    assert 'id="unlike" role="status">' in saved.content.decode()
    verdict.refresh_from_db()
    assert verdict.rating == false
    data = typed(saved, differs_reason="The fares of the year before were wrong.")
    told = reviewer.post(form_of(verdict), data, follow=True).content.decode()
    assert "Say why this one differs" not in told
    assert Verdict.objects.get(pk=verdict.pk).differs_reason.startswith("The fares")


def test_whoever_approves_reads_why_and_readers_do_not(
    editor, reviewer, client, speaker, earlier
):
    def approval_page(**fields):
        claim = said(FARES, speaker=speaker)
        fields |= {"author": reviewer.user, "status": "in_review"}
        verdict = make_verdict(claim, **fields)
        page = editor.get(f"/admin/claims/verdict/{verdict.pk}/approve/")
        assert "is rated otherwise" in page.content.decode()
        return verdict, page.content.decode()

    verdict, page = approval_page(differs_reason="canary reason")
    assert "canary reason" in page
    take_step("publish", verdict, by=editor.user)
    address = verdict.claim.get_absolute_url()
    for each in (address, "/claims.jsonl", "/claims.csv"):
        answer = client.get(each)
        body = b"".join(answer) if answer.streaming else answer.content
        assert b"The record says otherwise" in body, each
        assert b"canary reason" not in body, each
    _verdict, page = approval_page(rating="true")
    assert "Nobody has said why it differs" in page


def test_a_form_looks_for_precedents_once_however_many_there_are(
    reviewer, speaker, earlier
):
    verdict = make_verdict(said(FARES, speaker=speaker), author=reviewer.user)
    reviewer.get(form_of(verdict))

    def queries():
        with CaptureQueriesContext(connection) as found:
            reviewer.get(form_of(verdict))
        assert sum("claims_lexemecount" in each["sql"] for each in found) == 1
        return len(found)

    few = queries()
    for _n in range(4):
        said(OTHER, speaker=speaker)
        said(FARES)
    assert queries() == few
