"""Claims of one speaker that contradict: offered, confirmed, shown side by side."""

from datetime import date

import pytest

from claims.desk.contradictions import (
    decide_on_contradiction,
    possible_contradictions,
)
from claims.desk.relations import undo
from claims.models import ClaimRelation, PublicClaim
from tests.admin.conftest import signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
    withdraw,
)

pytestmark = pytest.mark.django_db

WILL = "The Nordvik ferry will sail every day in winter"
WILL_NOT = "The Nordvik ferry will not sail every day in winter"


@pytest.fixture
def falk(db):
    return make_speaker("Ida Falk")


def said(words, speaker, day):
    article = make_article(f"{speaker} said: {words}.", published_on=day)
    return make_claim(words, article=article, speaker=speaker, stated_on=day)


@pytest.fixture
def both(falk):
    """What Ida Falk said first, and what she said a year later."""
    first = said(WILL, falk, date(2025, 2, 1))
    return first, said(WILL_NOT, falk, date(2026, 2, 1))


@pytest.fixture
def editor(db):
    return make_user("Editors")


def page_of(speaker):
    return f"/speakers/{speaker.slug}/contradictions/"


def desk_page(speaker):
    return f"/admin/claims/speaker/{speaker.pk}/contradictions/"


def test_claims_alike_but_for_a_number_or_a_negation_are_offered(both, falk):
    first, second = both
    said("The Nordvik ferry will sail every day in spring", falk, date(2025, 3, 1))
    said(WILL_NOT, make_speaker("Tom Reeve"), date(2025, 3, 2))
    [pair] = [
        each
        for each in possible_contradictions(falk)
        if {each.earlier.wording, each.later.wording} == {WILL, WILL_NOT}
    ]
    assert (pair.earlier.pk, pair.later.pk) == (first.pk, second.pk)
    [change] = pair.compared.changes
    assert (change.kind, change.before, change.now) == ("negation", "", "not")


def test_what_was_decided_is_not_offered_again(both, falk, editor):
    first, second = both
    decide_on_contradiction(second, first, is_one=False, by=editor)
    assert possible_contradictions(falk) == []
    # Nor the other way round.
    relation = decide_on_contradiction(first, second, is_one=True, by=editor)
    assert possible_contradictions(falk) == []
    undo(relation, by=editor)
    assert len(possible_contradictions(falk)) == 1


def test_both_stand_side_by_side_with_day_verdict_and_link(client, both, falk, editor):
    first, second = both
    make_verdict(first, rating="true", status="published")
    empty = client.get(page_of(falk)).content.decode()
    assert "Nobody at the desk has found two listed claims of Ida Falk" in empty
    assert 'content="noindex"' in empty
    speaker_page = client.get(falk.get_absolute_url()).content.decode()
    assert page_of(falk) not in speaker_page
    assert page_of(falk) not in client.get("/sitemap.xml").content.decode()
    decide_on_contradiction(second, first, is_one=True, by=editor)
    html = client.get(page_of(falk)).content.decode()
    earlier, later = (html.index(f'href="{c.get_absolute_url()}"') for c in both)
    assert earlier < later
    assert html.index("1 February 2025") < html.index("1 February 2026")
    assert 'title="a negation, or the opposite">not</mark>' in html
    assert "only now, “not”" in html
    assert "True" in html[:later]
    assert page_of(falk) in client.get(falk.get_absolute_url()).content.decode()
    assert page_of(falk) in client.get("/sitemap.xml").content.decode()


def test_what_readers_no_longer_see_leaves_the_page(client, both, falk, editor):
    first, second = both
    make_verdict(second, status="published")
    second.refresh_from_db()
    decide_on_contradiction(second, first, is_one=True, by=editor)
    withdraw(second)
    html = client.get(page_of(falk)).content.decode()
    assert WILL_NOT not in html and "Nobody at the desk" in html
    assert page_of(falk) not in client.get("/sitemap.xml").content.decode()


def test_contradictions_of_two_speakers_are_none_of_one(client, falk, editor):
    reeve = make_speaker("Tom Reeve")
    first = said(WILL, falk, date(2025, 2, 1))
    second = said(WILL_NOT, reeve, date(2026, 2, 1))
    decide_on_contradiction(second, first, is_one=True, by=editor)
    for speaker in (falk, reeve):
        assert "Nobody at the desk" in client.get(page_of(speaker)).content.decode()
    assert "contradictions" not in client.get("/sitemap.xml").content.decode()


def test_nobody_has_a_page_whom_readers_do_not_know(client):
    unknown = make_speaker("Nobody Knows")
    assert client.get(page_of(unknown)).status_code == 404
    assert client.get("/speakers/never/contradictions/").status_code == 404


def test_each_of_both_claims_is_news_to_who_keeps_a_copy(both, editor):
    numbers = PublicClaim.objects.values_list("change_number", flat=True)
    before = max(numbers)
    decide_on_contradiction(*reversed(both), is_one=True, by=editor)
    assert min(numbers.all()) > before


# --- At the desk ----------------------------------------------------------------------


def test_one_press_confirms_a_pair(both, falk, editor):
    desk = signed_in(editor)
    shown = desk.get(desk_page(falk)).content.decode()
    assert "only now, “not”" in shown
    first, second = both
    sent = {"earlier": first.pk, "later": second.pk, "decision": "yes"}
    assert desk.post(desk_page(falk), sent).status_code == 302
    relation = ClaimRelation.objects.get()
    assert (relation.kind, relation.is_confirmed) == ("contradicts", True)
    assert relation.decided_by == editor
    assert "Nothing to decide" in desk.get(desk_page(falk)).content.decode()


def test_what_is_no_pair_of_the_speaker_is_refused(both, falk, editor):
    desk, (first, second) = signed_in(editor), both
    other = said(WILL, make_speaker("Tom Reeve"), date(2025, 2, 1))
    for sent in (
        {},
        {"earlier": first.pk, "later": second.pk},
        {"earlier": first.pk, "later": "x", "decision": "yes"},
        {"earlier": first.pk, "later": first.pk, "decision": "yes"},
        {"earlier": first.pk, "later": other.pk, "decision": "yes"},
    ):
        answer = desk.post(desk_page(falk), sent)
        assert answer.status_code == 400, sent
        assert "errornote" in answer.content.decode()
    assert not ClaimRelation.objects.exists()


def test_whoever_may_only_look_decides_nothing(both, falk):
    somebody = make_user("Annotators")
    somebody.groups.clear()
    desk, (first, second) = signed_in(somebody), both
    sent = {"earlier": first.pk, "later": second.pk, "decision": "yes"}
    assert desk.post(desk_page(falk), sent).status_code == 403
