"""Reading from a row of the CSV what a whole record would say of its verdict.

A row holds the newest version alone, and of its sources the addresses: so much of a
verdict comes back from a table. Whole records bring all versions and their evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from claims.exchange.dialect import (
    ELSEWHERE,
    NOT_REVIEWED,
    REPEATS,
    without_number,
    without_value,
)
from claims.models.choices import PublicationKind

# Under the same names in a row and in a version.
SAME = (
    "claim_reviewed",
    "quote",
    "cue",
    "speaker_words",
    "speaker_name",
    "speaker_kind",
    "speaker_role",
    "article_headline",
    "article_url",
    "article_published_on",
    "outlet_name",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
    "finding",
    "summary",
    "as_of",
    "published_at",
    "author",
)
OTHERS = (
    "id",
    "repeats",
    "review",
    "rating",
    "rating_label",
    "rating_value",
    "bucket",
    "evidence_urls",
    "version_url",
    "version_kind",
    "version_note",
    "published_elsewhere_by",
    "review_url",
    "published_precision",
)
READ = frozenset((*SAME, *OTHERS))
# What no row says of a claim without a verdict.
OF_A_VERDICT = (
    "rating",
    "rating_label",
    "rating_value",
    "bucket",
    "summary",
    "evidence_urls",
    "version_url",
    "published_at",
)
# Of a claim's address, or the number alone in the former dialect.
_CLAIM = re.compile(r"(?:^|/claims/)(\d{1,18})/?$", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_VALUE = re.compile(r"[1-5](?:\.0)?", re.ASCII)


def record_of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a row's claim: its number, what it repeats, its verdict.

    Without a version where the desk that wrote the row has published none. Nothing is
    held against its type here: that is for whoever reads the record.
    """
    cells = {name: row.get(name) or "" for name in OTHERS}
    record: dict[str, Any] = {}
    if _NUMBER.fullmatch(str(cells["id"])):
        record["id"] = int(cells["id"])
    if earlier := _CLAIM.search(str(cells["repeats"])):
        record["repeats"] = {"id": int(earlier[1])}
    says_so = any(row.get(name) for name in OF_A_VERDICT)
    # Each of the two says it, where a table has kept the other alone.
    has_none = any(cells[n] in (NOT_REVIEWED, REPEATS) for n in ("review", "rating"))
    if says_so and not has_none:
        record["versions"] = [_version(row, cells)]
        record["article"] = {"language": row.get("language")}
    return record


def _version(row, cells):
    version = {name: row.get(name) for name in SAME}
    version |= {
        "url": cells["version_url"],
        "kind": cells["version_kind"],
        "note": cells["version_note"],
        "rating": {
            "slug": _read(_slug, cells["rating"]),
            "label": _read(without_value, cells["rating_label"]),
            "value": _value(cells["rating_value"]),
            "bucket": cells["bucket"],
        },
        "evidence": _read(_sources, cells["evidence_urls"]),
    }
    if cells["version_kind"] == PublicationKind.ARCHIVE:
        version["published_elsewhere"] = {
            "publisher": cells["published_elsewhere_by"],
            "url": cells["review_url"],
            "published_precision": cells["published_precision"],
        }
    return version


def _read(read, cell):
    """Return what a text says; what else stands there, as it is."""
    return read(cell) if isinstance(cell, str) else cell


def _sources(urls):
    return [{"url": url} for url in urls.split()]


def _slug(rating):
    slug = without_number(rating)
    return "" if slug == ELSEWHERE else slug


def _value(cell):
    """Return the value of a rating, or what stands there, for a sentence about it."""
    return int(float(cell)) if _VALUE.fullmatch(str(cell)) else cell or None
