"""/api/match and its tool: claims like each sentence of a text, and what differs."""

import json

import pytest
from django.test import Client

from claims.api import doors
from claims.api.matching import IN_ADDRESS, MOST_BYTES, MOST_SENTENCES
from claims.http.token_bucket import TokenBuckets
from tests.api.test_mcp import call, post
from tests.factories import make_speaker

pytestmark = pytest.mark.django_db

TEXT = "The harbour will not open in May! Nobody was hurt. Thank you."


def get(**asked):
    return Client().get("/api/match", asked)


def sent(body, media_type="application/json", **asked):
    body = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(
        "/api/match", body, content_type=media_type, **asked
    )


def test_each_sentence_is_answered_with_the_claims_like_it_and_what_differs(world):
    first, second, third = get(text=TEXT).json()["sentences"]
    assert first["text"] == "The harbour will not open in May!"
    like = next(
        each for each in first["matches"] if each["claim"]["id"] == world.reviewed.pk
    )
    assert like["tier"] == "similar"
    assert like["differences"] == [
        {
            "kind": "negation",
            "here": {"start": 17, "end": 20, "text": "not"},
            "there": None,
        }
    ]
    assert like["claim"]["verdict"]["rating"]["slug"] == "false"
    assert like["claim"]["url"] == f"http://testserver/claims/{world.reviewed.pk}/"
    (same,) = second["matches"]
    assert (same["claim"]["id"], same["tier"]) == (world.corrected.pk, "very close")
    assert same["words"].startswith("Nobody was hurt")
    assert (third["matches"], third["searched"]) == ([], False)
    keys = {each["claim"]["id"] for each in first["matches"]}
    assert not keys & {world.draft.pk, world.withdrawn.pk}


def test_by_address_by_post_and_by_the_tool_the_answer_is_the_same(world):
    asked = {"text": TEXT, "speaker": world.falk.slug}
    by_post = sent(asked)
    assert by_post.json() == get(**asked).json()
    assert by_post["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in by_post.headers
    by_tool = call("match_claims", **asked)["sentences"]
    for one, other in zip(by_tool, by_post.json()["sentences"], strict=True):
        for mine, theirs in zip(one["matches"], other["matches"], strict=True):
            assert mine["differences"] == theirs["differences"]
            assert mine["claim"]["id"] == theirs["claim"]["id"]
            assert mine["claim"]["reading"]["says"]


def test_who_says_it_weighs_and_a_merged_name_means_its_successor(world):
    def share(**asked):
        return get(text=TEXT, **asked).json()["sentences"][0]["matches"]

    assert share(speaker=world.merged.slug) == share(speaker=world.falk.slug)
    stranger = make_speaker("Somebody Else")
    assert get(text=TEXT, speaker=stranger.slug).status_code == 400


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, "text"),
        ({"text": " "}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "word " * IN_ADDRESS}, "text"),
        ({"text": "It is so. " * (MOST_SENTENCES + 1)}, "text"),
        ({"text": TEXT, "speaker": ""}, "speaker"),
        ({"text": TEXT, "speaker": "no\0body"}, "speaker"),
        ({"text": TEXT, "colour": "red"}, "colour"),
        ({"text": ["a", "b"]}, "text"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(asked, named):
    response = get(**asked)
    assert response.status_code == 400
    assert named in response.json()["problems"]


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ("{", 400, "body"),
        ("[" * 9_000, 400, "body"),
        ("[]", 400, "body"),
        (b"\xff", 400, "body"),
        ({}, 400, "text"),
        ({"text": 7}, 400, "text"),
        ({"text": "\ud800"}, 400, "text"),
        ({"text": TEXT, "speaker": "\ud800"}, 400, "speaker"),
        ({"text": TEXT, "colour": "red"}, 400, "colour"),
        (b"x" * (MOST_BYTES + 1), 400, "body"),
    ],
    ids=range(10),
)
def test_a_body_that_makes_no_sense_is_refused_by_name(body, status, named):
    response = sent(body)
    assert response.status_code == status
    assert named in response.json()["problems"]


def test_only_json_is_read_and_scripts_of_any_site_may_send_it():
    assert sent("text=a", "application/x-www-form-urlencoded").status_code == 415
    preflight = Client().options("/api/match")
    assert "POST" in preflight["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight["Access-Control-Allow-Headers"]
    refused = Client().delete("/api/match")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_the_tool_says_what_it_cannot_look_for():
    message = {"name": "match_claims", "arguments": {"text": " "}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": message}
    result = post(asked).json()["result"]
    assert result["isError"] is True
    assert "Paste a sentence" in result["content"][0]["text"]


def test_a_long_text_counts_for_several_questions(settings, monkeypatch):
    monkeypatch.setattr(doors, "buckets", TokenBuckets())
    settings.READS_A_MINUTE = 4
    assert sent({"text": "word " * 200}).status_code == 200
    assert sent({"text": "word " * 200}).status_code == 429
