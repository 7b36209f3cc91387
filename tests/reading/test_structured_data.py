"""The ClaimReview markup: the right shape, the visible facts, and inert in the page."""

import html as html_module
import json
import re
from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from claims.models import PublicClaim, Rating
from claims.models.choices import (
    ClaimStatus,
    DatePrecision,
    PublicationKind,
    SpeakerKind,
)
from claims.reading.structured_data import data_feed, json_for_script, speaker_node
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    retract,
    withdraw,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db

WEB = {"type": "string", "pattern": "^https?://[^ ]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
PARTIAL = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
WORDS = {"type": "string", "minLength": 1}


def thing(kind, required=(), **properties):
    """Return the schema of a node of a type: no property but those named."""
    return {
        "type": "object",
        "required": ["@type", *required],
        "additionalProperties": False,
        "properties": {"@type": {"enum": [kind] if isinstance(kind, str) else kind}}
        | properties,
    }


ARTICLE = thing(
    "NewsArticle",
    ["url", "headline", "datePublished"],
    url=WEB,
    headline={"type": "string", "maxLength": 300},
    datePublished={"type": "string", "format": "date"},
    inLanguage=WORDS,
    author=thing("Person", ["name"], name=WORDS),
    publisher=thing("NewsMediaOrganization", ["name"], name=WORDS, url=WEB),
)
CLIP = thing(
    "Clip",
    ["startOffset", "url"],
    name=WORDS,
    startOffset={"type": "integer", "minimum": 0},
    url=WEB,
)
# The same node as on the page about the desk, where its policies are told.
DESK = {"@id": {"type": "string", "pattern": "/about/#desk$"}}
# What schema.org defines and the guidelines for fact-check markup ask for: one review
# to the page, a textual rating always, numbers together or not at all.
CLAIM_REVIEW = thing(
    "ClaimReview",
    ["@context", "url", "claimReviewed", "reviewRating", "author", "datePublished"],
    **{
        "@context": {"const": "https://schema.org"},
        "@id": WEB,
        "url": WEB,
        "claimReviewed": {"type": "string", "minLength": 1, "maxLength": 500},
        "author": thing(
            "Organization", ["@id", "name", "url"], name=WORDS, url=WEB, **DESK
        ),
        "publisher": {"type": "object", "required": ["@id"], "properties": DESK},
        "datePublished": MOMENT,
        "dateModified": MOMENT,
        "version": {"type": "integer", "minimum": 1},
        "license": WEB,
        "reviewRating": thing(
            "Rating",
            ["alternateName"],
            alternateName=WORDS,
            ratingValue={"type": "integer", "minimum": 1, "maximum": 5},
            bestRating={"const": 5},
            worstRating={"const": 1},
            ratingExplanation=WORDS,
        )
        | {
            "dependentRequired": {
                "ratingValue": ["bestRating", "worstRating"],
                "bestRating": ["ratingValue"],
                "worstRating": ["ratingValue"],
            }
        },
        "itemReviewed": thing(
            "Claim",
            ["text", "author", "appearance", "firstAppearance"],
            **{"@id": WEB},
            text=WORDS,
            datePublished=PARTIAL,
            author=thing(
                ["Person", "Organization", "GovernmentOrganization"],
                ["name"],
                name=WORDS,
                url=WEB,
                jobTitle=WORDS,
                sameAs=WEB,
            ),
            appearance={
                "anyOf": [
                    ARTICLE,
                    {"type": "array", "prefixItems": [ARTICLE, CLIP], "items": False},
                ]
            },
            firstAppearance=ARTICLE,
        ),
        "citation": {
            "type": "array",
            "minItems": 1,
            "items": thing(
                "CreativeWork",
                ["name", "url"],
                name=WORDS,
                url=WEB,
                publisher=thing("Organization", ["name"], name=WORDS),
                datePublished={"type": "string", "format": "date"},
                archivedAt=WEB,
            ),
        },
        "correction": thing(
            "CorrectionComment",
            ["text", "datePublished"],
            text=WORDS,
            datePublished=MOMENT,
        ),
    },
)


def check(review):
    Draft202012Validator(CLAIM_REVIEW, format_checker=FormatChecker()).validate(review)


def scripts(client, claim):
    page = client.get(claim.get_absolute_url()).content.decode()
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)


def markup(client, claim):
    """Return the one review in a claim's page, checked for its shape."""
    [script] = scripts(client, claim)
    review = json.loads(script)
    check(review)
    return review


def visible(client, claim):
    page = client.get(claim.get_absolute_url()).content.decode()
    body = re.sub(r"<script.*?</script>", "", page.split("<body>")[1], flags=re.S)
    return " ".join(html_module.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("rating", [None, *range(1, 6)])
def test_only_a_rating_on_the_truth_axis_carries_numbers(client, rating):
    for each in Rating.objects.filter(value=rating):
        review = markup(client, make_published(rating=each.slug).claim)
        assert review["reviewRating"].get("ratingValue") == rating
        assert review["reviewRating"]["alternateName"] == each.label
        assert ("bestRating" in review["reviewRating"]) is (rating is not None)


def test_the_markup_says_what_the_page_says(client):
    article = make_article(
        headline="Falk and the harbour",
        outlet=make_outlet("Radio Quay"),
        byline="Jo Lind",
        url="https://quay.example/harbour",
    )
    claim = make_claim(article=article, speaker=make_speaker("Ida Falk", title="Mayor"))
    claim = make_published(claim).claim
    review, text = markup(client, claim), visible(client, claim)
    item = review["itemReviewed"]
    for words in [
        review["claimReviewed"],
        review["reviewRating"]["alternateName"],
        review["reviewRating"]["ratingExplanation"],
        review["author"]["name"],
        item["author"]["name"],
        item["author"]["jobTitle"],
        item["appearance"]["headline"],
        item["appearance"]["publisher"]["name"],
        item["appearance"]["author"]["name"],
        *(source["name"] for source in review["citation"]),
    ]:
        assert words in text, words
    # By number: the wording may change, the address may not.
    assert review["url"] == f"http://testserver/claims/{claim.pk}/"
    assert item["appearance"]["url"] == "https://quay.example/harbour"


@pytest.mark.parametrize(
    ("kind", "job"), [(SpeakerKind.PERSON, "Mayor"), (SpeakerKind.ORGANISATION, None)]
)
def test_only_a_person_has_a_job(kind, job):
    node = speaker_node(name="Ida Falk", kind=kind, role="Mayor", key=1, at=str)
    assert node.get("jobTitle") == job


def test_the_address_in_the_markup_leads_to_the_canonical_one(client):
    claim = make_published().claim
    page = client.get(claim.get_absolute_url()).content.decode()
    [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    by_number = markup(client, claim)["url"].removeprefix("http://testserver")
    assert client.get(by_number)["Location"] == canonical.removeprefix(
        "http://testserver"
    )


def test_the_settings_address_stands_in_the_markup_when_there_is_one(client, settings):
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    claim = make_published().claim
    assert markup(client, claim)["url"].startswith("https://desk.example/claims/")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (SpeakerKind.PERSON, "Person"),
        (SpeakerKind.ORGANISATION, "Organization"),
        (SpeakerKind.GOVERNMENT, "GovernmentOrganization"),
        (SpeakerKind.GROUP, "Organization"),
        (SpeakerKind.UNNAMED, "Person"),
    ],
)
def test_the_author_of_a_claim_has_the_type_of_its_speaker(client, kind, name):
    speaker = make_speaker(kind=kind, wikidata_id="Q43")
    author = markup(client, make_published(make_claim(speaker=speaker)).claim)[
        "itemReviewed"
    ]["author"]
    assert author["@type"] == name
    assert author["sameAs"] == "https://www.wikidata.org/wiki/Q43"


@pytest.mark.parametrize(
    ("precision", "written"),
    [
        (DatePrecision.DAY, "2026-05-01"),
        (DatePrecision.MONTH, "2026-05"),
        (DatePrecision.YEAR, "2026"),
        # The day before which it was said is not the day on which it was.
        (DatePrecision.ON_OR_BEFORE, None),
    ],
)
def test_a_date_says_no_more_than_is_known(client, precision, written):
    claim = make_claim(stated_on=date(2026, 5, 1), stated_precision=precision)
    review = markup(client, make_published(claim).claim)
    assert review["itemReviewed"].get("datePublished") == written


def test_the_first_appearance_is_that_of_the_first_claim_of_a_chain(client):
    articles = [
        make_article(headline=f"Print {n}", url=f"https://quay.example/{n}")
        for n in range(3)
    ]
    first = make_claim(article=articles[0])
    second = make_claim(article=articles[1], repeats=first)
    third = make_published(make_claim(article=articles[2], repeats=second)).claim
    item = markup(client, third)["itemReviewed"]
    assert item["appearance"]["url"] == "https://quay.example/2"
    assert item["firstAppearance"]["url"] == "https://quay.example/0"


def test_a_hidden_first_claim_is_no_first_appearance(client):
    article = make_article(headline="Hidden print", url="https://quay.example/hidden")
    hidden = make_claim(article=article, status=ClaimStatus.DRAFT)
    claim = make_published(make_claim(repeats=hidden)).claim
    assert "hidden" not in json.dumps(markup(client, claim))


def test_there_is_no_markup_without_a_verdict_in_force(client):
    claim = make_claim()
    assert scripts(client, claim) == []
    claim = make_published(claim).claim
    assert len(scripts(client, claim)) == 1
    retract(claim.verdict, reason="Wrong.")
    assert scripts(client, claim) == []


def test_a_correction_stands_in_the_markup_and_the_first_date_stays(client):
    claim = make_published().claim
    before = markup(client, claim)
    correct(claim, PublicationKind.CLARIFIED, "A word was unclear.", summary="Clearer.")
    after = markup(client, claim)
    assert after["datePublished"] == before["datePublished"]
    assert after["dateModified"] >= before["dateModified"]
    assert after["correction"]["text"] == "A word was unclear."
    assert (before["version"], after["version"]) == (1, 2)


def test_no_words_can_end_the_script_element(client):
    evil = "</script><script>alert(1)</script>&lt;<!-- \u2028"
    assert json.loads(json_for_script({"a": evil}))["a"] == evil
    assert not re.search("[<>&\u2028\u2029]", json_for_script({"a": evil}))
    claim = make_published(make_claim(wording=evil.replace("\u2028", ""))).claim
    assert markup(client, claim)["claimReviewed"] == claim.wording


def test_the_markup_stands_on_no_other_page(client):
    claim = make_published().claim
    for path in [
        claim.article.get_absolute_url(),
        claim.speaker.get_absolute_url(),
        f"/claims/{claim.pk}/versions/1/",
        f"/claims/{claim.pk}/card/",
        "/corrections/",
        "/ratings/",
    ]:
        assert "ClaimReview" not in client.get(path).content.decode()


# --- The feed of all reviews --------------------------------------------------------


def feed(client):
    response = client.get("/claimreview.json")
    assert response.status_code == 200
    return json.loads(b"".join(response.streaming_content))


def test_the_feed_holds_each_review_in_force_as_its_page_does(client):
    reviewed = [make_published().claim for _n in range(3)]
    make_claim()
    retracted = make_published().claim
    retract(retracted.verdict, reason="Wrong.")
    withdrawn = make_published().claim
    withdraw(withdrawn, reason="No claim.")
    found = feed(client)
    assert found["@type"] == "DataFeed"
    items = {row["url"]: row["item"][0] for row in found["dataFeedElement"]}
    assert len(found["dataFeedElement"]) == 3
    for claim in reviewed:
        page = markup(client, claim)
        assert items[page["url"]] == {k: v for k, v in page.items() if k != "@context"}


def test_an_empty_feed_is_whole(client):
    assert feed(client)["dataFeedElement"] == []


@pytest.mark.slow
def test_the_feed_costs_the_same_queries_however_long(
    client, django_assert_num_queries
):
    first = make_published().claim
    make_published(make_claim(repeats=first))
    with django_assert_num_queries(4):
        feed(client)
    for _n in range(3):
        make_published(make_claim(repeats=first))
    with django_assert_num_queries(4):
        feed(client)


def test_a_feed_that_breaks_off_is_not_json():
    make_published()
    pieces = data_feed(PublicClaim.objects.listed().in_force(), at=lambda path: path)
    begun = next(pieces) + next(pieces)
    with pytest.raises(json.JSONDecodeError):
        json.loads(begun)
