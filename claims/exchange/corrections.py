"""Exporting the list of corrections as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import router, transaction

from claims.exchange.csv_escaping import escape_formula
from claims.exchange.export import Export, HashedFile, dated_name
from claims.models import PublishedVerdict

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


def corrections_csv(query, *, site: str) -> Export:
    """Return the corrections of a CorrectionQuery as CSV (RFC 4180)."""
    file = HashedFile.spool()
    file.write(_csv_line(COLUMNS))
    rows = 0
    for row in _rows(query, site):
        file.write(
            _csv_line(
                escape_formula(value) if value and name in WORDS else value
                for name, value in row.items()
            )
        )
        rows += 1
    media_type = "text/csv; charset=utf-8; header=present"
    return file.finished(rows, dated_name("corrections", "csv"), media_type)


def corrections_json(query, *, site: str) -> Export:
    """Return the corrections of a CorrectionQuery as one JSON object."""
    file = HashedFile.spool()
    head = {
        "name": settings.FACTCHECK["NAME"],
        "url": f"{site}/corrections/",
        "licence": settings.FACTCHECK["DATA_LICENCE_URL"],
    }
    file.write(_json(head)[:-1].encode() + b', "corrections": [')
    rows = 0
    for row in _rows(query, site):
        file.write((",\n" if rows else "\n").encode() + _json(row).encode())
        rows += 1
    file.write(b"\n]}\n")
    name = dated_name("corrections", "json")
    return file.finished(rows, name, "application/json")


# By the ending of the address, /corrections.csv.
CORRECTION_FORMATS = {"csv": corrections_csv, "json": corrections_json}


def _rows(query, site) -> Iterator[dict[str, Any]]:
    # Within a transaction, so that a pooler does not part the cursor from its rows.
    with transaction.atomic(using=router.db_for_read(PublishedVerdict)):
        for version in query.rows().iterator(chunk_size=500):
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


def _json(row) -> str:
    return json.dumps(row, ensure_ascii=False)
