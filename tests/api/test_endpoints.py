"""The read API: the same records, filters and cursors as the site's lists and files."""

import json

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api import doors, endpoints
from claims.api.records import KINDS
from claims.http.token_bucket import TokenBuckets
from claims.lists.filters import ClaimQuery
from claims.models import PublicClaim
from tests.factories import make_claim, make_published, make_topic

pytestmark = pytest.mark.django_db


def get(path, **headers):
    return Client().get(f"/api/{path}", headers=headers)


def ids(path):
    response = get(path)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def lines_of(path):
    response = Client().get(path)
    return [
        json.loads(line)
        for line in b"".join(response.streaming_content).split(b"\n")
        if line
    ]


# --- What is in an answer ----------------------------------------------------------


LISTS = {
    "claims": "claim",
    "speakers": "speaker",
    "articles": "article",
    "topics": "topic",
    "outlets": "outlet",
    "ratings": "rating",
    "corrections": "correction",
}


@pytest.fixture(scope="module")
def document(world):
    return get("openapi.json").json()


def check(document, name, value):
    """Hold a value against a schema of the document."""
    schema = {"$ref": f"#/components/schemas/{name}"} | {
        "components": document["components"]
    }
    jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    ).validate(value)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_as_the_document_says_and_leaves_no_field_out(document, name):
    answer = get(name).json()
    kind = KINDS[LISTS[name]]
    check(document, f"{LISTS[name].title()}Page", answer)
    assert answer["items"]
    for item in answer["items"]:
        assert list(item) == [field.name for field in kind.fields]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "corrections"])
def test_a_record_is_the_same_alone_as_in_its_list(document, name):
    for item in get(name).json()["items"]:
        assert get(f"{name}/{item['id']}").json() == item


def test_a_claim_is_the_same_here_in_its_file_and_among_all(world):
    one = get(f"claims/{world.reviewed.pk}").content
    assert one + b"\n" == Client().get(f"/claims/{world.reviewed.pk}.json").content
    assert json.loads(one) in lines_of("/claims.jsonl")
    version = get(f"claims/{world.reviewed.pk}/versions/1").json()
    assert version == json.loads(one)["versions"][0]


def test_fields_chooses_of_each_record_and_is_kept_in_the_address_that_leads_on(
    world, monkeypatch
):
    monkeypatch.setattr(endpoints, "ROWS_A_PAGE", 2)
    answer = get("claims?fields=wording,id").json()
    assert all(list(item) == ["id", "wording"] for item in answer["items"])
    assert answer["next"].endswith("&fields=wording,id")
    (alone,) = [get(f"claims/{world.reviewed.pk}?fields=review").json()]
    assert alone == {"review": "reviewed"}


def test_what_readers_do_not_see_is_not_there(world):
    everything = get("claims").content + get("articles").content
    assert b"Draft" not in everything
    assert get(f"claims/{world.draft.pk}").status_code == 404
    assert get(f"articles/{world.draft.article_id}").status_code == 404
    assert get(f"speakers/{world.draft.speaker_id}").status_code == 404


def test_a_withdrawn_claim_says_why_and_a_merged_speaker_leads_on(document, world):
    for path in (
        f"claims/{world.withdrawn.pk}",
        f"claims/{world.withdrawn.pk}/versions/1",
    ):
        gone = get(path)
        assert gone.status_code == 410
        check(document, "Withdrawn", gone.json())
        assert gone.json()["reason"] == "He said it of another town."
    merged = get(f"speakers/{world.merged.pk}?fields=name")
    assert merged.status_code == 301
    response = Client().get(f"/api/speakers/{world.merged.pk}?fields=name", follow=True)
    assert response.json() == {"name": "Ida Falk"}


def test_the_search_finds_of_each_kind_what_the_page_finds(document, world):
    found = get("search?q=harbour").json()
    check(document, "SearchResults", found)
    assert {claim["id"] for claim in found["claims"]} >= {world.reviewed.pk}
    assert [each["headline"] for each in found["articles"]] == ["Harbour opens"]


# --- One query string, one meaning --------------------------------------------------


ASKED = [
    "",
    "q=harbour",
    "speaker={world.falk.slug}",
    "speaker={world.falk.slug}&speaker={world.retracted.speaker.slug}",
    "topic=harbour",
    "outlet=the-harbour-post",
    "rating=none",
    "rating=retracted",
    "rating=true&rating=false",
    "finding=confirmed",
    "attribution=indirect",
    "checkability=checkable",
    "stated_after=2026-05-04&stated_before=2026-05-05",
    "published_after=2020-01-01&published_before=2090-01-01",
    "order=oldest",
    "order=published",
    "order=listed",
]


@pytest.mark.parametrize("query", ASKED)
def test_a_filter_chooses_the_same_claims_as_in_the_file_of_the_list(world, query):
    query = query.format(world=world)
    wanted = [row.pk for row in ClaimQuery(query).page(50).rows]
    assert ids(f"claims?{query}") == wanted
    assert set(wanted) == {line["id"] for line in lines_of(f"/claims.jsonl?{query}")}


def test_every_filter_is_asked_and_stands_in_the_document(document):
    told = {
        each["name"] for each in document["paths"]["/api/claims"]["get"]["parameters"]
    }
    names = {*ClaimQuery.filterset_class.base_filters, "order"}
    assert told == {*names, "after", "before", "fields"}
    assert names == {part.split("=")[0] for q in ASKED if q for part in q.split("&")}


@pytest.mark.parametrize("order", ClaimQuery.orders)
def test_a_walk_along_next_comes_by_every_claim_once_and_back(
    world, monkeypatch, order
):
    monkeypatch.setattr(endpoints, "ROWS_A_PAGE", 2)
    address, walked, pages = f"claims?order={order}&fields=id", [], []
    while address:
        answer = get(address).json()
        walked += [item["id"] for item in answer["items"]]
        pages.append(answer)
        address = (answer["next"] or "").partition("/api/")[2]
    assert walked == [row.pk for row in ClaimQuery(f"order={order}").page(50).rows]
    back = pages[-1]["previous"].partition("/api/")[2]
    assert get(back).json()["items"] == pages[-2]["items"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("claims?colour=red", "colour"),
        ("claims?rating=x", "rating"),
        ("claims?stated_before=", "stated_before"),
        ("claims?stated_before=2026-13-01", "stated_before"),
        ("claims?order=x", "order"),
        ("claims?after=x", "after"),
        ("claims?after=~1&before=~1", "before"),
        ("claims?fields=id,colour", "fields"),
        ("claims?fields=", "fields"),
        ("claims?q=%00", "q"),
        ("claims/1?q=x", "q"),
        ("speakers?rating=true", "rating"),
        ("speakers?kind=ghost", "kind"),
        ("articles?outlet=x", "outlet"),
        ("topics?order=x", "order"),
        ("outlets?q=%00", "q"),
        ("ratings?q=x", "q"),
        ("corrections?kind=first", "kind"),
        ("search", "q"),
        ("search?q=a&q=b", "q"),
        ("openapi.json?x=1", "x"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(document, path, name):
    response = get(path)
    assert response.status_code == 400
    assert name in response.json()["problems"]
    check(document, "Problem", response.json())


@pytest.mark.parametrize(
    "path",
    ["claims/0", "claims/x", "claims/9223372036854775808", "claims/1/versions/x",
     "claims/1/versions/2147483648", "speakers/0", "topics/9999999", "x", "claims/1/x",
     "ratings/x", "articles/-1", "claims/%0A", "%0A/versions/%0A"],
)  # fmt: skip
def test_what_is_not_there_is_told_as_json(document, path):
    response = get(path)
    assert response.status_code == 404
    check(document, "Problem", response.json())


# --- How it is asked -----------------------------------------------------------------


def test_scripts_of_any_site_may_read_and_are_told_so_beforehand(world):
    preflight = Client().options(
        "/api/claims", headers={"Origin": "https://elsewhere.example"}
    )
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert "GET" in preflight["Access-Control-Allow-Methods"]
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    for path in ("claims", "claims?x=1", "claims/0", "openapi.json", "x"):
        answer = get(path)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert "Retry-After" in answer["Access-Control-Expose-Headers"]
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method):
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/claims")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["error"]


def test_a_head_has_what_a_get_has_but_the_words(world):
    whole, head = get("claims"), Client().head("/api/claims")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == whole["Content-Length"]


def test_an_answer_costs_one_query_while_nothing_changes(world):
    address = f"claims/{world.reviewed.pk}"
    first = get(address)
    assert get(address, **{"If-None-Match": first["ETag"]}).status_code == 304
    with CaptureQueriesContext(connection) as queries:
        get(address, **{"If-None-Match": first["ETag"]})
    assert len(queries) == 1
    # What makes no sense is told all the same.
    assert get(f"{address}?x=1", **{"If-None-Match": first["ETag"]}).status_code == 400
    make_claim()
    assert get(address, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_who_asks_too_often_is_told_when_to_ask_again(settings, monkeypatch):
    monkeypatch.setattr(doors, "buckets", TokenBuckets())
    settings.READS_A_MINUTE = 2
    answers = [get("ratings") for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "30"
    assert "30 seconds" in answers[-1].json()["error"]
    elsewhere = Client(REMOTE_ADDR="192.0.2.9").get("/api/ratings")
    assert elsewhere.status_code == 200
    settings.READS_A_MINUTE = 0
    assert get("ratings").status_code == 200


# --- What it costs --------------------------------------------------------------------


def queries_of(path):
    with CaptureQueriesContext(connection) as queries:
        assert get(path).status_code == 200
    return len(queries)


ROUTES = [*LISTS, "claims/{0}", "claims/{0}/versions/1", "speakers/{1}", "articles/{2}"]
ROUTES += ["topics/{3}", "outlets/{4}", "ratings/{5}", "search?q=harbour"]
ROUTES += ["claims?speaker=ida-falk&rating=false", "openapi.json"]


def test_queries_do_not_grow_with_the_rows(world):
    row = PublicClaim.objects.get(pk=world.reviewed.pk)
    keys = (row.pk, row.speaker_id, row.article_id, row.topics[0], row.outlet_id)
    paths = [path.format(*keys, row.rating) for path in ROUTES]
    before = {path: queries_of(path) for path in paths}
    for _number in range(4):
        claim = make_claim(
            article=world.reviewed.article,
            speaker=world.falk,
            topics=[make_topic()],
            repeats=world.reviewed,
        )
        make_published(claim)
    assert {path: queries_of(path) for path in paths} == before
    assert max(before.values()) <= 14
    assert before["claims/" + str(row.pk)] == 2
