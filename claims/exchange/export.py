"""Exporting claims as CSV, JSON Lines, ClaimReview, and a ZIP with its manifest.

FORMATS is the table of what a list can be had as: the list's links, its downloads and
`manage.py export_claims` follow it. Which columns there are stands in columns.py.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.db import connections, router, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import ClientCursor

from claims.exceptions import Refused
from claims.exchange.columns import COLUMNS, FROM
from claims.exchange.csv_escaping import escape_formula_sql
from claims.exchange.data_dictionary import data_dictionary, data_package
from claims.reading.structured_data import data_feed

# Files up to this size stay in memory, larger ones go to the disk.
IN_MEMORY = 1_000_000
# So many exports at a time; the next one is asked to come back.
SLOTS = 4
LOCK = 7_340_033


class TooManyExports(Refused):
    """All slots for concurrent exports are taken; try again later."""

    status = 429


@dataclass(frozen=True)
class Export:
    """A finished export: the file, its size, row count and checksum."""

    file: BinaryIO
    name: str
    media_type: str
    size: int
    rows: int
    sha256: str


def export_csv(query, *, site: str, bom: bool = False) -> Export:
    """Return the claims of a ClaimQuery as CSV (RFC 4180), from one snapshot.

    The file is finished before it is sent, so that a broken one is never sent.
    """
    file = HashedFile.spool()
    if bom:
        file.write(b"\xef\xbb\xbf")
    rows = _write_csv(file, query.rows(), site)
    return file.finished(rows, "csv", "text/csv; charset=utf-8; header=present")


def export_jsonl(query, *, site: str) -> Export:
    """Return the claims as JSON Lines, every value exactly as it is stored."""
    file = HashedFile.spool()
    rows = 0
    for line in _copy_rows(_json_sql(), query.rows(), site):
        # COPY doubles each backslash and escapes nothing else that JSON may hold.
        file.write(line.replace(b"\\\\", b"\\"))
        rows += 1
    return file.finished(rows, "jsonl", "application/x-ndjson")


def export_zip(query, *, site: str) -> Export:
    """Return a ZIP of the CSV, its manifest, data package and data dictionary.

    Half a ZIP cannot be opened, and the manifest says what must be in a whole one.
    """
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by who sends it)
    made_at = datetime.now(UTC)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with archive.open("claims.csv", "w", force_zip64=True) as member:
            inner = HashedFile(member)
            rows = _write_csv(inner, query.rows(), site)
        manifest = manifest_of(
            rows=rows,
            size=inner.size,
            sha256=inner.digest.hexdigest(),
            made_at=made_at,
            site=site,
            query=query.string(),
        )
        archive.writestr("manifest.json", _json(manifest))
        archive.writestr("datapackage.json", _json(data_package(site)))
        archive.writestr("data-dictionary.csv", data_dictionary())
    return _hashed(file).finished(rows, "zip", "application/zip")


def export_claimreview(query, *, site: str) -> Export:
    """Return the verdicts in force on the claims as a DataFeed of ClaimReview."""
    file = HashedFile.spool()
    claims = query.rows().in_force()
    for piece in data_feed(claims, at=lambda path: f"{site}{path}"):
        file.write(piece.encode())
    return file.finished(claims.count(), "json", "application/ld+json")


class Format(NamedTuple):
    """One format of a list's claims: its name, type and meaning, and what writes it."""

    label: str
    media_type: str
    meaning: str | Promise
    write: Callable[..., Export]


# By the ending of the address, /claims.csv, in the order of the links.
FORMATS = {
    "csv": Format("CSV", "text/csv", _("One table, for spreadsheets"), export_csv),
    "zip": Format(
        "ZIP",
        "application/zip",
        _("The table with its checksum and its dictionary"),
        export_zip,
    ),
    "jsonl": Format(
        "JSON Lines",
        "application/x-ndjson",
        _("One object a line, for programs"),
        export_jsonl,
    ),
}


def manifest_of(*, rows, size, sha256, made_at, site, query) -> dict:
    """Return the manifest by which a reader checks that the CSV is complete."""
    return {
        "file": "claims.csv",
        "rows": rows,
        "bytes": size,
        "sha256": sha256,
        "made_at": made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": f"{site}/claims/{f'?{query}' if query else ''}",
        "query": query,
        "columns": [column.name for column in COLUMNS],
        "licence": settings.FACTCHECK["DATA_LICENCE"],
        "licence_url": settings.FACTCHECK["DATA_LICENCE_URL"],
        "note": "A cell that starts with ' has had that one character put in front, "
        "so that no spreadsheet runs it as a formula.",
    }


def _write_csv(file, claims, site):
    header = ",".join(column.name for column in COLUMNS)
    file.write(header.encode() + b"\r\n")
    rows = 0
    for line in _copy_rows(_csv_sql(), claims, site):
        file.write(line[:-1] + b"\r\n")
        rows += 1
    return rows


def _cells(kinds_as_text):
    """Return the SELECT of all columns, empty values as NULL, nothing escaped."""
    cells = []
    for column in COLUMNS:
        sql = f"({column.sql})"
        if column.kind == "date":
            sql = f"to_char({sql}, 'YYYY-MM-DD')"
        elif column.kind != "integer":
            sql = f"nullif({sql}::text, '')"
        elif kinds_as_text:
            sql = f"{sql}::text"
        cells.append(f'{sql} AS "{column.name}"')
    # The inner ORDER BY also keeps each cell from being worked out twice.
    return f"WITH matching AS ({{claims}}) SELECT {', '.join(cells)} {FROM}"


def _csv_sql():
    guarded_cells = [
        escape_formula_sql(f'"{column.name}"')
        if column.is_words
        else f'"{column.name}"'
        for column in COLUMNS
    ]
    return (
        f"COPY (SELECT {', '.join(guarded_cells)} FROM ({_cells(True)}) line)"  # noqa: S608
        " TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')"
    )


def _json_sql():
    return (
        f"COPY (SELECT row_to_json(line)::text FROM ({_cells(False)}) line)"  # noqa: S608
        " TO STDOUT WITH (ENCODING 'UTF8')"
    )


def typed_rows(claims: QuerySet, site: str) -> Iterator[dict[str, Any]]:
    """Yield each claim as a dict of its columns; what is empty is None."""
    for line in _copy_rows(_json_sql(), claims, site):
        yield json.loads(line.replace(b"\\\\", b"\\"))


def _copy_rows(sql: str, claims: QuerySet, site: str) -> Iterator[bytes]:
    """Yield the rows of a COPY statement as bytes: one statement, so one snapshot,
    whatever is written meanwhile."""
    chosen, values = claims.order_by().values("id").query.sql_with_params()
    reading = router.db_for_read(claims.model)
    connection: Any = connections[reading]
    # More rows than a page has, and no more of these at a time than there are slots.
    patience = connection.transaction_setting("statement_timeout", "1h")
    with patience, transaction.atomic(using=reading), connection.cursor() as cursor:
        _wait_for_slot(cursor)
        client = ClientCursor(connection.connection)
        matching = client.mogrify(chosen, values)
        literal = client.mogrify("%s", [site])
        statement = sql.replace("{site}", literal).replace("{claims}", matching)
        with client.copy(statement) as copy:
            for line in copy:
                yield bytes(line)


def _wait_for_slot(cursor):
    for slot in range(SLOTS):
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, slot])
        if cursor.fetchone()[0]:
            return
    raise TooManyExports(
        _("Several downloads are being made just now. Try again in a moment.")
    )


class HashedFile:
    """A file object that counts the bytes written and computes their SHA-256."""

    def __init__(self, file):
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    @classmethod
    def spool(cls):
        """Return a new temporary file, in memory while it is small."""
        return cls(SpooledTemporaryFile(IN_MEMORY))

    def write(self, data):
        self.size += len(data)
        self.digest.update(data)
        return self.file.write(data)

    def finished(self, rows, ending, media_type, *, name="claims") -> Export:
        """Rewind the file and return it as an Export."""
        self.file.seek(0)
        return Export(
            file=self.file,
            name=f"{name}-{datetime.now(UTC):%Y-%m-%d}.{ending}",
            media_type=media_type,
            size=self.size,
            rows=rows,
            sha256=self.digest.hexdigest(),
        )


def _hashed(file):
    """Return a HashedFile of a file that is written already."""
    made = HashedFile(file)
    file.seek(0)
    while block := file.read(1 << 20):
        made.size += len(block)
        made.digest.update(block)
    return made


def _json(data):
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
