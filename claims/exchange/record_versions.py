"""Reading the versions of a verdict in a whole record, as its publisher gave them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import CharField
from django.utils.dateparse import parse_datetime

from claims.desk.archived_versions import ArchivedVersion
from claims.exchange.dialect import without_number
from claims.exchange.parsing import dump_json
from claims.exchange.record_claims import inner, items
from claims.exchange.records import (
    WEB_ADDRESS,
    InvalidValue,
    day_value,
    text_value,
)
from claims.models import PublishedVerdict
from claims.models.choices import (
    NOT_IN_FORCE,
    AskedBy,
    AttributionKind,
    Bucket,
    Checkability,
    DateBasis,
    DatePrecision,
    Finding,
    OutcomeKind,
    PublicationKind,
    ReplyChannel,
    ReplyKind,
    ReplyState,
    SpeakerKind,
    Stance,
)
from claims.reading.commonmark import render

LONGEST_TEXT = 100_000
# Columns of a publication by the field of the record.
TEXTS = {
    "claim_reviewed": "claim_reviewed",
    "quote": "quote",
    "cue": "cue",
    "speaker_words": "speaker_words",
    "speaker_name": "speaker_name",
    "speaker_role": "speaker_role",
    "via_name": "via_name",
    "article_headline": "headline",
    "article_url": "article_url",
    "outlet_name": "outlet_name",
    "summary": "summary",
    "explanation": "explanation",
    "how_verified": "how_verified",
    "note": "note",
    "not_asked_reason": "not_asked_reason",
    "author": "author_name",
}
CLOSED = {
    "finding": Finding,
    "speaker_kind": SpeakerKind,
    "attribution": AttributionKind,
    "stated_precision": DatePrecision,
    "stated_basis": DateBasis,
    "checkability": Checkability,
    "asked_by": AskedBy,
}
DAYS = ("as_of", "stated_on", "article_published_on")
EVIDENCE = ("url", "title", "publisher", "archived_url", "excerpt")
# What is another one wherever a version is published, or says who published it.
NOT_SAID = {
    "number",
    "url",
    "kind",
    "digest",
    "approver",
    "override_reason",
    "speaker",
    "via",
    "marks",
    "text",
    "published_elsewhere",
    "statement_basis",
    # How it was shown; the words are what was said.
    "markup",
}
_VERSION = re.compile(r"/versions/\d+/?$")


def versions_of(record: Mapping[str, Any], publisher: str) -> list[ArchivedVersion]:
    """Return the versions in a record, the first one first; raise InvalidValue.

    None of a claim whose verdict is not in force where it was published.
    """
    found = items(record, "versions")
    if not found or found[-1].get("kind") in NOT_IN_FORCE:
        return []
    return [_version(one, publisher) for one in found]


def _version(row, publisher) -> ArchivedVersion:
    elsewhere = inner(row, "published_elsewhere")
    url = text_value(elsewhere or row, "url", 1000)
    host = _host_of(url)
    said: dict[str, Any] = {
        column: _text(row, name, column) for name, column in TEXTS.items()
    }
    if "via_name" not in row:
        said["via_name"] = None
    said |= {name: _one_of(row, name, choices) for name, choices in CLOSED.items()}
    said |= {name: day_value(row, name, "versions") for name in DAYS}
    rating = inner(row, "rating")
    value = rating.get("value")
    if value is not None and value not in (1, 2, 3, 4, 5):
        raise InvalidValue(f"“{value}” is no value of a rating: 1 to 5.", "versions")
    bucket = without_number(text_value(rating, "bucket", 20))
    if bucket not in Bucket.values:
        raise InvalidValue(f"“{bucket}” is no bucket of a rating.", "versions")
    said |= {
        "rating_label": _text(rating, "label", "rating_label"),
        "rating_definition": _text(rating, "definition", "rating_definition"),
        "rating_sign": _text(rating, "sign", "rating_sign"),
        "slug": text_value(rating, "slug", 40),
        "value": value,
        "bucket": bucket,
        "evidence": [_evidence(one) for one in items(row, "evidence")],
        "speakers": [_other_speaker(one) for one in items(row, "other_speakers")]
        if "other_speakers" in row
        else None,
        "replies": [_reply(one) for one in items(row, "replies")],
        "outcomes": [_outcome(one) for one in items(row, "outcomes")],
    }
    if row.get("markup") == "commonmark":
        for name in ("explanation", "how_verified", "note"):
            said[f"{name}_html"] = render(said[name])
    publisher = text_value(elsewhere, "publisher", 200) or publisher or host
    key = _VERSION.sub("", url.partition("://")[2]).removeprefix("www.").rstrip("/")
    return ArchivedVersion(
        publisher=publisher,
        url=url,
        key=key,
        kind=_one_of(elsewhere or row, "kind", PublicationKind),
        published_at=_moment(row),
        precision=_one_of(elsewhere, "published_precision", DatePrecision),
        title=text_value(elsewhere, "title", 500),
        digest=hashlib.sha256(
            dump_json([publisher, url, _content(row, said)], sort_keys=True).encode()
        ).hexdigest(),
        said=said,
    )


def _host_of(url) -> str:
    if not url:
        raise InvalidValue(
            "A verdict without the address of its version is not taken in: "
            "“version_url” names it. Checks of others are read by import_reviews.",
            "version_url",
        )
    host = urlsplit(url).hostname if WEB_ADDRESS.fullmatch(url) else None
    if not host:
        raise InvalidValue(
            f"“{url[:60]}” is no address of a version: export with FACTCHECK_URL set.",
            "versions",
        )
    return host


def _content(row, said) -> dict[str, Any]:
    """Return what a version says, to tell it from another of the same address."""
    rating = inner(row, "rating")
    content = {
        name: value
        for name, value in row.items()
        if name not in NOT_SAID and value not in (None, "", [])
    }
    # A rating that is none of the scale here keeps these alone.
    content["rating"] = [rating.get(name) for name in ("label", "definition", "sign")]
    content["other_speakers"] = said["speakers"]
    # A copy that a desk keeps of a source says nothing more than the source.
    if "evidence" in content:
        content["evidence"] = [
            {name: value for name, value in one.items() if name != "kept_copy"}
            for one in items(row, "evidence")
        ]
    return content


def _text(row, name, column) -> str:
    """Return a text of a publication, of which no character may be changed."""
    value = row.get(name)
    field = PublishedVerdict._meta.get_field(column)
    longest = field.max_length if isinstance(field, CharField) else LONGEST_TEXT
    text_value(row, name, longest or LONGEST_TEXT)
    return value or ""


def _one_of(row, name, choices) -> str:
    value = text_value(row, name, 40)
    if value and value not in choices.values:
        raise InvalidValue(
            f"“{value}” is no {name}; it is one of: {', '.join(choices.values)}.",
            "versions",
        )
    return value


def _moment(row) -> datetime:
    value = text_value(row, "published_at", 40)
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InvalidValue(
            f"“{value}” is no moment like 2019-12-05T10:00:00Z.", "versions"
        )
    return moment


def _evidence(row) -> dict[str, Any]:
    found = _texts(row, EVIDENCE) | _days(row, "published_on", "accessed_on")
    _check_addresses(found, "url", "archived_url")
    found["stance"] = _one_of(row, "stance", Stance) or Stance.CONTEXT.value
    found["is_primary"] = row.get("is_primary") is True
    return found


def _other_speaker(row) -> dict[str, Any]:
    return {
        "name": text_value(row, "speaker_name", 200),
        "kind": _one_of(row, "speaker_kind", SpeakerKind),
        "role": text_value(row, "speaker_role", 300),
    }


def _reply(row) -> dict[str, Any]:
    """Return whom the other desk asked; no number, for it is no request made here."""
    found = {
        "kind": _given(row, "kind", ReplyKind),
        "channel": _given(row, "channel", ReplyChannel),
        "state": _given(row, "state", ReplyState),
        **_texts(row, ("person", "role", "question", "answer")),
        **_days(row, "asked_on", "until", "answered_on"),
    }
    needed = ["person", "question", "asked_on", "until"]
    if found["state"] == ReplyState.ANSWERED:
        needed += ["answer", "answered_on"]
    _check_given(found, needed)
    return found


def _outcome(row) -> dict[str, Any]:
    found = {
        "kind": _given(row, "kind", OutcomeKind),
        **_texts(row, ("url", "note")),
        **_days(row, "happened_on"),
    }
    _check_given(found, ["happened_on"])
    _check_addresses(found, "url")
    return found


def _texts(row, names) -> dict[str, Any]:
    """Return texts of which no character may be changed, by their names."""
    for name in names:
        text_value(row, name, LONGEST_TEXT)
    return {name: row.get(name) or "" for name in names}


def _days(row, *names) -> dict[str, Any]:
    days = {name: day_value(row, name, "versions") for name in names}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _given(row, name, choices) -> str:
    """Return a value of a closed list that may not be left out."""
    value = _one_of(row, name, choices)
    _check_given({name: value}, [name])
    return value


def _check_given(found, names) -> None:
    missing = next((name for name in names if not found[name]), None)
    if missing:
        raise InvalidValue(f"“{missing}” is missing in a reply or outcome.", "versions")


def _check_addresses(found, *names) -> None:
    for name in names:
        if found[name] and not WEB_ADDRESS.fullmatch(found[name]):
            raise InvalidValue(f"“{found[name][:60]}” is no web address.", "versions")
