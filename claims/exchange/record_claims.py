"""Reading claims from whole records, the lines of this site's claims.jsonl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.exchange.dialect import DIALECT
from claims.exchange.parsing import limited_list, parse_offset, parse_role
from claims.exchange.records import ArticleRef, InvalidValue, MarkedClaim, Words

# What a record says of the claim itself under the names of a table.
DETAILS = (
    "speaker_name",
    "speaker_kind",
    "speaker_role",
    "wording",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
)
# Of a record what is taken in with verdicts alone.
PUBLISHED = ("versions", "repeats", "relations")


def is_record(row: Any) -> bool:
    """Return whether a JSON value is a whole record."""
    return isinstance(row, dict) and "dialect" in row


def published_fields(record: Mapping[str, Any]) -> list[str]:
    """Return the fields of a whole record that say something of what is published.

    None of what is read from a row, of which each column is told by its own name.
    """
    return [name for name in PUBLISHED if is_record(record) and record.get(name)]


def claim_of_record(
    record: Mapping[str, Any], path, number: int, raw: Any
) -> MarkedClaim:
    """Return the claim in a whole record, as `record_fields` describes it."""
    if record["dialect"] != DIALECT:
        raise InvalidValue(f"A record of the dialect {DIALECT} is read here.")
    article = inner(record, "article")
    about = article | {
        "outlet": inner(article, "outlet").get("name"),
        "sha256": inner(record, "text").get("sha256"),
    }
    details = {name: record[name] for name in DETAILS if name in record}
    details["speaker"] = inner(record, "speaker").get("slug")
    details["via"] = inner(record, "via").get("name")
    details["via_homepage"] = inner(record, "via").get("homepage")
    details["other_speakers"] = [
        inner(one, "speaker").get("slug") for one in items(record, "other_speakers")
    ]
    details["topics"] = [one.get("name") for one in items(record, "topics")]
    words = tuple(
        Words(
            parse_role(mark.get("role")),
            _printed(mark),
            parse_offset(mark.get("start")),
            parse_offset(mark.get("end")),
        )
        for mark in items(record, "marks")
    )
    others = [inner(one, "speaker") for one in items(record, "other_speakers")]
    details["speakers"] = [inner(record, "speaker"), *others]
    return MarkedClaim(
        ArticleRef.of(about), words, details, number, str(path), raw, record
    )


def inner(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the object inside a record, an empty one for null."""
    found = record.get(name) or {}
    if not isinstance(found, dict):
        raise InvalidValue(f"“{name}” must be an object.", name)
    return found


def items(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list inside a record."""
    found = limited_list(record.get(name), name)
    if not all(isinstance(one, dict) for one in found):
        raise InvalidValue(f"“{name}” must be a list of objects.", name)
    return found


def _printed(mark):
    """Return the words of a mark, of which no character may be changed."""
    if not isinstance(mark.get("exact"), str):
        raise InvalidValue("“exact” must be a text.", "marks")
    return mark["exact"]
