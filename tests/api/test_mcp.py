"""MCP: what assistants are told, by hand and by the official client."""

import json

import pytest
from django.test import Client

from claims.api.mcp import LONGEST, MODERN, VERSIONS
from claims.api.tools import TOOLS

HELD = "2.0"


def post(message, **headers):
    body = message if isinstance(message, str | bytes) else json.dumps(message)
    return Client().post("/mcp", body, content_type="application/json", headers=headers)


def ask(method, params=None, **headers):
    message = {"jsonrpc": HELD, "id": 7, "method": method}
    if params is not None:
        message["params"] = params
    return post(message, **headers)


def call(tool, /, **arguments):
    response = ask("tools/call", {"name": tool, "arguments": arguments})
    assert response.status_code == 200
    result = response.json()["result"]
    assert result["isError"] is False, result
    (content,) = result["content"]
    assert json.loads(content["text"]) == result["structuredContent"]
    return result["structuredContent"]


# --- What is told of a claim -----------------------------------------------------


@pytest.mark.django_db
def test_every_claim_is_told_with_its_version_its_day_and_whether_it_was_reviewed(
    world,
):
    found = {claim["id"]: claim for claim in call("search_claims")["claims"]}
    assert world.draft.pk not in found
    assert world.withdrawn.pk not in found
    url = f"http://testserver/claims/{world.reviewed.pk}/"
    reviewed = found[world.reviewed.pk]
    assert reviewed["reading"]["says"].startswith("Reviewed")
    assert reviewed["reading"]["version_url"] == f"{url}versions/1/"
    assert reviewed["reading"]["as_of"] == reviewed["verdict"]["published_at"][:10]
    assert reviewed["licence"].startswith("https://")
    unreviewed = found[world.unreviewed.pk]
    assert unreviewed["reading"]["says"].startswith("Not reviewed")
    assert unreviewed["verdict"] is None
    retracted = found[world.retracted.pk]
    assert retracted["reading"]["says"].startswith("Retracted")
    assert retracted["reading"]["version_url"].endswith("/versions/2/")
    assert retracted["verdict"] is None


@pytest.mark.django_db
def test_a_claim_comes_with_all_its_versions(world):
    claim = call("get_claim", id=world.corrected.pk)["claim"]
    assert [version["number"] for version in claim["versions"]] == [1, 2]
    assert claim["verdict"]["summary"] == "Two were hurt."
    gone = call("get_claim", id=world.withdrawn.pk)["claim"]
    assert gone["reading"]["says"].startswith("Withdrawn")
    assert gone["reason"] == "He said it of another town."
    assert "verdict" not in gone


@pytest.mark.django_db
def test_speakers_corrections_scale_and_changes_are_told(world):
    (speaker,) = call("find_speakers", q="the mayor")["speakers"]
    claims = call("list_claims_by_speaker", speaker=speaker["slug"])["claims"]
    assert {claim["speaker_name"] for claim in claims} >= {"Ida Falk"}
    corrections = call("list_corrections")["corrections"]
    kinds = {each["kind"]: each for each in corrections}
    assert set(kinds) == {"updated", "retracted", "withdrawn"}
    assert kinds["updated"]["note"] == "The figure was old."
    assert kinds["retracted"]["reading"]["says"].startswith("Retracted")
    assert all(each["reading"]["as_of"] for each in corrections)
    scale = call("rating_scale")["ratings"]
    assert [each["slug"] for each in scale][:2] == ["true", "mostly-true"]
    changes = call("changes_since", number=0)
    assert changes["next"] == changes["newest"] == len(changes["changes"])
    for answer in (call("rating_scale"), changes):
        assert set(answer["source"]) == {"name", "url", "licence", "retrieved_on"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search_claims", {"rating": "x"}, "There is no rating “x”."),
        ("search_claims", {"after": "x"}, "after: This is no place in the list."),
        ("get_claim", {"id": 0}, "There is no public claim 0."),
        ("changes_since", {"number": 10**9}, "Begin anew with since=0"),
    ],
)
def test_what_has_no_answer_is_told_in_words_that_help(world, tool, arguments, told):
    response = ask("tools/call", {"name": tool, "arguments": arguments})
    result = response.json()["result"]
    assert (response.status_code, result["isError"]) == (200, True)
    assert told in result["content"][0]["text"]


# --- The protocol ------------------------------------------------------------------


def code_of(response):
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, -32700)),
        (b"\xff", (400, -32700)),
        (b"[" * 30_000, (400, -32700)),
        (b"[]", (400, -32600)),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', (400, -32600)),
        (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', (400, -32600)),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 4}', (400, -32600)),
        (
            b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}',
            (400, -32602),
        ),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/x"}', (200, -32601)),
        (b" " * (LONGEST + 1), (413, -32600)),
    ],
)
def test_a_message_that_is_none_is_told_so(body, expected):
    assert code_of(post(body)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params",
    [
        {},
        {"name": "x"},
        {"name": ["get_claim"]},
        {"name": "get_claim"},
        {"name": "get_claim", "arguments": [1]},
        {"name": "get_claim", "arguments": {"id": "1"}},
        {"name": "get_claim", "arguments": {"id": True}},
        {"name": "get_claim", "arguments": {"id": 2**63}},
        {"name": "get_claim", "arguments": {"id": 1, "q": "x"}},
        {"name": "search_claims", "arguments": {"q": 1}},
        {"name": "search_claims", "arguments": {"q": "\0"}},
        {"name": "search_claims", "arguments": {"q": "\ud800"}},
    ],
)
def test_arguments_that_do_not_fit_are_told_so(params):
    assert code_of(ask("tools/call", params)) == (200, -32602)


@pytest.mark.django_db
def test_versions_methods_and_names_in_headers_are_held_against_the_message():
    unknown = ask("ping", **{"MCP-Protocol-Version": "2020-01-01"})
    assert code_of(unknown) == (400, -32022)
    assert unknown.json()["error"]["data"]["supported"] == [MODERN, *VERSIONS]
    modern = {"MCP-Protocol-Version": MODERN}
    assert code_of(ask("ping", **modern)) == (400, -32020)
    assert ask("ping", **modern, **{"Mcp-Method": "ping"}).status_code == 200
    named = {**modern, "Mcp-Method": "tools/call", "Mcp-Name": "get_claim"}
    assert code_of(ask("tools/call", {"name": "x"}, **named)) == (400, -32020)
    for asked, spoken in ((VERSIONS[1], VERSIONS[1]), ("2020-01-01", VERSIONS[0])):
        result = ask("initialize", {"protocolVersion": asked}).json()["result"]
        assert result["protocolVersion"] == spoken


@pytest.mark.django_db
def test_a_notification_is_taken_without_an_answer():
    response = post({"jsonrpc": HELD, "method": "notifications/initialized"})
    assert (response.status_code, response.content) == (202, b"")


@pytest.mark.django_db
def test_pages_of_other_sites_and_other_kinds_of_message_are_refused():
    assert ask("ping", Origin="https://elsewhere.example").status_code == 403
    assert ask("ping", Origin="null").status_code == 403
    assert ask("ping", Origin="http://testserver").status_code == 200
    client = Client(enforce_csrf_checks=True)
    text = client.post("/mcp", "{}", content_type="text/plain")
    assert text.status_code == 415
    for method in ("get", "head", "put", "delete", "options"):
        answer = getattr(client, method)("/mcp")
        assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.django_db
def test_who_asks_too_often_is_told_when_to_ask_again(settings, monkeypatch):
    from claims.api import doors
    from claims.http.token_bucket import TokenBuckets

    monkeypatch.setattr(doors, "buckets", TokenBuckets())
    settings.READS_A_MINUTE = 2
    answers = [ask("ping") for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) == 30


def test_there_are_six_tools_and_more_and_each_says_what_it_takes():
    assert len(TOOLS) >= 6
    for tool in TOOLS.values():
        schema = tool.described()["inputSchema"]
        assert set(schema["required"]) <= set(schema["properties"])
        assert all(each["description"] for each in schema["properties"].values())
