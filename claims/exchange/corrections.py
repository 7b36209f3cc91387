"""Exporting the list of corrections as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.conf import settings

from claims.exchange.copying import in_pieces
from claims.exchange.csv_escaping import escape_formula
from claims.exchange.export import Format

COLUMNS = (
    "claim",
    "claim_url",
    "version",
    "version_url",
    "published_at",
    "kind",
    "asked_by",
    "note",
    "claim_reviewed",
    "speaker_name",
    "rating_before",
    "rating",
    "author",
    "approver",
    "override",
    "digest",
)
# What somebody wrote: a spreadsheet could take it for a formula, a program for a date.
WORDS = {
    "note",
    "claim_reviewed",
    "speaker_name",
    "rating_before",
    "rating",
    "author",
    "approver",
    "override",
}


def csv_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield the corrections of a CorrectionQuery as CSV (RFC 4180)."""
    yield _csv_line(COLUMNS)
    yield from in_pieces(
        _csv_line(
            escape_formula(value) if value and name in WORDS else value
            for name, value in row.items()
        )
        for row in _rows(query, counted, site)
    )


def json_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield the corrections of a CorrectionQuery as one JSON object."""
    head = {
        "name": settings.FACTCHECK["NAME"],
        "url": f"{site}/corrections/",
        "licence": settings.FACTCHECK["DATA_LICENCE_URL"],
    }
    yield _json(head)[:-1] + b', "corrections": ['
    yield from in_pieces(
        (b",\n" if counted.rows > 1 else b"\n") + _json(row)
        for row in _rows(query, counted, site)
    )
    yield b"\n]}\n"


# By the ending of the address, /corrections.csv.
CORRECTION_FORMATS = {
    ending: Format(
        label, media_type, "", "", f"/corrections.{ending}", write, "corrections"
    )
    for ending, label, media_type, write in (
        ("csv", "CSV", "text/csv", csv_pieces),
        ("json", "JSON", "application/json", json_pieces),
    )
}


def _rows(query, counted, site) -> Iterator[dict[str, Any]]:
    for version in query.rows().iterator(chunk_size=500):
        counted.rows += 1
        yield dict(zip(COLUMNS, _values(version, site), strict=True))


def _values(version, site):
    return (
        version.claim_id,
        f"{site}/claims/{version.claim_id}/",
        version.number,
        f"{site}{version.get_absolute_url()}",
        version.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version.kind,
        version.who_asked or None,
        version.note,
        version.claim_reviewed,
        version.speaker_name,
        version.before and version.before["slug"],
        # No rating is in force after a retraction or a withdrawal.
        None if version.is_retraction else version.rating_slug,
        version.author_name,
        version.approver_name,
        version.override_reason or None,
        version.digest,
    )


def _csv_line(values) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def _json(row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()
