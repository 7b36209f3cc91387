"""What programs rely on: a tag that spares them the body, and plain refusals."""

import json
import re
from xml.etree import ElementTree

import pytest

from claims.models.choices import PublicationKind
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    retract,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db

FILES = ["/claims.csv", "/claims.jsonl", "/claims.zip"]
FEEDS = ["/claims.atom", "/corrections.atom"]


def body(response):
    return response.getvalue() if response.streaming else response.content


@pytest.mark.parametrize(
    "path", ["/claims.csv", "/claims.jsonl", *FEEDS, "/sitemap.xml"]
)
def test_who_has_the_newest_already_is_sent_nothing(client, path):
    make_published(make_claim())
    first = client.get(path)
    assert len(body(first)) > 0
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")
    assert again["ETag"] == first["ETag"]
    make_published(make_claim(wording="Something new."))
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    if path != "/corrections.atom":
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]


def test_a_claims_own_data_are_sent_once_too(client):
    claim = make_published(make_claim()).claim
    path = claim.get_absolute_url().rstrip("/") + ".json"
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", [*FILES, *FEEDS, "/claimreview.json"])
def test_a_senseless_parameter_is_refused_by_name_in_plain_words(client, path):
    response = client.get(path, {"colour": "red"})
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == "colour: There is no such filter.\n"


@pytest.mark.parametrize("path", [*FILES, *FEEDS, "/claimreview.json"])
def test_other_sites_scripts_may_read_the_public_data(client, path):
    assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    # And the reason of a refusal.
    refused = client.get(path, {"colour": "red"})
    assert refused["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", [*FILES, *FEEDS, "/claimreview.json", "/sitemap.xml", "/robots.txt"]
)
def test_the_headers_alone_can_be_asked_for(client, path):
    response = client.head(path)
    assert response.status_code == 200
    assert response["Content-Type"] == client.get(path)["Content-Type"]


def test_the_feed_of_reviews_takes_the_query_string_of_the_list(client):
    speaker = make_speaker("Ida Falk")
    make_published(make_claim(speaker=speaker, wording="It is hers."))
    make_published(make_claim(wording="Another's."))
    make_claim(speaker=speaker, wording="Not reviewed.")

    def reviewed(**query):
        feed = json.loads(client.get("/claimreview.json", query).getvalue())
        rows = feed["dataFeedElement"]
        return [row["item"][0]["itemReviewed"]["text"] for row in rows]

    assert reviewed(speaker=speaker.slug) == ["It is hers."]
    assert reviewed() == ["Another's.", "It is hers."]
    assert reviewed(order="listed") == ["Another's.", "It is hers."]
    assert reviewed(order="oldest", q="another") == ["Another's."]
    assert reviewed(rating="none") == []


def test_the_feed_of_corrections_takes_the_query_string_of_its_page(client):
    clarified = make_published(make_claim(wording="Clearer now.")).claim
    correct(clarified, PublicationKind.CLARIFIED, summary="Clearer.")
    retracted = make_published(make_claim(wording="Gone now.")).claim
    retract(retracted.verdict, reason="Wrong.")

    def entries(query):
        root = ElementTree.fromstring(  # noqa: S314 - the site's own
            client.get(f"/corrections.atom{query}").content
        )
        atom = "{http://www.w3.org/2005/Atom}"
        return [node.text for node in root.findall(f"{atom}entry/{atom}title")]

    assert len(entries("")) == 2
    assert entries("?kind=retracted") == ["Retracted: Gone now."]
    page = client.get("/corrections/?kind=retracted").text
    assert page.count('href="/corrections.atom?kind=retracted"') == 2


def test_a_feed_reader_finds_both_feeds_on_the_first_page(client):
    page = client.get("/").text
    for path in FEEDS:
        assert re.search(rf'type="application/atom\+xml" [^>]*href="{path}"', page)


def test_a_claim_is_framed_by_its_number_alone(client):
    claim = make_claim()
    answer = client.get("/oembed", {"url": f"http://testserver/claims/{claim.pk}/"})
    assert answer.json()["title"] == claim.wording
