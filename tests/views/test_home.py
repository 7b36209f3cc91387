"""The front page: what stands at its head, and what an empty one says."""

import re

import pytest

from claims.desk.workflow import take_step
from tests.factories import (
    checked,
    make_claim,
    make_published,
    make_speaker,
    make_user,
    retract,
    revise,
)

pytestmark = pytest.mark.django_db


def parts(client):
    """Return the keys of the claims in each part of the page, and its words."""
    html = client.get("/").content.decode()
    found = {}
    for name in ("home-lead", "home-grid", "home-corrections", "claim-list"):
        part = re.search(
            rf'class="[^"]*{name}.*?(?=class="home-|</section>)', html, re.S
        )
        links = re.findall(
            r"<h3[^>]*>\s*<a href=\"/claims/(\d+)-", part[0] if part else ""
        )
        found[name] = [int(key) for key in links]
    return found, " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_newest_verdict_leads_and_a_correction_is_told(client):
    first, second, third = (make_published(make_claim()).claim for _n in range(3))
    unseen = make_claim()
    verdict = revise(first.verdict, kind="rating_changed", note="A page was missed.")
    assert parts(client)[0]["home-corrections"] == []
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))
    found, words = parts(client)
    assert found == {
        "home-lead": [first.pk],
        "home-grid": [third.pk, second.pk],
        "home-corrections": [first.pk],
        "claim-list": [unseen.pk],
    }
    assert "Rating changed" in words
    # What is taken back leads nobody any more.
    first.refresh_from_db()
    retract(first.verdict)
    assert parts(client)[0]["home-lead"] == [third.pk]


def test_the_front_page_costs_the_same_however_much_there_is(
    client, django_assert_num_queries
):
    make_published(make_claim())
    with django_assert_num_queries(6):
        client.get("/")
    for _n in range(4):
        make_published(make_claim())
        make_claim()
    with django_assert_num_queries(6):
        client.get("/")


def test_initials_stand_for_a_speaker_and_are_read_to_nobody(client):
    for name in ("Ida Falk", "Unnamed friend of the port", "Ğ. Öz", "東京都"):
        make_claim(speaker=make_speaker(name))
    html = client.get("/").content.decode()
    found = re.findall(r'class="initials" aria-hidden="true">([^<]*)<', html)
    assert set(found) == {"IF", "U", "ĞÖ", "東"}
