"""Earlier claims beside the one that is being made: asked, decided, stored with it."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from claims.desk.workflow import take_step
from claims.models import Claim, ClaimRelation, Rating
from tests.admin.annotate.desk import Desk
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_speaker,
    make_user,
    revise,
)
from tests.factories import make_verdict as verdict_on

pytestmark = pytest.mark.django_db

FARES = "Fares on the Nordvik ferry rose by 4.5 per cent last year"
OTHER = "Fares on the Nordvik ferry rose by 5.4 per cent last year"
BODY = f"Ida Falk spoke again. {FARES}, she said. Nobody answered."


@pytest.fixture
def falk(db):
    return make_speaker("Ida Falk")


@pytest.fixture
def earlier(falk):
    """What Ida Falk said before, rated false."""
    article = make_article(f"{FARES}.", published_on=date(2025, 3, 2))
    claim = make_claim(FARES, article=article, speaker=falk)
    verdict_on(claim, status="published")
    return claim


@pytest.fixture
def desk(earlier):
    return Desk(make_article(BODY), make_user("Annotators", username="ann"))


def asked(desk, **data):
    answer = desk.post("earlier/", **data)
    assert answer.status_code == 200, answer.content
    return answer.json()["found"]


# --- Asked ----------------------------------------------------------------------------


def test_an_earlier_claim_is_told_with_speaker_day_rating_and_what_differs(
    desk, earlier, falk
):
    [same] = asked(desk, wording=FARES, speaker=falk.pk)
    assert (same["id"], same["speaker"], same["stated_on"]) == (
        earlier.pk,
        "Ida Falk",
        "2025-03-02",
    )
    assert same["rating"]["label"] == "False"
    assert same["is_very_close"] is True
    assert same["changes"] == []
    [changed] = asked(desk, wording=OTHER)
    assert changed["is_very_close"] is False
    assert changed["changes"] == [["number", "4.5 per cent", "5.4 per cent"]]
    assert ["4.5 per cent", "number"] in changed["words"]
    assert ["5.4 per cent", "number"] in changed["own"]


def test_at_most_three_are_offered_and_nothing_where_nothing_is_alike(desk):
    for _n in range(4):
        make_claim(FARES, article=make_article(BODY))
    assert len(asked(desk, wording=FARES)) == 3
    for nothing in ("", "the of and", "Lighthouses need paint"):
        assert asked(desk, wording=nothing) == []


def test_a_stored_claim_is_not_offered_itself(desk, earlier):
    claim = make_claim(FARES, article=desk.article)
    found = asked(desk, wording=FARES, claim=claim.pk)
    assert [each["id"] for each in found] == [earlier.pk]


def test_whoever_has_to_rate_a_claim_blind_is_not_told_how_its_like_was_rated(
    desk, earlier
):
    claim = make_claim(FARES, article=desk.article)
    verdict = verdict_on(claim, author=make_user("Reviewers"))
    take_step("submit", verdict, by=verdict.author)
    rater = make_user("Editors")
    blind = Desk(desk.article, rater)
    [found] = asked(blind, wording=FARES, claim=claim.pk)
    assert found["rating"]["label"] == "not before you have rated"
    assert "False" not in str(found)
    # Of another claim, what every reader sees is told.
    assert asked(blind, wording=FARES)[0]["rating"]["label"] == "False"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"wording": 7},
        {"wording": "x", "claim": -1},
        {"wording": "x", "speaker": "a"},
    ],
)
def test_a_senseless_question_is_refused(desk, data):
    assert desk.post("earlier/", **data).status_code == 400


def test_only_who_may_see_claims_may_ask(desk):
    assert Desk(desk.article, make_user()).post("earlier/").status_code in (302, 403)


# --- Decided --------------------------------------------------------------------------


def created(desk, *earlier):
    """Make a claim with decisions on earlier ones; return the answer."""
    return desk.post(
        "claims/",
        client_id=str(uuid4()),
        text=desk.article.current_text_id,
        marks=[desk.mark(FARES)],
        fields={},
        earlier=[*earlier],
    )


def test_a_new_claim_is_stored_as_a_repeat_where_somebody_says_so(desk, earlier):
    shown = created(desk, {"of": earlier.pk, "is": "repeat"}).json()["claim"]
    claim = Claim.objects.get(pk=shown["id"])
    assert claim.repeats == earlier
    assert shown["repeats"] == {"id": earlier.pk, "words": [[FARES, ""]]}
    relation = ClaimRelation.objects.get()
    assert (relation.is_confirmed, relation.decided_by) == (True, desk.user)
    # Once it is said, nothing is asked.
    assert asked(desk, wording=FARES, claim=claim.pk) == []
    # And taken back, it is asked again.
    taken = desk.change(claim, fields={}, earlier=[{"of": earlier.pk, "is": "offer"}])
    assert taken.json()["claim"]["repeats"] is None
    assert len(asked(desk, wording=FARES, claim=claim.pk)) == 1


def test_without_a_decision_nothing_is_linked(desk, earlier):
    shown = created(desk).json()["claim"]
    assert shown["repeats"] is None
    assert not ClaimRelation.objects.exists()


def test_what_was_dismissed_is_never_offered_again_for_that_claim(desk, earlier):
    shown = created(desk, {"of": earlier.pk, "is": "dismiss"}).json()["claim"]
    assert asked(desk, wording=FARES, claim=shown["id"]) == []
    # Of another claim it may be the same.
    assert len(asked(desk, wording=FARES)) == 1
    claim = Claim.objects.get(pk=shown["id"])
    assert claim.repeats is None
    desk.change(claim, fields={}, earlier=[{"of": earlier.pk, "is": "offer"}])
    assert len(asked(desk, wording=FARES, claim=claim.pk)) == 1


@pytest.mark.parametrize(
    "row",
    [{"of": 999_999, "is": "repeat"}, {"of": 1, "is": "merge"}, {"is": "repeat"}, {}],
)
def test_a_senseless_decision_is_refused_and_no_claim_is_made(desk, row):
    before = Claim.objects.count()
    assert created(desk, row).status_code == 400
    assert Claim.objects.count() == before


def test_whoever_may_only_look_decides_nothing(desk, earlier):
    claim = make_claim(FARES, article=desk.article)
    looking = Desk(desk.article, make_user("Reviewers"))
    looking.user.groups.clear()
    looking.user.user_permissions.set(view_rights())
    sent = [{"of": earlier.pk, "is": "repeat"}]
    assert looking.change(claim, fields={}, earlier=sent).status_code == 403
    assert not ClaimRelation.objects.exists()


def view_rights():
    return Permission.objects.filter(codename__in=["view_article", "view_claim"])


# --- In a browser ---------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_key_makes_a_repeat_which_then_follows_the_first_verdict(at_desk, client):
    falk = make_speaker("Ida Falk")
    first = make_claim(FARES, article=make_article(f"{FARES}."), speaker=falk)
    verdict = verdict_on(first, status="published")
    article = make_article(BODY)
    desk = at_desk(article, make_user("Editors"))
    desk.drag(FARES)
    desk.press("Enter")
    shown = desk.page.locator("#form-earlier .an-before")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("very close")
    expect(shown).to_contain_text("✗ False")
    assert desk.accessible() == []
    # Nothing is linked before the key; saved without it, nothing ever is.
    desk.page.keyboard.press("F8")
    expect(desk.page.locator("#form-earlier")).to_contain_text("It repeats")
    assert not ClaimRelation.objects.exists()
    desk.page.keyboard.press("Control+Enter")
    desk.says("Saved")
    repeat = Claim.objects.get(article=article)
    assert repeat.repeats == first
    repeat = take_step("list", repeat, by=make_user("Editors"))
    assert told_of(client, repeat) == ("False", "1-false", "False")
    # The first verdict is corrected by two people: all that repeats it follows.
    author = make_user("Reviewers")
    verdict = revise(verdict, by=author, kind="rating_changed")
    verdict.rating = Rating.objects.get(slug="mixed")
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))
    assert told_of(client, repeat) == ("Mixed", "3-mixed", "Mixed")


def told_of(client, repeat):
    """Return the first verdict as a repeat's page, row of the CSV and entry tell it."""
    page = client.get(repeat.get_absolute_url()).content.decode()
    [label] = re.findall(r'is-repeat".*?class="rating-label"\s*>(\w+)<', page, re.S)
    table = b"".join(client.get("/claims.csv")).decode()
    rows = csv.DictReader(io.StringIO(table))
    [rating] = [row["first_rating"] for row in rows if row["id"] == str(repeat.pk)]
    feed = client.get("/claims.atom").content.decode()
    [entry] = re.findall(r"This repeats a claim [^:<]*: (\w+)", feed)
    return label, rating, entry
