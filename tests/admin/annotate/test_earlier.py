"""Earlier claims beside the one that is being made: asked, decided, stored with it."""

from datetime import date

import pytest

from claims.desk.workflow import take_step
from tests.admin.annotate.desk import Desk
from tests.factories import make_article, make_claim, make_speaker, make_user
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
