"""The columns with plain values: integers, slugs, and nothing where there is nothing.

A table with types of its own takes them so. The CSV had them before its present
dialect: `?columns=1` gives those for a year after the release that brought it.
"""

from __future__ import annotations

from claims.exchange.columns import COLUMNS, Column, in_force
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED

ADDED = {
    "claim_reviewed",
    "changed_at",
    "times_said",
    "spoken_second",
    "published_precision",
}
_ARTICLE = Column("article", "Number of the article.", "integer", "a.id")


def _span(column):
    return rf"regexp_replace({column}, 'char=(\d+),(\d+)', '\1-\2', 'g')"


# What other SQL, of other types, stands under the same name.
PLAIN = {
    "text_number": ("integer", "t.number"),
    "quote_spans": ("string", _span("k.content_at")),
    "cue_spans": ("string", _span("k.cue_at")),
    "speaker_spans": ("string", _span("k.speaker_at")),
    "repeats": ("integer", "c.repeats_id"),
    "spoken_second": ("integer", "w.second"),
    "review": (
        "string",
        f"CASE WHEN p.id IS NULL THEN '{NOT_REVIEWED.slug}' WHEN c.rating < 0"
        f" THEN '{RETRACTED.slug}' ELSE 'reviewed' END",
    ),
    "finding": ("string", in_force("p.finding")),
    "rating": ("string", in_force("p.rating_slug")),
    "rating_label": ("string", in_force("p.rating_label")),
    "rating_value": ("integer", in_force("p.rating_value")),
    "bucket": ("string", in_force("p.rating_bucket")),
    "version": ("integer", "p.number"),
}


def plain_columns() -> list[Column]:
    """Return the columns with plain values, and with the number of the article."""
    found = []
    for column in COLUMNS:
        if column.name == "article_page":
            found.append(_ARTICLE)
        kind, sql = PLAIN.get(column.name, (column.kind, column.sql))
        found.append(column._replace(kind=kind, sql=sql, values=()))
    return found


def former_columns() -> list[Column]:
    """Return the columns of the CSV as they were, in their order."""
    return [column for column in plain_columns() if column.name not in ADDED]
