"""Whole records in JSON: one claim, version, speaker, article, rating, topic, outlet.

PostgreSQL writes them from the lists in `record_fields`, so that a line of claims.jsonl
and the record at an address of its own are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connections, router

from claims.exchange.record_fields import (
    ARTICLE_FIELDS,
    CLAIM_FIELDS,
    OUTLET_FIELDS,
    RATING_FIELDS,
    SPEAKER_FIELDS,
    TOPIC_FIELDS,
    VERSION_FIELDS,
    Field,
)
from claims.models import PublicClaim
from claims.models.facets import OUTLET, RATING, SPEAKER, TOPIC

# What a claim's record is read from; `{claims}` chooses the claims themselves.
CLAIMS = """
FROM ({claims}) m
JOIN claims_publicclaim c ON c.id = m.id
JOIN claims_publicwords w ON w.id = m.id
JOIN claims_article a ON a.id = c.article_id
JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
ORDER BY m.id
"""


def claims_sql() -> str:
    """Return the SELECT of one JSON text a claim, of those chosen as `{claims}`."""
    fields = columns_sql(CLAIM_FIELDS)
    return f"SELECT row_to_json(line)::text FROM (SELECT {fields} {CLAIMS}) line"


def columns_sql(fields: tuple[Field, ...]) -> str:
    """Return the SELECT list of a record's fields, empty texts as NULL."""
    return ", ".join(f'{_value_sql(field)} AS "{field.name}"' for field in fields)


def _value_sql(field):
    sql = f"({field.sql})"
    match field.kind:
        case "object":
            inner = f"SELECT {columns_sql(field.fields)} {field.rows}"
            return f"(SELECT row_to_json(record) FROM ({inner}) record)"
        case "array":
            inner = f"SELECT {columns_sql(field.fields)} {field.rows}"
            inner += f" ORDER BY {field.sql}"
            # An aggregate would part the items by line ends.
            rows = f"SELECT row_to_json(record) FROM ({inner}) record"
            return f"array_to_json(ARRAY({rows}))"
        case "string":
            return f"nullif({sql}::text, '')"
        case "datetime":
            return (
                f"to_char({sql} AT TIME ZONE 'UTC',"
                ' \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
            )
    return sql


def described(fields: tuple[Field, ...], inside: str = "") -> Iterator[Any]:
    """Yield each field of a record with its path: `speaker.aliases[].name`."""
    for field in fields:
        path = inside + field.name
        yield path, field
        ending = "[]." if field.kind == "array" else "."
        yield from described(field.fields, path + ending)


# --- One record -----------------------------------------------------------------------

_LISTED_CLAIMS = "How many listed claims there are of it."


def _counted(facet, key):
    count = f"SELECT count FROM claims_facetcount WHERE facet = {facet} + {key}"
    return Field("listed_claims", _LISTED_CLAIMS, "integer", f"coalesce(({count}), 0)")


# By the name of its kind: the fields, and where they are read from by one number.
RECORDS = {
    "speaker": (
        (*SPEAKER_FIELDS, _counted(SPEAKER, "s.id")),
        "FROM claims_speaker s WHERE s.id = %s",
    ),
    "outlet": (
        (*OUTLET_FIELDS, _counted(OUTLET, "o.id")),
        "FROM claims_outlet o WHERE o.id = %s",
    ),
    "topic": (
        (*TOPIC_FIELDS, _counted(TOPIC, "t.id")),
        "FROM claims_topic t WHERE t.id = %s",
    ),
    "rating": (
        (*RATING_FIELDS, _counted(RATING + 10, "r.id")),
        "FROM claims_rating r WHERE r.id = %s",
    ),
    "article": (ARTICLE_FIELDS, "FROM claims_article a WHERE a.id = %s"),
    "version": (
        VERSION_FIELDS,
        "FROM claims_publishedverdict p WHERE p.claim_id = %s AND p.number = %s",
    ),
}


def claim_record(key: int, *, site: str) -> str | None:
    """Return the whole record of a listed claim as JSON: its line of claims.jsonl."""
    one = "SELECT id FROM claims_publicclaim WHERE id = %s AND state = 'listed'"
    return _read(claims_sql().replace("{claims}", one), [key], site)


def record(kind: str, *keys: int, site: str) -> str | None:
    """Return the whole record of one of RECORDS as JSON, None where there is none.

    Whether readers may see it is not asked here.
    """
    fields, rows = RECORDS[kind]
    sql = (
        f"SELECT row_to_json(record) FROM (SELECT {columns_sql(fields)} {rows}) record"
    )
    return _read(f"SELECT row_to_json::text FROM ({sql}) one", list(keys), site)


def _read(sql, keys, site):
    literal = {
        "{site}": site,
        "{licence}": settings.FACTCHECK["DATA_LICENCE_URL"],
    }
    for name, value in literal.items():
        sql = sql.replace(name, "'" + value.replace("'", "''").replace("%", "%%") + "'")
    with connections[router.db_for_read(PublicClaim)].cursor() as cursor:
        cursor.execute(sql, keys)
        found = cursor.fetchone()
    return found and found[0]
