"""Whole records in JSON: one claim, version, speaker, article, rating, topic, outlet.

PostgreSQL writes them from the lists in `record_fields`, so that a line of claims.jsonl
and the record at an address of its own are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.exchange.record_fields import CLAIM_FIELDS, Field

# What a claim's record is read from; the claims themselves are chosen as `matching`.
CLAIMS = """
FROM matching m
JOIN claims_publicclaim c ON c.id = m.id
JOIN claims_publicwords w ON w.id = m.id
JOIN claims_article a ON a.id = c.article_id
JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
ORDER BY c.id
"""
# Of the few claims that are repeated the whole family is walked through.
TIMES_SAID = """
CASE WHEN c.repeats_id IS NULL AND NOT EXISTS (
    SELECT FROM claims_publicclaim later
    WHERE later.repeats_id = c.id AND later.state = 'listed'
) THEN 1 ELSE (
    WITH RECURSIVE family AS (
        SELECT c.id, c.repeats_id
        UNION
        SELECT other.id, other.repeats_id
        FROM claims_publicclaim other
        JOIN family ON other.id = family.repeats_id OR other.repeats_id = family.id
        WHERE other.state = 'listed'
    )
    SELECT count(*) FROM family
) END
"""


def claims_sql() -> str:
    """Return the SELECT of one JSON text a claim, of those chosen as `{claims}`."""
    fields = columns_sql(CLAIM_FIELDS).replace("{times_said}", TIMES_SAID)
    return (
        f"WITH matching AS ({{claims}}) SELECT row_to_json(line)::text"
        f" FROM (SELECT {fields} {CLAIMS}) line"
    )


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
