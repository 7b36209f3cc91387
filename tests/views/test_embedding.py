"""oEmbed and the card: for claims of this site that readers can see, and no other."""

from xml.etree import ElementTree

import pytest

from claims.models.choices import ClaimStatus
from tests.factories import make_claim, make_published

pytestmark = pytest.mark.django_db


def ask(client, url, **query):
    return client.get("/oembed", {"url": url} | query)


@pytest.fixture(scope="module")
def claim(module_db):
    return make_published(make_claim(wording='He said "no" & left.')).claim


def address(claim):
    return f"http://testserver{claim.get_absolute_url()}"


def test_the_answer_frames_the_claims_card(client, claim):
    response = ask(client, address(claim))
    answer = response.json()
    assert answer["type"] == "rich"
    assert answer["version"] == "1.0"
    assert answer["title"] == claim.wording
    assert f"http://testserver/claims/{claim.pk}/card/" in answer["html"]
    assert 'title="He said &quot;no&quot; &amp; left."' in answer["html"]
    assert client.get(f"/claims/{claim.pk}/card/").status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_page_says_where_to_ask(client, claim):
    page = client.get(claim.get_absolute_url()).content.decode()
    start = page.index('type="application/json+oembed" href="') + 37
    found = page[start : page.index('"', start)].replace("&amp;", "&")
    path = found.removeprefix("http://testserver")
    assert client.get(path).json()["title"] == claim.wording


def test_the_answer_fits_the_room_that_there_is(client, claim):
    answer = ask(client, address(claim), maxwidth=400, maxheight=200).json()
    assert (answer["width"], answer["height"]) == (400, 200)
    assert 'width="400" height="200"' in answer["html"]
    assert ask(client, address(claim), maxwidth=9999).json()["width"] == 600


def test_the_same_answer_as_xml(client, claim):
    response = ask(client, address(claim), format="xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314 - the site's own
    answer = ask(client, address(claim)).json()
    assert {node.tag: node.text for node in root} == {
        name: str(value) for name, value in answer.items()
    }


def test_other_formats_are_not_known(client, claim):
    assert ask(client, address(claim), format="csv").status_code == 501


@pytest.mark.parametrize("room", ["wide", "-1", "0", "", "9" * 5000])
def test_a_room_that_is_no_size_is_refused(client, claim, room):
    assert ask(client, address(claim), maxwidth=room).status_code == 400
    assert ask(client, address(claim), maxheight=room).status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://testserver/",
        "http://testserver/claims/",
        "http://elsewhere.example/claims/1-x/",
        "http://testserver/claims/999999-x/",
        "http://[testserver/claims/1-x/",
        "javascript:alert(1)",
    ],
)
def test_an_address_of_no_claim_here_is_not_there(client, url):
    assert ask(client, url).status_code == 404


def test_a_draft_is_not_there(client):
    draft = make_claim(status=ClaimStatus.DRAFT)
    assert ask(client, address(draft)).status_code == 404
