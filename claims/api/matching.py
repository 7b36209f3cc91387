"""/api/match: which listed claims are like the sentences of a text, and what differs.

By GET for a short text, by POST for any; the tool for assistants answers the same.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict
from pydantic import Field as Described

from claims.api.doors import JSON, Refusal, single
from claims.api.records import KINDS, records
from claims.api.schemas import Problem, record_model
from claims.http.links import url_builder
from claims.lists.checking import LONGEST, CheckedSentence, check_text
from claims.lists.filters import public_speakers
from claims.lists.matching import Match
from claims.models import Speaker
from claims.text.canonical import Place

# Sentences of one question; each is looked for by itself.
MOST_SENTENCES = 20
# Characters of a text in an address; beyond, send it by POST.
IN_ADDRESS = 2_000
# UTF-8 and JSON's \uXXXX have up to six bytes for a character.
MOST_BYTES = 6 * LONGEST + 1_000
# Of a claim that is like a sentence; its address has everything.
FIELDS = (
    "id", "url", "wording", "quote", "speaker_name", "speaker_role", "stated_on",
    "stated_precision", "review", "verdict", "versions", "changed_at", "licence",
)  # fmt: skip
CLAIM = KINDS["claim"]


class Words(Schema):
    """Words at their place: code points of the text they stand in, half-open."""

    model_config = ConfigDict(extra="forbid")
    start: int
    end: int
    text: str


class Differing(Schema):
    """A number, name or negation that only one of both texts has, or has otherwise."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["number", "name", "negation"]
    here: Words | None = Described(..., description="In the sentence.")
    there: Words | None = Described(..., description="In the claim's words.")


class Like(Schema):
    """A listed claim like a sentence: another one where something differs."""

    model_config = ConfigDict(extra="forbid")
    claim: record_model(CLAIM.fields, "Claim")  # type: ignore[valid-type]
    tier: Literal["very close", "similar"]
    share: float = Described(..., description="Part of a perfect match's score, about.")
    words: str = Described(..., description="The claim's words that were compared.")
    differences: list[Differing]


class SentenceMatches(Schema):
    """A sentence of the text, and the listed claims that are like it, best first."""

    model_config = ConfigDict(extra="forbid")
    text: str
    searched: bool = Described(..., description="False: too short to look for.")
    matches: list[Like]


class Matches(Schema):
    """The sentences of the text, in order."""

    model_config = ConfigDict(extra="forbid")
    sentences: list[SentenceMatches]


class Question(Schema):
    """What to look for."""

    model_config = ConfigDict(extra="forbid")
    text: str = Described(..., min_length=1, max_length=LONGEST)
    speaker: str = Described("", description="Slug of who says it: weighs more.")


PARAMETERS = [
    {
        "name": "text",
        "in": "query",
        "required": True,
        "description": "A sentence or several; a longer text by POST.",
        "schema": {"type": "string", "minLength": 1, "maxLength": IN_ADDRESS},
    },
    {
        "name": "speaker",
        "in": "query",
        "description": "Slug of who says it: that speaker's claims weigh more.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
]
BODY = {"required": True, "content": {JSON: {"schema": Question.json_schema()}}}
ANSWERS: dict[int, Any] = {200: Matches, 400: Problem, 429: Problem}
router = Router()


@router.get(
    "",
    response=ANSWERS,
    operation_id="match",
    summary="Was this checked?",
    url_name="match",
    openapi_extra={"parameters": PARAMETERS},
)
def match(request: HttpRequest) -> HttpResponse:
    """Return the listed claims like each sentence of a short text."""
    asked = single(request, ("text", "speaker"))
    if len(asked.get("text", "")) > IN_ADDRESS:
        sentence = _("At most %(most)d characters fit an address. Send it by POST.")
        raise Refusal({"text": sentence % {"most": IN_ADDRESS}})
    if "speaker" in asked and not asked["speaker"].strip():
        raise Refusal({"speaker": _("Give it a value, or leave it out.")})
    return _answer(request, **asked)


@router.post(
    "",
    response={**ANSWERS, 415: Problem},
    operation_id="match_text",
    summary="Was this checked?",
    url_name="match",
    openapi_extra={"requestBody": BODY, "parameters": []},
)
def match_text(request: HttpRequest) -> HttpResponse:
    """Return the listed claims like each sentence of a text of any length."""
    single(request, ())
    return _answer(request, **_question(request))


def matches(text: str, speaker: str = "", *, site: str) -> dict[str, Any]:
    """Return the sentences of a text with the claims like each; raise InvalidQuery."""
    checked = check_text(text, _speaker(speaker), MOST_SENTENCES)
    keys = {found.claim.pk for each in checked for found in each.found}
    texts = records(CLAIM, keys, site=site, fields=FIELDS)
    claims = {record["id"]: record for record in map(json.loads, texts)}
    return {"sentences": [_sentence(each, claims) for each in checked]}


def _sentence(checked: CheckedSentence, claims: dict[int, Any]) -> dict[str, Any]:
    return {
        "text": checked.text,
        "searched": not checked.is_short,
        "matches": [
            _match(found, claims[found.claim.pk])
            for found in checked.found
            if found.claim.pk in claims
        ],
    }


def _match(match: Match, claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "claim": claim,
        "tier": match.tier,
        "share": round(match.share, 3),
        "words": match.words,
        "differences": [
            {
                "kind": each.kind,
                "here": _words(match.text, each.one),
                "there": _words(match.words, each.other),
            }
            for each in match.differences
        ],
    }


def _words(text: str, place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"start": place[0], "end": place[1], "text": text[slice(*place)]}


def _speaker(slug: str) -> Speaker | None:
    """Return the public speaker of a slug, None for none; raise Refusal."""
    if not slug:
        return None
    found = public_speakers([slug]) if slug.isprintable() else {}
    if slug not in found:
        sentence = _("No speaker here is called “%(value)s”.")
        value = slug[:100].encode(errors="replace").decode()
        raise Refusal({"speaker": sentence % {"value": value}})
    return found[slug]


def _question(request: HttpRequest) -> dict[str, str]:
    """Return text and speaker of a question that came by POST; raise Refusal."""
    if request.content_type != JSON:
        raise Refusal({"body": _("Send application/json.")}, status=415)
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refusal({"body": _("The question is too long.")})
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal({"body": _("This is no JSON.")}) from None
    if not isinstance(asked, dict):
        raise Refusal({"body": _("Send an object with “text”.")})
    problems = {
        name: _("There is no such field.")
        for name in map(str, asked)
        if name not in Question.model_fields
    }
    for name in ("text", "speaker"):
        if not isinstance(asked.get(name, ""), str):
            problems[name] = _("This is a text.")
    if "text" not in asked:
        problems["text"] = _("Paste a sentence or a paragraph.")
    if problems:
        raise Refusal(problems)
    return asked


def _answer(request: HttpRequest, text: str = "", speaker: str = "") -> HttpResponse:
    found = matches(text, speaker, site=url_builder(request)(""))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    # What somebody asks about is nobody else's business.
    response.headers["Cache-Control"] = "no-store"
    return response
