"""The Atom feeds: valid, of exactly the list asked for, newest change first."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from claims import feeds
from claims.models import Claim
from claims.models.choices import ClaimStatus, PublicationKind
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    retract,
    withdraw,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, path):
    """Return a feed's root, checked for what RFC 4287 requires."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - the site's own
    assert root.tag == f"{ATOM}feed"
    for node in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            [found] = node.findall(ATOM + name)
            assert found.text.strip()
        moment = datetime.fromisoformat(node.find(f"{ATOM}updated").text)
        assert moment.tzinfo is not None
        assert node.find(f"{ATOM}author/{ATOM}name").text
        links = node.findall(f"{ATOM}link")
        assert links
        for link in links:
            assert link.get("href").startswith("http://testserver/")
    [own] = [x for x in root.findall(f"{ATOM}link") if x.get("rel") == "self"]
    assert own.get("href") == f"http://testserver{path}"
    ids = [entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    times = [e.find(f"{ATOM}updated").text for e in root.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    return root


def titles(root):
    return [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]


def test_the_feed_holds_the_claims_of_the_filtered_list(client):
    speaker = make_speaker("Ida Falk")
    make_published(make_claim(speaker=speaker, wording="It is false."))
    make_claim(speaker=speaker, wording="Nobody knows.")
    make_claim(wording="Another speaker's.")
    make_claim(speaker=speaker, wording="A draft.", status=ClaimStatus.DRAFT)
    found = titles(feed(client, f"/claims.atom?speaker={speaker.slug}"))
    assert sorted(found) == ["It is false.", "Nobody knows."]
    assert titles(feed(client, "/claims.atom?rating=false")) == ["It is false."]
    assert len(titles(feed(client, "/claims.atom"))) == 3


def test_an_entry_sets_the_printed_marks_within_its_own(client):
    words = "“The light”, she said, “is out.”"
    make_claim(words, article=make_article(words))
    summary = feed(client, "/claims.atom").find(f"{ATOM}entry/{ATOM}summary").text
    assert "“‘The light’, she said, ‘is out.’”" in summary


def test_a_reviewed_claim_comes_back_to_the_top(client):
    old, new = make_claim(wording="Old."), make_claim(wording="New.")
    assert titles(feed(client, "/claims.atom")) == ["New.", "Old."]
    make_published(old)
    root = feed(client, "/claims.atom")
    assert titles(root) == ["Old.", "New."]
    assert new.wording in titles(root)


def test_an_entry_keeps_its_id_when_its_verdict_changes(client):
    claim = make_claim()
    before = feed(client, "/claims.atom").find(f"{ATOM}entry/{ATOM}id").text
    make_published(claim)
    assert feed(client, "/claims.atom").find(f"{ATOM}entry/{ATOM}id").text == before
    assert re.fullmatch(rf"tag:testserver,\d{{4}}-\d\d-\d\d:claim-{claim.pk}", before)


def test_an_entry_tells_the_verdict_and_the_printed_words(client):
    claim = make_published().claim
    entry = feed(client, "/claims.atom").find(f"{ATOM}entry")
    summary = entry.find(f"{ATOM}summary").text
    assert "False. The record says otherwise." in summary
    assert claim.quote in summary
    assert entry.find(f"{ATOM}category").get("term") == "False"


def test_a_retracted_verdict_is_told_without_its_words(client):
    claim = make_published().claim
    retract(claim.verdict, reason="Wrong.")
    summary = feed(client, "/claims.atom").find(f"{ATOM}entry/{ATOM}summary").text
    assert "The verdict was retracted." in summary
    assert "The record says otherwise." not in summary


def test_a_senseless_filter_is_refused_with_its_name(client):
    response = client.get("/claims.atom?colour=red")
    assert response.status_code == 400
    assert b"colour" in response.content


def test_every_correction_and_withdrawal_is_an_entry_with_its_note(client):
    claim = make_published().claim
    correct(claim, PublicationKind.CLARIFIED, "A word was unclear.", summary="Clear.")
    correct(claim, PublicationKind.RATING_CHANGED, "A page was missed.", summary="Two.")
    withdrawn = make_published().claim
    correct(withdrawn, note="Otherwise.", summary="Other.")
    withdrawn.refresh_from_db()
    withdraw(withdrawn, reason="No claim.")
    root = feed(client, "/corrections.atom")
    notes = [e.find(f"{ATOM}summary").text for e in root.findall(f"{ATOM}entry")]
    assert notes[:2] == ["No claim.", "Otherwise."]
    assert notes[2:] == ["A page was missed.", "A word was unclear."]
    assert titles(root)[0] == f"Withdrawn: {withdrawn.wording}"
    assert titles(root)[2] == f"Rating changed: {claim.wording}"


def test_empty_feeds_are_valid(client):
    assert titles(feed(client, "/claims.atom")) == []
    assert titles(feed(client, "/corrections.atom")) == []


def test_words_with_the_signs_of_xml_are_one_title(client):
    make_claim(wording="A bell rang & <rang> twice.")
    assert titles(feed(client, "/claims.atom")) == ["A bell rang & <rang> twice."]


@pytest.mark.slow
def test_the_feeds_cost_the_same_queries_however_many_entries(
    client, django_assert_num_queries
):
    article = make_article()
    for _n in range(2):
        correct(make_published(make_claim(article=article)).claim, summary="Other.")
        with django_assert_num_queries(3):
            feed(client, "/claims.atom")
        # The corrections, and the newest head.
        with django_assert_num_queries(3):
            feed(client, "/corrections.atom")
    assert Claim.objects.count() == 2


def link_of(root, rel):
    links = [x for x in root.findall(f"{ATOM}link") if x.get("rel") == rel]
    return links[0].get("href").removeprefix("http://testserver") if links else None


@pytest.mark.parametrize("path", ["/claims.atom", "/claims.atom?rating=none"])
def test_a_feed_goes_on_to_its_oldest_entry(client, monkeypatch, path):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    article = make_article()
    made = [
        make_claim(article=article, wording=f"Entry {'abcde'[n]}.") for n in range(5)
    ]
    if "?" not in path:
        # Reviewed since, so that what was listed first comes first.
        make_published(made[0])
    found, following = [], path
    while following:
        root = feed(client, following)
        assert link_of(root, "first") == path
        assert root.find(f"{ATOM}id").text == f"http://testserver{path}"
        found += titles(root)
        following = link_of(root, "next")
    order = [0, 4, 3, 2, 1] if "?" not in path else [4, 3, 2, 1, 0]
    assert found == [f"Entry {'abcde'[n]}." for n in order]


def test_the_feed_of_corrections_goes_on_too(client, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 1)
    for number in range(2):
        claim = make_published(make_claim(wording=f"Entry {'ab'[number]}.")).claim
        correct(claim, PublicationKind.CLARIFIED, summary="Clearer.")
    first = feed(client, "/corrections.atom")
    second = feed(client, link_of(first, "next"))
    assert titles(first) + titles(second) == [
        "Clarified: Entry b.",
        "Clarified: Entry a.",
    ]
    assert link_of(second, "next") is None


@pytest.mark.parametrize(
    ("query", "name"),
    [("order=oldest", "order"), ("before=x", "before"), ("after=yesterday", "after")],
)
def test_a_feed_refuses_another_order_and_a_place_that_is_none(client, query, name):
    response = client.get(f"/claims.atom?{query}")
    assert response.status_code == 400
    assert response.text.startswith(f"{name}: ")


def test_what_looks_like_markup_is_told_as_text(client):
    claim = make_claim(wording="Growth stays <below> & <a>click</a>.")
    entry = feed(client, "/claims.atom").find(f"{ATOM}entry")
    for name in ("title", "summary"):
        assert entry.find(ATOM + name).get("type") == "text"
    assert entry.find(f"{ATOM}title").text == claim.wording
    assert entry.find(f"{ATOM}link").get("href") == (
        f"http://testserver/claims/{claim.pk}/"
    )


def test_rss_has_the_same_items_as_atom_and_tells_text_as_text(client):
    speaker = make_speaker("Ida Falk")
    claim = make_claim(speaker=speaker, wording="The bill is <b> & gone.")
    correct(make_published(claim).claim)
    make_claim(wording="Another.")
    for name in ("claims", "corrections"):
        response = client.get(f"/{name}.rss")
        assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
        channel = ElementTree.fromstring(response.content)[0]  # noqa: S314
        root = feed(client, f"/{name}.atom")
        items, entries = channel.findall("item"), root.findall(f"{ATOM}entry")
        assert [item.find("title").text for item in items] == titles(root)
        for tag, other in (("guid", "id"), ("link", "link")):
            atom = [entry.find(ATOM + other) for entry in entries]
            asked = [node.text or node.get("href") for node in atom]
            assert [item.find(tag).text for item in items] == asked
        own = {
            link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")
        }
        assert own["self"] == f"http://testserver/{name}.rss"
    told = ElementTree.fromstring(client.get("/claims.rss").content)  # noqa: S314
    by = {item.find("title").text: item for item in told.iter("item")}
    item = by["The bill is <b> & gone."]
    assert "<p>" in item.find("description").text
    assert item.find("{http://purl.org/dc/elements/1.1/}creator").text == "Ida Falk"
    assert client.get("/claims.rss?colour=red").status_code == 400
    page = client.get("/claims/?rating=none").content.decode()
    assert '<link rel="alternate" type="application/rss+xml"' in page
    assert 'href="/claims.rss?rating=none"' in page
