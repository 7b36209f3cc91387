"""Addresses forgive: tracking parameters, slashes, slugs of before, the icon."""

import pytest

from claims.http.addresses import TRACKING, path_of_page, without_tracking
from claims.lists.directories import ArticleQuery, SpeakerQuery
from claims.lists.filters import ClaimQuery
from tests.factories import make_claim, make_speaker

pytestmark = pytest.mark.django_db

LISTS = ["/claims/", "/speakers/", "/articles/", "/corrections/", "/search/"]
FILES = ["/claims.csv", "/claims.jsonl", "/claims.atom", "/corrections.atom"]


@pytest.fixture(scope="module")
def claim(module_db):
    return make_claim(speaker=make_speaker("Ida Falk"), wording="The bridge is shut.")


@pytest.mark.parametrize("name", ["fbclid", "utm_source", "mc_eid", "ref", "ScCid"])
def test_what_others_hang_on_is_passed_over(client, claim, name):
    for path in LISTS + FILES:
        response = client.get(path, {name: "a&b"})
        assert response.status_code == 200, path
        body = b"".join(response) if response.streaming else response.content
        assert b"a%26b" not in body, path


def test_what_might_be_a_filter_is_refused_still(client, claim):
    for name in ("utm", "ratings", "reference", "clid", "speakers"):
        for path in LISTS + FILES[:3]:
            assert client.get(path, {name: "x"}).status_code == 400, (path, name)


def test_no_filter_has_the_name_of_a_tracking_parameter():
    for query in (ClaimQuery, SpeakerQuery, ArticleQuery):
        names = "&".join(f"{name}=1" for name in query.filterset_class.base_filters)
        assert without_tracking(names) == names
    assert (
        without_tracking("&".join(f"{n.replace('*', 'x')}=1" for n in TRACKING)) == ""
    )


def test_the_rest_of_a_query_stays_byte_for_byte():
    for kept in ("q=%22a+b%22&speaker=%C4%B1", "a=1;b=2", "q=utm_source", "=1&&x"):
        assert without_tracking(kept) == kept
        assert without_tracking(f"gclid=1&{kept}&utm_x=2") == kept


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/claims", "/claims/"),
        ("/claims//", "/claims/"),
        ("//claims/", "/claims/"),
        ("/claims/{pk}", "/claims/{pk}/"),
        ("/claims//{pk}", "/claims/{pk}/"),
        ("/claims.csv/", "/claims.csv"),
        ("/tr/claims//", "/tr/claims/"),
        ("/tr", "/tr/"),
        ("/speakers/ida-falk", "/speakers/ida-falk/"),
        ("/speakers//ida-falk//", "/speakers/ida-falk/"),
        ("/api//", "/api/"),
    ],
)
def test_slashes_missing_or_doubled_lead_to_the_page(client, claim, asked, led):
    for method in (client.get, client.head):
        # By itself: the client takes two slashes for the beginning of a host's name.
        address = {"PATH_INFO": asked.format(pk=claim.pk)}
        response = method("/", QUERY_STRING="q=bridge&fbclid=1", **address)
        assert response.status_code == 301
        assert response.headers["Location"] == led.format(pk=claim.pk) + "?q=bridge"


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example/",
        "//evil.example//claims/",
        "/\\evil.example/",
        "/%5Cevil.example//",
    ],
)
def test_no_address_leads_to_another_site(client, asked):
    response = client.get("/", PATH_INFO=asked)
    assert response.status_code == 404
    assert path_of_page(asked) == ""


def test_a_page_that_moved_is_asked_the_same(client, claim):
    (wrong,) = [f"/claims/{claim.pk}-wrong/"]
    response = client.get(wrong, {"utm_medium": "mail", "x": "1"})
    assert response.headers["Location"] == f"/claims/{claim.pk}-the-bridge-is-shut/?x=1"


@pytest.mark.parametrize(
    "path",
    ["/claims/{pk}", "/claims/{pk}/", "/claims/{pk}-wrong", "//claims/{pk}-wrong//",
     "/tr/claims/{pk}-wrong/", "/claims/{pk}-wrong/?fbclid=1#verdict"],
)  # fmt: skip
def test_oembed_knows_every_address_that_leads_to_a_claim(client, claim, path):
    url = "http://testserver" + path.format(pk=claim.pk)
    assert client.get("/oembed", {"url": url, "utm_x": "1"}).status_code == 200


@pytest.mark.parametrize(
    "url",
    ["http://evil.example/claims/{pk}/", "//evil.example/claims/{pk}/", "http://[",
     "http://testserver/speakers/ida-falk/", "http://testserver", "", "claims/{pk}/"],
)  # fmt: skip
def test_oembed_knows_no_other_address(client, claim, url):
    assert client.get("/oembed", {"url": url.format(pk=claim.pk)}).status_code == 404


def test_the_icon_is_where_browsers_look_for_it(client):
    for response in (client.get("/favicon.ico"), client.head("/favicon.ico?v=2")):
        assert response.status_code == 302
        assert response.headers["Location"].endswith(".svg")
        assert response.headers["Cache-Control"].startswith("public, max-age=86400,")
