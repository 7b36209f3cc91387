"""What pages say of nothing: on a site without claims, and once there are some."""

import html
import re

import pytest

from tests.factories import make_claim, make_published, retract

pytestmark = pytest.mark.django_db

NOTHING_LISTED = "No claim is listed yet."
NOTHING_TO_CORRECT = "Nothing is published yet that could be corrected."
# What each page says where nothing is listed or published.
SAID = {
    "/": [NOTHING_LISTED, NOTHING_TO_CORRECT, "No verdict is published yet."],
    "/claims/": ["0 claims", NOTHING_LISTED],
    "/claims/?q=harbour": ["0 claims", NOTHING_LISTED],
    "/claims/?rating=none": ["0 claims", NOTHING_LISTED],
    "/speakers/": ["Nobody is quoted yet."],
    "/articles/": ["No article has a listed claim yet."],
    "/topics/": ["No listed claim has a topic yet."],
    "/outlets/": ["No listed claim was printed in an outlet yet."],
    "/search/?q=harbour": ["Nothing here has “harbour”.", NOTHING_LISTED],
    "/corrections/": [NOTHING_TO_CORRECT],
    "/audit/": ["No review has been published yet."],
}
# What is untrue there, or no help: it speaks of claims, verdicts or filters.
UNTRUE = [
    "Every listed claim",
    "has had to be corrected",
    "Take a filter off",
    "Try fewer words",
    "Narrow the list and the counts appear",
]


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200
    shown = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


@pytest.mark.parametrize("path", SAID)
def test_a_site_without_claims_says_so_and_nothing_untrue(client, path):
    # A draft is nothing that readers see.
    make_claim(status="draft")
    shown = words(client, path)
    assert [each for each in SAID[path] if each not in shown] == []
    assert [each for each in UNTRUE if each in shown] == []


def test_the_same_pages_say_otherwise_once_there_is_something(client):
    published = make_published(make_claim())
    shown = {path: words(client, path) for path in SAID}
    for path, sentences in SAID.items():
        empty = {NOTHING_LISTED, NOTHING_TO_CORRECT, sentences[0]}
        if path in {"/topics/", "/search/?q=harbour", "/outlets/"}:
            empty -= {sentences[0]}
        if path == "/claims/?rating=none":
            empty -= {"0 claims"}
        assert [each for each in empty if each in shown[path]] == [], path
    assert "Every listed claim has been reviewed." in shown["/"]
    assert "has had to be corrected so far" in shown["/corrections/"]
    assert "Take a filter off" in shown["/claims/?rating=none"]
    # A verdict taken back was one all the same, and its retraction a correction.
    retract(published.claim.verdict)
    home = words(client, "/")
    assert "Every listed claim has been reviewed." in home
    assert "No verdict is in force now." in home
    assert "Retracted" in home
