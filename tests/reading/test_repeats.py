"""What readers see of a repeat: the first verdict, on every door, and what follows."""

import csv
import io
import json
import re

import pytest

from claims.desk import public_record
from claims.desk.relations import confirm, confirm_repeat, suggest, undo
from claims.desk.workflow import take_step
from claims.models import Claim, PublicChange, PublicClaim, Rating
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_user,
    retract,
    revise,
    withdraw,
)

pytestmark = pytest.mark.django_db
CHECKED = "that was checked on"


@pytest.fixture
def first():
    return make_published(make_claim(wording="The harbour opens in May.")).claim


@pytest.fixture
def again(first):
    article = make_article(headline="Harbour again")
    claim = make_claim(article=article, wording="In May it will open.", repeats=first)
    make_claim(article=article, wording="May it is.", repeats=claim)
    return claim


def page(client, claim):
    return client.get(PublicClaim.objects.get(pk=claim.pk).get_absolute_url())


def html(client, claim):
    return " ".join(page(client, claim).content.decode().split())


def row(client, claim):
    text = b"".join(client.get("/claims.csv").streaming_content).decode()
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return next(each for each in rows if each["id"] == str(claim.pk))


def record(client, claim):
    lines = b"".join(client.get("/claims.jsonl").streaming_content).splitlines()
    return next(one for one in map(json.loads, lines) if one["id"] == claim.pk)


def correct(claim, rating, note):
    verdict = revise(Claim.objects.get(pk=claim.pk).verdict, note=note)
    verdict.rating = Rating.objects.get(slug=rating)
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))


def test_a_repeat_shows_the_first_verdict_and_says_that_it_does(client, first, again):
    told = html(client, again)
    assert CHECKED in told
    assert "The record says otherwise." in told
    assert first.get_absolute_url() in told
    assert "Nobody at this desk has checked" not in told
    # No verdict of its own: no markup that would say so.
    assert "ClaimReview" not in told
    assert re.search(r'class="rating-label"[^>]*>False<', told)
    for claim in (first, again):
        assert "said 3 times" in html(client, claim)
    listed = " ".join(client.get("/claims/").content.decode().split())
    assert listed.count("said 3 times") == 3
    assert listed.count("False (repeated)") >= 2
    found = row(client, again)
    told = [found[name] for name in ("review", "rating", "first_rating", "times_said")]
    assert told == ["repeats", "repeats", "1-false", "3.0"]
    line = record(client, again)
    assert (line["verdict"], line["times_said"]) == (None, 3)
    assert line["first_verdict"]["claim"] == first.pk
    assert client.get(f"/api/claims/{again.pk}").json()["first_verdict"]["number"] == 1
    feed = client.get("/claims.atom").content.decode()
    assert "Said 3 times." in feed
    assert CHECKED in feed


def test_lists_filter_repeats_as_what_they_are(client, first, again):
    def found(rating):
        address = f"/claims.csv?rating={rating}"
        return b"".join(client.get(address).streaming_content).decode()

    assert "In May it will open." in found("repeats")
    for rating in ("none", "false"):
        assert "In May it will open." not in found(rating)


def test_a_repeat_follows_the_first_verdict_corrected_retracted_withdrawn(
    client, first, again
):
    before = PublicClaim.objects.get(pk=again.pk)
    seen = client.get(f"/api/claims/{again.pk}")["ETag"]
    correct(first, "true", "A page was missed.")
    # One transaction: the record holds nothing else than its source says.
    assert public_record.differences() == []
    after = PublicClaim.objects.get(pk=again.pk)
    assert after.change_number > before.change_number
    told = PublicChange.objects.get(number=after.change_number)
    assert (told.claim_id, told.kind) == (again.pk, "edited")
    address, sent = f"/api/claims/{again.pk}", {"if-none-match": seen}
    assert client.get(address, headers=sent).status_code == 200
    assert "whose verdict was changed on" in html(client, again)
    assert "A page was missed." in html(client, again)
    assert row(client, again)["first_rating"] == "5-true"
    assert "verdict was changed on" in client.get("/claims.atom").content.decode()
    retract(Claim.objects.get(pk=first.pk).verdict, reason="Another harbour.")
    assert "whose verdict was retracted on" in html(client, again)
    assert row(client, again)["review"] == "not_reviewed"
    assert record(client, again)["first_verdict"]["kind"] == "retracted"
    withdraw(Claim.objects.get(pk=first.pk))
    assert "This repeats" not in html(client, again)
    assert row(client, again)["times_said"] == "1.0"
    assert public_record.differences() == []


def test_a_verdict_of_its_own_counts_and_a_link_undone_leaves_none(
    client, first, again
):
    own = make_published(make_claim(repeats=first), rating="true")
    told = html(client, own.claim)
    assert CHECKED not in told
    assert "ClaimReview" in told
    assert "said 4 times" in told
    undo(again.relations.get(), by=make_user("Annotators"))
    assert "Nobody at this desk has checked" in html(client, again)
    assert row(client, again)["repeats"] == ""
    assert "said 2 times" in html(client, again)
    assert public_record.differences() == []


def test_a_first_that_is_a_draft_or_has_one_says_nothing(client):
    first = make_claim(wording="Not checked yet.")
    again = make_claim(repeats=first)
    told = html(client, again)
    assert "Nobody at this desk has checked" in told
    assert "This repeats" not in told
    # As soon as a verdict is published it is told.
    make_published(first)
    assert CHECKED in html(client, again)


@pytest.mark.parametrize(
    ("kind", "to", "back"),
    [
        (
            "contradicts",
            "Contradicts what Ida Holm said",
            "Contradicts what Bo Lund said",
        ),
        ("supports", "Supports what Ida Holm said", "Supported by what Bo Lund said"),
        (
            "part_of",
            "Part of what Ida Holm said",
            "A part of this is what Bo Lund said",
        ),
    ],
)
def test_confirmed_relations_stand_on_both_pages(client, kind, to, back):
    editor = make_user("Annotators")
    one = make_claim(speaker=make_speaker("Bo Lund"))
    other = make_claim(speaker=make_speaker("Ida Holm"))
    relation = suggest(kind, one, other)
    assert "relates to other claims" not in html(client, one) + html(client, other)
    confirm(relation, by=editor)
    assert to in html(client, one)
    assert back in html(client, other)
    assert record(client, one)["relations"][0]["claim"]["id"] == other.pk
    assert PublicClaim.objects.get(pk=other.pk).change_number > 0
    take_step("withdraw", other, by=make_user("Editors"), comment="Said by nobody.")
    assert "relates to other claims" not in html(client, one)
    assert public_record.differences() == []


@pytest.mark.slow
def test_a_list_of_repeats_costs_the_queries_of_any_list(
    client, first, again, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as lone:
        client.get("/claims/")
    for _n in range(3):
        confirm_repeat(make_claim(), first, by=make_user("Annotators"))
    with django_assert_max_num_queries(len(lone)):
        client.get("/claims/")
