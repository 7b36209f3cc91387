"""Whole records by their keys, as JSON texts: what every door for programs answers.

The shape is that of `exchange/record_fields.py`, the same as in claims.jsonl. Read in
one statement, by the public role where a public door asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections, router

from claims.exchange.record_fields import CLAIM_FIELDS, VERSION_FIELDS, Field
from claims.exchange.whole_records import RECORDS, columns_sql
from claims.models import PublicClaim


class Kind(NamedTuple):
    """One kind of record: its fields, the FROM they are read from, its key."""

    fields: tuple[Field, ...]
    rows: str
    key: str

    def chosen(self, names: Iterable[str]) -> tuple[Field, ...]:
        """Return the fields of these names, all of them where none is named."""
        names = set(names)
        return tuple(f for f in self.fields if f.name in names) or self.fields


CLAIM_ROWS = """
FROM claims_publicclaim c
JOIN claims_publicwords w ON w.id = c.id
JOIN claims_article a ON a.id = c.article_id
JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
WHERE c.state = 'listed'
"""
RATING_BEFORE = """
SELECT b.rating_slug FROM claims_publishedverdict b
WHERE b.claim_id = p.claim_id AND b.number = p.number - 1
"""
CORRECTION_FIELDS = (
    Field("claim", "Number of the claim.", "integer", "p.claim_id"),
    Field("rating_before", "Slug of the rating before.", "string", RATING_BEFORE),
    *VERSION_FIELDS,
)
VERSION_ROWS = "FROM claims_publishedverdict p WHERE true"
KINDS = {
    "claim": Kind(CLAIM_FIELDS, CLAIM_ROWS, "c.id"),
    "version": Kind(VERSION_FIELDS, VERSION_ROWS, "p.id"),
    "correction": Kind(CORRECTION_FIELDS, VERSION_ROWS, "p.id"),
    **{
        kind: Kind(
            RECORDS[kind][0],
            f"FROM claims_{kind} {kind[0]} WHERE true",
            f"{kind[0]}.id",
        )
        for kind in ("speaker", "article", "topic", "outlet", "rating")
    },
}
# Of a withdrawn claim.
TOMBSTONE_FIELDS = (
    Field("id", "Number; it never changes.", "integer", "c.id"),
    Field("url", "Permanent address.", "string", "{site} || '/claims/' || c.id || '/'"),
    Field("state", "withdrawn", "string", "c.state"),
    Field("withdrawn_at", "When it was withdrawn.", "datetime", "c.withdrawn_at"),
    Field("reason", "Why, as readers are told.", "string", "w.withdrawal_reason"),
)
TOMBSTONE = Kind(
    TOMBSTONE_FIELDS,
    "FROM claims_publicclaim c JOIN claims_publicwords w ON w.id = c.id"
    " WHERE c.state = 'withdrawn'",
    "c.id",
)


def record_sql(fields: Iterable[Field]) -> str:
    """Return the SQL of one row as JSON; `literals` has the values that it names."""
    columns = columns_sql(tuple(fields))
    sql = f"(SELECT row_to_json(line) FROM (SELECT {columns}) line)"
    return (
        sql.replace("%", "%%")
        .replace("{site}", "%(site)s::text")
        .replace("{licence}", "%(licence)s::text")
    )


def record_select(kind: Kind, fields: Iterable[str] = ()) -> str:
    """Return the SELECT of key and record of some keys."""
    return (
        f"SELECT {kind.key}, {record_sql(kind.chosen(fields))}::text"
        f" {kind.rows} AND {kind.key} = ANY(%(keys)s)"
    )


def literals(site: str) -> dict[str, Any]:
    """Return the values that the SQL of records names, by name."""
    return {"site": site, "licence": settings.FACTCHECK["DATA_LICENCE_URL"]}


def records(
    kind: Kind, keys: Iterable[int], *, site: str, fields: Iterable[str] = ()
) -> list[str]:
    """Return the records of these keys as JSON texts, in their order.

    What is not public is left out.
    """
    keys = list(keys)
    with public_cursor() as cursor:
        cursor.execute(record_select(kind, fields), {"keys": keys, **literals(site)})
        found = dict(cursor.fetchall())
    return [found[key] for key in keys if key in found]


def public_cursor():
    """Return a cursor of the connection that reads for readers."""
    return connections[router.db_for_read(PublicClaim)].cursor()
