"""Exporting claims as one SQLite file, for Datasette and for SQL: tables, keys, search.

`claims` has the columns of the CSV, with plain values. Around it stand what its columns
name, its topics and joint speakers one by one, every published version with its
evidence, and the data dictionary.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from claims.exchange.columns import FROM
from claims.exchange.copying import PIECE, copy_rows
from claims.exchange.export import Format
from claims.exchange.former_columns import plain_columns
from claims.models import PublishedVerdict, Speaker, Topic

COLUMNS = plain_columns()

TYPES = {"integer": "INTEGER"}
# What a column of claims names: its table and the key there.
REFERENCES = {
    "speaker": "speakers (slug)",
    "via": "outlets (slug)",
    "outlet": "outlets (slug)",
    "article": "articles (id)",
    "rating": "ratings (slug)",
}
# Taken from the newest claim that names it: max(id) chooses the row.
LOOKED_UP = {
    "speakers": {
        "slug": "speaker",
        "name": "speaker_name",
        "kind": "speaker_kind",
        "wikidata": "speaker_wikidata",
    },
    "outlets": {"slug": "outlet", "name": "outlet_name"},
    "articles": {
        "id": "article",
        "page": "article_page",
        "headline": "article_headline",
        "url": "article_url",
        "published_on": "article_published_on",
        "language": "language",
        "outlet": "outlet",
    },
    "ratings": {
        "slug": "rating",
        "label": "rating_label",
        "value": "rating_value",
        "bucket": "bucket",
    },
}
VERSION = (
    *("claim_id", "number", "kind", "note", "asked_by", "published_at"),
    *("rating_slug", "rating_label", "rating_value", "rating_bucket", "finding"),
    *("claim_reviewed", "summary", "explanation", "how_verified", "as_of"),
    *("author_name", "approver_name", "override_reason", "digest"),
)
EVIDENCE = (
    *("url", "title", "publisher", "published_on", "accessed_on", "archived_url"),
    *("excerpt", "stance", "is_primary"),
)
# Of the copy that the desk keeps, where readers may see one.
COPY = ("name", "kind", "size", "sha256")
SEARCHED = ("wording", "quote", "speaker_name", "summary")
SCHEMA = """
CREATE TABLE speakers (slug TEXT PRIMARY KEY, name TEXT, kind TEXT, wikidata TEXT);
CREATE TABLE outlets (slug TEXT PRIMARY KEY, name TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, page TEXT, headline TEXT, url TEXT,
    published_on TEXT, language TEXT, outlet TEXT REFERENCES outlets (slug));
CREATE TABLE ratings (slug TEXT PRIMARY KEY, label TEXT, value INTEGER, bucket TEXT);
CREATE TABLE topics (slug TEXT PRIMARY KEY, name TEXT);
CREATE TABLE claims ({columns});
CREATE TABLE claim_topics (claim INTEGER REFERENCES claims (id),
    topic TEXT REFERENCES topics (slug), PRIMARY KEY (claim, topic)) WITHOUT ROWID;
CREATE TABLE claim_speakers (claim INTEGER REFERENCES claims (id),
    speaker TEXT REFERENCES speakers (slug), position INTEGER,
    PRIMARY KEY (claim, speaker)) WITHOUT ROWID;
CREATE TABLE repetitions (claim INTEGER PRIMARY KEY REFERENCES claims (id),
    repeats INTEGER REFERENCES claims (id));
CREATE TABLE versions (claim INTEGER REFERENCES claims (id), number INTEGER, kind TEXT,
    note TEXT, asked_by TEXT, published_at TEXT, rating TEXT, rating_label TEXT,
    rating_value INTEGER, bucket TEXT, finding TEXT, claim_reviewed TEXT, summary TEXT,
    explanation TEXT, how_verified TEXT, as_of TEXT, author TEXT, approver TEXT,
    override_reason TEXT, digest TEXT, PRIMARY KEY (claim, number));
CREATE TABLE evidence (id INTEGER PRIMARY KEY, claim INTEGER REFERENCES claims (id),
    version INTEGER, url TEXT, title TEXT, publisher TEXT, published_on TEXT,
    accessed_on TEXT, archived_url TEXT, excerpt TEXT, stance TEXT, is_primary INTEGER,
    copy_name TEXT, copy_kind TEXT, copy_size INTEGER, copy_sha256 TEXT,
    FOREIGN KEY (claim, version) REFERENCES versions (claim, number));
CREATE TABLE data_dictionary (name TEXT PRIMARY KEY, type TEXT, meaning TEXT);
CREATE TABLE about (source TEXT, query TEXT, made_at TEXT, claims INTEGER,
    licence TEXT, licence_url TEXT);
"""
# A slug holds neither blanks nor quotation marks.
LINKED = """
INSERT INTO claim_topics SELECT DISTINCT claims.id, value FROM claims,
    json_each('["' || replace(topics, ' ', '","') || '"]') WHERE topics IS NOT NULL;
INSERT INTO claim_speakers SELECT claims.id, value, min(key) + 2 FROM claims,
    json_each('["' || replace(other_speakers, ' ', '","') || '"]')
    WHERE other_speakers IS NOT NULL GROUP BY claims.id, value;
"""
FINISH = """
INSERT OR IGNORE INTO outlets (slug) SELECT DISTINCT via FROM claims
    WHERE via IS NOT NULL;
INSERT INTO repetitions SELECT id, repeats FROM claims
    WHERE repeats IN (SELECT id FROM claims);
CREATE VIRTUAL TABLE claims_fts USING fts5({searched}, content='claims',
    content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
CREATE INDEX claims_speaker ON claims (speaker);
CREATE INDEX claims_article ON claims (article);
CREATE INDEX claims_rating ON claims (rating);
CREATE INDEX claims_stated_on ON claims (stated_on);
CREATE INDEX claim_topics_topic ON claim_topics (topic);
CREATE INDEX claim_speakers_speaker ON claim_speakers (speaker);
CREATE INDEX evidence_claim ON evidence (claim, version);
ANALYZE;
"""


def sqlite_pieces(query, counted, *, site: str) -> Iterator[bytes]:
    """Yield the claims of a ClaimQuery as a SQLite file, which is made first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.sqlite"
        with closing(sqlite3.connect(path)) as file:
            counted.rows = _fill(file, query, site)
        with path.open("rb") as made:
            while piece := made.read(PIECE):
                yield piece


SQLITE = Format(
    "SQLite",
    "application/vnd.sqlite3",
    _("Tables with keys and search, for SQL"),
    _("claims, speakers, articles, versions and evidence as tables, for Datasette."),
    "/claims.sqlite",
    sqlite_pieces,
)


def _fill(file, query, site):
    # Nobody reads it before it is whole.
    file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    file.executescript(SCHEMA.format(columns=", ".join(_columns())))
    names = [column.name for column in COLUMNS]
    rows = file.executemany(
        f"INSERT INTO claims VALUES ({_marks(names)})",
        ([row[name] for name in names] for row in _plain_rows(query.rows(), site)),
    ).rowcount
    for table, columns in LOOKED_UP.items():
        _look_up(file, table, columns)
    file.executescript(LINKED)
    _add_names(file, "topics", "claim_topics", "topic", Topic)
    _add_names(file, "speakers", "claim_speakers", "speaker", Speaker)
    _add_versions(file, query.rows())
    with override("en"):
        about = [(one.name, one.kind, str(one.meaning)) for one in COLUMNS]
    file.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?)", about)
    file.execute(
        "INSERT INTO about VALUES (?, ?, ?, ?, ?, ?)",
        (
            f"{site}/claims/",
            query.string(),
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            max(rows, 0),
            settings.FACTCHECK["DATA_LICENCE"],
            settings.FACTCHECK["DATA_LICENCE_URL"],
        ),
    )
    file.commit()
    file.executescript(FINISH.format(searched=", ".join(SEARCHED)))
    file.commit()
    return max(rows, 0)


def _plain_rows(claims, site: str) -> Iterator[dict[str, Any]]:
    """Yield each claim as a dict of its columns; what is empty is None."""
    cells = ", ".join(f'{_cell_sql(column)} AS "{column.name}"' for column in COLUMNS)
    sql = (
        f"COPY (SELECT row_to_json(line)::text FROM (SELECT {cells} {FROM}) line)"
        " TO STDOUT WITH (ENCODING 'UTF8')"
    )
    for line in copy_rows(sql, claims, site):
        yield json.loads(line.replace(b"\\\\", b"\\"))


def _cell_sql(column):
    if column.kind == "date":
        return f"to_char(({column.sql}), 'YYYY-MM-DD')"
    if column.kind in TYPES:
        return f"({column.sql})"
    return f"nullif(({column.sql})::text, '')"


def _columns():
    for column in COLUMNS:
        kind = TYPES.get(column.kind, "TEXT")
        reference = REFERENCES.get(column.name)
        key = " PRIMARY KEY" if column.name == "id" else ""
        yield f'"{column.name}" {kind}{key}' + (
            f" REFERENCES {reference}" if reference else ""
        )


def _marks(values: Iterable) -> str:
    return ", ".join("?" for _value in values)


def _look_up(file, table, columns):
    key = next(iter(columns.values()))
    newest = f"SELECT *, max(id) FROM claims WHERE {key} IS NOT NULL GROUP BY {key}"
    file.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {', '.join(columns.values())} FROM ({newest})"
    )


def _add_names(file, table, link, column, model):
    """Store who or what a linking table names, with the names of today."""
    found = file.execute(
        f"SELECT DISTINCT {column} FROM {link}"
        f" WHERE {column} NOT IN (SELECT slug FROM {table})"
    ).fetchall()
    slugs = [slug for (slug,) in found]
    for start in range(0, len(slugs), 1000):
        some = slugs[start : start + 1000]
        named = dict(
            model.objects.filter(slug__in=some).values_list("slug", "name").order_by()
        )
        file.executemany(
            f"INSERT INTO {table} (slug, name) VALUES (?, ?)",
            ((slug, named.get(slug)) for slug in some),
        )


def _add_versions(file, claims):
    chosen = claims.order_by().values("id")
    versions = PublishedVerdict.objects.filter(claim__in=chosen)
    rows = versions.order_by("claim", "number").values_list(*VERSION, "evidence")
    into_versions = f"INSERT INTO versions VALUES ({_marks(VERSION)})"
    into_evidence = (
        f"INSERT INTO evidence (claim, version, {', '.join(EVIDENCE)},"
        f" {', '.join(f'copy_{name}' for name in COPY)})"
        f" VALUES (?, ?, {_marks(EVIDENCE)}, {_marks(COPY)})"
    )
    for *version, evidence in rows.iterator(chunk_size=1000):
        file.execute(into_versions, [_plain(value) for value in version])
        file.executemany(
            into_evidence,
            (
                [
                    *version[:2],
                    *(_plain(each.get(name)) for name in EVIDENCE),
                    *(each.get("file", {}).get(name) for name in COPY),
                ]
                for each in evidence
            ),
        )


def _plain(value):
    """Return a value as SQLite and the CSV have it; what is empty is NULL."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value != "" else None
