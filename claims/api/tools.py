"""What an assistant may ask by MCP: tools over the same records and filters as the API.

Each answer says under which licence it stands, of which day it is, and of every claim
whether it was reviewed, with the address of the version that says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from claims.api.changes import changes_after
from claims.api.doors import Refusal
from claims.api.matching import matches
from claims.api.records import KINDS, TOMBSTONE, records
from claims.lists.directories import SpeakerQuery
from claims.lists.filters import ClaimQuery
from claims.lists.query import ListQuery
from claims.models import Rating
from claims.reading.corrections import CorrectionQuery

ROWS, CHANGES = 20, 100
# Of a claim in a list; `get_claim` has everything.
SHORT = (
    "id", "url", "wording", "quote", "speaker_name", "speaker_role", "stated_on",
    "stated_precision", "review", "verdict", "versions", "changed_at", "licence",
)  # fmt: skip
OF_A_VERDICT = (
    "number", "url", "kind", "published_at", "rating", "finding", "summary", "as_of",
)  # fmt: skip
SENTENCES = {
    "reviewed": "Reviewed: quote the verdict with the address of its version.",
    "retracted": "Retracted: the desk took its verdict back; none is in force.",
    "not_reviewed": "Not reviewed: nobody has checked this claim here yet.",
    "repeats": "Not reviewed itself: it repeats a claim that is, named beside it.",
    "elsewhere": "Reviewed elsewhere: name who did; this desk did not approve it.",
    "withdrawn": "Withdrawn: the desk no longer lists this claim.",
}


@dataclass(frozen=True)
class Tool:
    """One tool: what it is for, which arguments it takes, what answers them."""

    name: str
    description: str
    arguments: dict[str, dict[str, Any]]
    answer: Callable[..., dict[str, Any]]
    required: tuple[str, ...] = ()

    def described(self) -> dict[str, Any]:
        """Return the tool as `tools/list` tells it."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": self.arguments,
                "required": list(self.required),
                "additionalProperties": False,
            },
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }

    def mistakes(self, given: dict[str, Any]) -> list[str]:
        """Return a sentence on each argument that does not fit."""
        said = [f"{name} is missing." for name in self.required if name not in given]
        for name, value in given.items():
            wanted = self.arguments.get(name)
            if wanted is None:
                said.append(f"There is no argument {name}.")
            elif wanted["type"] == "integer":
                is_number = isinstance(value, int) and not isinstance(value, bool)
                if not (is_number and 0 <= value < 2**63):
                    said.append(f"{name} is a number, 0 or more.")
            elif not (isinstance(value, str) and _can_be_stored(value)):
                said.append(f"{name} is a text.")
        return said

    def call(self, given: dict[str, Any], *, site: str) -> dict[str, Any]:
        """Return the answer with its source; raise InvalidQuery or Refusal."""
        source = {
            "name": settings.FACTCHECK["NAME"],
            "url": f"{site}/",
            "licence": settings.FACTCHECK["DATA_LICENCE_URL"],
            "retrieved_on": datetime.now(UTC).date().isoformat(),
        }
        return {"source": source, **self.answer(site=site, **given)}


def _can_be_stored(text):
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def search_claims(*, site: str, **asked: str) -> dict[str, Any]:
    keys, following = _page(ClaimQuery, asked)
    return {"claims": _claims(keys, site), "after": following}


def match_claims(*, site: str, **asked: str) -> dict[str, Any]:
    found = matches(**asked, site=site)
    for sentence in found["sentences"]:
        for each in sentence["matches"]:
            each["claim"] = _with_reading(each["claim"])
    return found


def get_claim(*, site: str, id: int) -> dict[str, Any]:
    for text in records(KINDS["claim"], [id], site=site):
        record = json.loads(text)
        return {"claim": record | {"reading": _reading(record)}}
    for text in records(TOMBSTONE, [id], site=site):
        record = json.loads(text)
        reading = {
            "says": SENTENCES["withdrawn"],
            "version_url": record["url"],
            "as_of": record["withdrawn_at"][:10],
        }
        return {"claim": record | {"reading": reading}}
    raise Refusal({"id": f"There is no public claim {id}."}, status=404)


def find_speakers(*, site: str, **asked: str) -> dict[str, Any]:
    keys, following = _page(SpeakerQuery, asked)
    found = [json.loads(text) for text in records(KINDS["speaker"], keys, site=site)]
    return {"speakers": found, "after": following}


def list_corrections(*, site: str, **asked: str) -> dict[str, Any]:
    keys, following = _page(CorrectionQuery, asked)
    fields = ("claim", "rating_before", "note", "claim_reviewed", "speaker_name")
    texts = records(
        KINDS["correction"], keys, site=site, fields=(*fields, *OF_A_VERDICT)
    )
    made = []
    for text in texts:
        version = json.loads(text)
        state = version["kind"] if version["kind"] in SENTENCES else "reviewed"
        reading = {
            "says": SENTENCES[state],
            "version_url": version["url"],
            "as_of": version["as_of"] or version["published_at"][:10],
        }
        made.append(version | {"reading": reading})
    return {"corrections": made, "after": following}


def rating_scale(*, site: str) -> dict[str, Any]:
    keys = Rating.objects.order_by("order", "pk").values_list("pk", flat=True)
    scale = [json.loads(text) for text in records(KINDS["rating"], keys, site=site)]
    return {"ratings": scale, "url": f"{site}{reverse('claims:ratings')}"}


def changes_since(*, site: str, number: int) -> dict[str, Any]:
    *lines, end = map(
        json.loads, changes_after(number, site=site, lines=CHANGES).splitlines()
    )
    changes = []
    for line in lines:
        record, gone = line.pop("record"), line.pop("withdrawn")
        if gone:
            line["reading"] = {"says": SENTENCES["withdrawn"], "reason": gone["reason"]}
        elif line["claim"] and record:
            line["reading"] = _reading(record)
        if line["claim"]:
            line["url"] = f"{site}/claims/{line['claim']}/"
        changes.append(line)
    return {"changes": changes, "next": end["next"], "newest": end["newest"]}


def _page(query_class: type[ListQuery], asked: dict[str, str]):
    """Return the keys of one page, and the cursor of the next one."""
    given = QueryDict(mutable=True)
    given.update(asked)
    page = query_class(given).page(ROWS)
    return [row.pk for row in page.rows], page.next or None


def _claims(keys, site):
    texts = records(KINDS["claim"], keys, site=site, fields=SHORT)
    return [_with_reading(json.loads(text)) for text in texts]


def _with_reading(record):
    """Return a claim's record with how to read it, of its verdict what is short."""
    reading, verdict = _reading(record), record["verdict"]
    del record["versions"]
    if verdict:
        record["verdict"] = {name: verdict[name] for name in OF_A_VERDICT}
    return record | {"reading": reading}


def _reading(record):
    """Return how a claim is to be read: reviewed or not, by which version, of when."""
    newest = record["versions"][-1] if record["versions"] else None
    day = newest and (newest["as_of"] or newest["published_at"])
    return {
        "says": SENTENCES[record["review"]],
        "version_url": newest["url"] if newest else record["url"],
        "as_of": (day or record["changed_at"])[:10],
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _number(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "description": description}


SPEAKER = _text("A speaker's slug, as find_speakers gives it.")
AFTER = _text("Where a list goes on: `after` of the answer before.")
TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "search_claims",
            "Search the claims of this fact-check desk by words and filters, newest "
            "statement first. A claim may be not reviewed yet: its reading says so.",
            {
                "q": _text("Words of the claim, or of the printed text."),
                "speaker": SPEAKER,
                "topic": _text("A topic's slug."),
                "outlet": _text("An outlet's slug."),
                "rating": _text("A rating's slug; none: not reviewed; retracted."),
                "stated_after": _text("First day it was said, YYYY-MM-DD."),
                "stated_before": _text("Last day it was said, YYYY-MM-DD."),
                "order": _text("stated, oldest, published or listed."),
                "after": AFTER,
            },
            search_claims,
        ),
        Tool(
            "match_claims",
            "Was this checked? Return, for each sentence of a text, the listed claims "
            "like it with their verdicts, and which numbers, names and negations "
            "differ. Where one differs it is another claim: never call the sentence "
            "true or false for it.",
            {
                "text": _text("A sentence or a paragraph, 20 sentences at most."),
                "speaker": SPEAKER,
            },
            match_claims,
            ("text",),
        ),
        Tool(
            "get_claim",
            "Return one claim whole: its words as printed, verdict, evidence, and "
            "every version that was ever published; or why it was withdrawn.",
            {"id": _number("The claim's number.")},
            get_claim,
            ("id",),
        ),
        Tool(
            "find_speakers",
            "Find speakers by the beginning of a name, with their slugs and offices.",
            {"q": _text("The beginning of a name or alias."), "after": AFTER},
            find_speakers,
        ),
        Tool(
            "list_claims_by_speaker",
            "List the claims of one speaker, newest first.",
            {"speaker": SPEAKER, "after": AFTER},
            search_claims,
            ("speaker",),
        ),
        Tool(
            "list_corrections",
            "List what was corrected, retracted or withdrawn, newest first: the "
            "rating before and after, and why.",
            {
                "kind": _text("rating_changed, fact_corrected, retracted, ..."),
                "after": AFTER,
            },
            list_corrections,
        ),
        Tool(
            "rating_scale",
            "Return the ratings of this desk and what each of them means.",
            {},
            rating_scale,
        ),
        Tool(
            "changes_since",
            "List what changed for readers after a numbered change: listed, edited, "
            "published, corrected, retracted, withdrawn, renamed, redacted.",
            {"number": _number("The number of a change; 0: from the beginning.")},
            changes_since,
            ("number",),
        ),
    )
}
