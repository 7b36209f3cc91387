"""Exporting claims as CSV, JSON Lines, ClaimReview, and a ZIP with its manifest.

Corrections, which have formats of their own, are begun here, too.

FORMATS is the table of what a list can be had as: the list's links, its downloads, the
page about the data and `manage.py export_claims` follow it. Which columns there are
stands in columns.py, which fields a whole record has in record_fields.py.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.exchange.columns import COLUMNS
from claims.exchange.copying import copy_rows, in_pieces, one_snapshot
from claims.exchange.csv_export import csv_rows
from claims.exchange.data_dictionary import (
    data_dictionary,
    data_package,
    record_dictionary,
)
from claims.exchange.dialect import DIALECT
from claims.exchange.whole_records import claims_sql
from claims.reading.structured_data import data_feed

# Files up to this size stay in memory, larger ones go to the disk or are streamed.
IN_MEMORY = 1_000_000


@dataclass(frozen=True)
class Export:
    """A finished export: the file, its size, row count and checksum."""

    file: BinaryIO
    name: str
    media_type: str
    size: int
    rows: int
    sha256: str


@dataclass(frozen=True)
class Begun:
    """An export whose bytes are made while they are sent; `rows` is how many come.

    What breaks off raises while it is read.
    """

    head: bytes
    rest: InOneContext
    name: str
    media_type: str
    rows: int

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        yield from self.rest

    def close(self) -> None:
        self.rest.close()


class InOneContext:
    """A generator that runs in one and the same context, whoever asks it to go on.

    A server may ask for the body of an answer elsewhere than for the answer.
    """

    def __init__(self, generator: Generator[bytes]):
        self.generator, self.context = generator, copy_context()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self.context.run(next, self.generator)

    def close(self) -> None:
        self.context.run(self.generator.close)


@dataclass
class Counted:
    """How many rows a file has so far."""

    rows: int = 0


# --- The bytes of each format ---------------------------------------------------------


def csv_pieces(
    query, counted, *, site: str, bom: bool = False, former: bool = False
) -> Iterator[bytes]:
    """Yield the claims of a ClaimQuery as CSV; `former` for the former columns."""
    rows = csv_rows(query.rows(), site=site, former=former)
    yield (b"\xef\xbb\xbf" if bom else b"") + next(rows)
    yield from in_pieces(_counting(rows, counted))


def jsonl_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield the claims as whole records, one a line, exactly as they are stored."""
    sql = f"COPY ({claims_sql()}) TO STDOUT WITH (ENCODING 'UTF8')"
    # COPY doubles each backslash and escapes nothing else that JSON may hold.
    rows = (line.replace(b"\\\\", b"\\") for line in copy_rows(sql, query.rows(), site))
    yield from in_pieces(_counting(rows, counted))


def zip_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield a ZIP of CSV and whole records, with a manifest and their dictionaries.

    Half a ZIP cannot be opened, and the manifest says what must be in a whole one.
    """
    sink = _Sink()
    made_at = datetime.now(UTC)
    members = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, write, count in (
            ("claims.csv", csv_pieces, counted),
            ("claims.jsonl", jsonl_pieces, Counted()),
        ):
            with archive.open(name, "w", force_zip64=True) as member:
                inner = HashedFile(member)
                for piece in write(query, count, site=site):
                    inner.write(piece)
                    yield sink.taken()
            members.append(inner.as_member(name, count.rows))
        for name, text in {
            "manifest.json": _json(
                manifest_of(members, made_at=made_at, site=site, query=query.string())
            ),
            "datapackage.json": _json(data_package(site)),
            "data-dictionary.csv": data_dictionary(),
            "record-dictionary.csv": record_dictionary(),
        }.items():
            archive.writestr(name, text)
    yield sink.taken()


def claimreview_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield the verdicts in force on the claims as a DataFeed of ClaimReview."""
    claims = query.rows().in_force()
    counted.rows = claims.count()
    for piece in data_feed(claims, at=lambda path: f"{site}{path}"):
        yield piece.encode()


def _counting(rows, counted):
    for row in rows:
        counted.rows += 1
        yield row


# --- Formats --------------------------------------------------------------------------


class Format(NamedTuple):
    """One format of a list's claims: its name, type and meaning, and what writes it.

    `path` is its address; `detail` is what the page about the data says of it.
    """

    label: str
    media_type: str
    meaning: str | Promise
    detail: str | Promise
    path: str
    write: Callable[..., Iterator[bytes]]
    # What the file is called, before day and ending.
    name: str = "claims"

    @property
    def content_type(self) -> str:
        """Return the media type with its parameters (RFC 4180)."""
        table = "; charset=utf-8; header=present"
        return self.media_type + (table if self.media_type == "text/csv" else "")


# By the ending of the address, /claims.csv, in the order of the links.
FORMATS = {
    "csv": Format(
        "CSV",
        "text/csv",
        _("One table, for spreadsheets"),
        _(
            "one row for each claim. An apostrophe stands in front of what a "
            "spreadsheet could take for a formula, brackets around what a program "
            "could take for a number, a date, true, false or nothing."
        ),
        "/claims.csv",
        csv_pieces,
    ),
    "zip": Format(
        "ZIP",
        "application/zip",
        _("The table with its checksum and its dictionary"),
        _(
            "the CSV and the JSON Lines with their dictionaries, the number of rows "
            "and checksums."
        ),
        "/claims.zip",
        zip_pieces,
    ),
    "jsonl": Format(
        "JSON Lines",
        "application/x-ndjson",
        _("One object a line, for programs"),
        _(
            "one whole record to the line, byte for byte as stored: the claim, every "
            "version of its verdict with the evidence, speaker, article and topics."
        ),
        "/claims.jsonl",
        jsonl_pieces,
    ),
}
CLAIMREVIEW = Format(
    "ClaimReview",
    "application/ld+json",
    _("Verdicts in force, for search engines"),
    _("a schema.org DataFeed with the ClaimReview of every verdict in force."),
    "/claimreview.json",
    claimreview_pieces,
)


def export_file(form: Format, query, *, site: str, **options) -> Export:
    """Return the rows of a query as a finished file, from one snapshot."""
    counted = Counted()
    file = HashedFile.spool()
    with one_snapshot(query.rows()):
        for piece in form.write(query, counted, site=site, **options):
            file.write(piece)
    return file.finished(counted.rows, _name(form), form.content_type)


def begin_export(form: Format, query, *, site: str, **options) -> Export | Begun:
    """Return a finished file where it is short, else one that is made while sent."""
    counted, rows = Counted(), query.rows()

    def pieces():
        with one_snapshot(rows):
            expected.append(rows.order_by().count())
            yield from form.write(query, counted, site=site, **options)

    expected: list[int] = []
    file, rest = HashedFile.spool(), InOneContext(pieces())
    for piece in rest:
        file.write(piece)
        if file.size > IN_MEMORY:
            file.file.seek(0)
            head, name = file.file.read(), _name(form)
            return Begun(head, rest, name, form.content_type, expected[0])
    return file.finished(counted.rows, _name(form), form.content_type)


def manifest_of(members: list[dict], *, made_at, site, query) -> dict:
    """Return the manifest by which a reader checks that the files are complete."""
    return {
        **members[0],
        "dialect": DIALECT,
        "files": members,
        "made_at": made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": f"{site}/claims/{f'?{query}' if query else ''}",
        "query": query,
        "columns": [column.name for column in COLUMNS],
        "licence": settings.FACTCHECK["DATA_LICENCE"],
        "licence_url": settings.FACTCHECK["DATA_LICENCE_URL"],
        "note": "In claims.csv one ' has been put in front of what a spreadsheet could "
        "run as a formula, also behind a semicolon, tab or line end within a cell; "
        "what a program could take for something else than words stands in brackets.",
    }


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

    def as_member(self, name, rows):
        """Return what the manifest says of it."""
        sha256 = self.digest.hexdigest()
        return {"file": name, "rows": rows, "bytes": self.size, "sha256": sha256}

    def finished(self, rows, name, media_type) -> Export:
        """Rewind the file and return it as an Export."""
        self.file.seek(0)
        return Export(
            file=self.file,
            name=name,
            media_type=media_type,
            size=self.size,
            rows=rows,
            sha256=self.digest.hexdigest(),
        )


class _Sink:
    """A file that cannot be rewound, and hands over what was written since."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def dated_name(name: str, ending: str) -> str:
    """Return the name of a download of today: claims-2026-05-04.csv."""
    return f"{name}-{datetime.now(UTC):%Y-%m-%d}.{ending}"


def _name(form):
    return dated_name(form.name, form.path.rsplit(".", 1)[-1])


def _json(data):
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
