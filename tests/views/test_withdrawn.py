"""A withdrawn claim: its pages stay and say so, and nothing else holds it."""

import json
import re
from urllib.parse import quote

import pytest

from claims.desk import public_record
from claims.desk.workflow import take_step
from claims.models import Claim, PublicClaim, Verdict
from claims.models.choices import ClaimStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    retract,
    revise,
    withdraw,
)

pytestmark = pytest.mark.django_db

WHY = "The article was a hoax."
WORDS = "Zebras built the harbour"


@pytest.fixture(scope="module")
def withdrawn(module_db):
    """A withdrawn claim, published in an article and by a speaker of its own."""
    made = make_claim(
        WORDS,
        article=make_article(f"{WORDS}, she said.", outlet=make_outlet("Zebra Post")),
        speaker=make_speaker("Zelda Zebra"),
        wording=f"{WORDS}.",
        topics=[make_topic("Zebras")],
    )
    make_published(made, summary="Zebras did.")
    make_claim()
    made = take_step("ask_withdraw", made, by=make_user("Reviewers"), comment=WHY)
    return take_step("withdraw", made, by=make_user("Editors"), comment="As she asked.")


@pytest.fixture
def claim(withdrawn, db):
    """What readers see of it, as no other test left it."""
    return PublicClaim.objects.select_related("words").get(pk=withdrawn.pk)


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_page_stays_and_says_why_and_when(client, claim):
    html = page(client, claim.get_absolute_url())
    assert "This claim was withdrawn" in html
    assert WHY in html
    assert f'datetime="{claim.withdrawn_at:%Y-%m-%dT%H:%M:%S}+00:00"' in html
    assert "Zelda Zebra" in html
    assert f">{WORDS}</mark>" in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_page_holds_no_verdict_markup_or_link_that_leads_nowhere(client, claim):
    html = page(client, claim.get_absolute_url())
    assert "Zebras did." not in html
    assert "This verdict was retracted" not in html
    assert "ld+json" not in html
    assert "Cite this" not in html
    links = set(re.findall(r'<(?:a|link) [^>]*?href="(/[^"?#]*)', html))
    links = {link for link in links if not link.startswith(("/static", "/admin"))}
    assert f"/claims/{claim.pk}/versions/1/" in links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_its_versions_stay_and_are_for_no_search_engine(client, claim):
    first, last = (
        page(client, f"/claims/{claim.pk}/versions/{number}/") for number in (1, 2)
    )
    assert "Zebras did." in first
    assert "Why it was withdrawn" in first
    assert "What was withdrawn" in last
    assert "With it the claim left all lists." in last
    for html in (first, last):
        assert WHY in html
        assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    "path",
    [
        "claims/{pk}.json",
        "claims/{pk}-{slug}.json",
        "claims/{pk}/cite.json",
        "oembed?url=http://testserver/claims/{pk}-{slug}/",
    ],
)
def test_programs_are_told_as_json_that_it_is_gone_and_why(client, claim, path):
    response = client.get("/" + path.format(pk=claim.pk, slug=claim.slug))
    assert response.status_code == 410
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    answer = json.loads(response.content)
    assert answer["reason"] == WHY
    assert answer["state"] == "withdrawn"
    assert answer["url"] == f"http://testserver/claims/{claim.pk}/"
    assert answer["withdrawn_at"]
    assert WORDS not in response.content.decode().replace(claim.slug, "")


def test_programs_that_read_no_json_are_told_in_plain_text(client, claim):
    url = quote(f"http://testserver{claim.get_absolute_url()}")
    for path in (f"/claims/{claim.pk}/cite.bib", f"/oembed?format=xml&url={url}"):
        response = client.get(path)
        assert response.status_code == 410
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert WHY in response.content.decode()


def test_a_card_in_somebodys_page_says_that_it_is_gone_and_why(client, claim):
    response = client.get(f"/claims/{claim.pk}/card/")
    assert response.status_code == 410
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    html = response.content.decode()
    assert WHY in html
    assert "Claim withdrawn" in html
    assert "Zebras did." not in html


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/claims/",
        "/claims/?q=zebras",
        "/claims/?rating=retracted",
        "/claims.csv",
        "/claims.jsonl",
        "/claims.atom",
        "/claimreview.json",
        "/sitemap.xml",
        "/speakers/",
        "/articles/",
        "/search/?q=zebras",
        "/suggest/?q=ze",
    ],
)
def test_no_list_feed_file_or_search_holds_it(client, claim, path):
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    assert response.status_code == 200
    body = body.decode().lower()
    # What was asked for is said again.
    for asked in ("zebras</", 'value="zebras"', "“zebras”", "q=zebras", "text=zebras"):
        body = body.replace(asked, "")
    assert "zebra" not in body


def test_what_only_it_had_has_no_page_any_more(client, claim):
    for path in (
        claim.speaker.get_absolute_url(),
        claim.article.get_absolute_url(),
        "/topics/zebras/",
        "/outlets/zebra-post/",
    ):
        assert client.get(path).status_code == 404


def test_the_corrections_tell_of_it_and_lead_there(client, claim):
    html = page(client, "/corrections/")
    assert WHY in html
    assert f'href="{claim.get_absolute_url()}"' in html


def test_a_reader_can_still_report_on_it(client, claim):
    assert WORDS in page(client, f"/report/?claim={claim.pk}")
    data = {"kind": "error", "claim": claim.pk, "message": "It was no hoax."}
    assert client.post("/report/", data).status_code == 302


def test_a_claim_that_was_never_reviewed_stays_likewise(client):
    made = make_claim(WORDS, article=make_article(f"{WORDS}, she said."))
    take_step("withdraw", made, by=make_user("Editors"), comment=WHY)
    html = page(client, made.get_absolute_url())
    assert WHY in html
    assert "Not yet reviewed" not in html
    assert client.get(f"/claims/{made.pk}.json").status_code == 410


def test_a_retracted_claim_that_is_withdrawn_says_only_that(client):
    made = make_published(make_claim(wording=f"{WORDS}.")).claim
    retract(made.verdict, reason="Wrong zebra.")
    made.refresh_from_db()
    withdraw(made, reason=WHY)
    html = page(client, made.get_absolute_url())
    assert "This verdict was retracted" not in html
    assert WHY in html


def test_a_claim_listed_again_is_whole_again(client, claim):
    stored = claim.current.claim
    assert stored.status == ClaimStatus.WITHDRAWN
    take_step("list", stored, by=make_user("Editors"), comment="It was no hoax.")
    html = page(client, claim.get_absolute_url())
    assert "Zebras did." in html
    assert "noindex" not in html
    assert "This claim was withdrawn" not in html
    assert client.get(f"/claims/{claim.pk}-{claim.slug}.json").status_code == 200


def test_a_verdict_published_meanwhile_shows_only_once_the_claim_is_back(client, claim):
    editor = make_user("Editors")
    verdict = revise(Verdict.objects.get(claim=claim.pk), note="New minutes.")
    verdict.summary = "Zebras did not."
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=editor)
    html = page(client, claim.get_absolute_url())
    head = html[: html.index('id="versions"')]
    for words in ("Zebras did not.", "ld+json", verdict.rating.label):
        assert words not in head
    assert html.count(WHY) > 1
    assert json.loads(client.get(f"/claims/{claim.pk}.json").content)["reason"] == WHY
    assert public_record.differences() == []
    back = Claim.objects.get(pk=claim.pk)
    take_step("list", back, by=make_user("Editors"), comment="It was no hoax.")
    assert "Zebras did not." in page(client, claim.get_absolute_url())
