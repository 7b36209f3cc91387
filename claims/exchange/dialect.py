"""The dialect of the files: how ratings, buckets and states are written in them.

A column may hold nothing but "true" and "false", or "none", whatever rows are chosen;
a program that guesses types would take it for booleans or for nothing. So each value
tells by itself what it is, and sorts; what reads it back takes the older one too.
"""

from __future__ import annotations

import re

from claims.models.choices import Bucket
from claims.models.verdict_state import (
    NOT_REVIEWED_KEY,
    REPEATED_KEY,
    RETRACTED_KEY,
)

# Of the files: 1 had plain slugs, numbers and places as 0-6.
DIALECT = 2
BUCKETS = {
    Bucket.TRUE: "5-true",
    Bucket.MOSTLY_TRUE: "4-mostly_true",
    Bucket.MIXED: "3-mixed",
    Bucket.MOSTLY_FALSE: "2-mostly_false",
    Bucket.FALSE: "1-false",
    Bucket.UNRATED: "0-unrated",
}
REVIEWED, RETRACTED, NOT_REVIEWED = "reviewed", "retracted", "not_reviewed"
ELSEWHERE, REPEATS = "elsewhere", "repeats"
_NUMBERED = re.compile(r"[0-5]-(?=.)")
_VALUED = re.compile(r" \((?:[1-5] of 5|no value)\)$")


def bucket_sql(column: str) -> str:
    """Return SQL that writes a rating's bucket: `1-false` to `5-true`, `0-unrated`."""
    cases = " ".join(f"WHEN '{old.value}' THEN '{new}'" for old, new in BUCKETS.items())
    return f"CASE {column} {cases} END"


def review_sql(rating: str) -> str:
    """Return SQL that writes whether a verdict is in force, by the rating's key.

    The publication is the row `p`.
    """
    return (
        f"CASE WHEN {rating} = {NOT_REVIEWED_KEY} THEN '{NOT_REVIEWED}'"
        f" WHEN {rating} = {RETRACTED_KEY} THEN '{RETRACTED}'"
        f" WHEN {rating} = {REPEATED_KEY} THEN '{REPEATS}'"
        f" WHEN p.publisher <> '' THEN '{ELSEWHERE}' ELSE '{REVIEWED}' END"
    )


def rating_sql(row: str) -> str:
    """Return SQL that writes a publication's rating: its value and slug, `1-false`."""
    slug = f"coalesce(nullif({row}.rating_slug, ''), '{ELSEWHERE}')"
    return f"coalesce({row}.rating_value, 0) || '-' || {slug}"


def label_sql(row: str) -> str:
    """Return SQL that writes a publication's rating in words: `False (1 of 5)`."""
    value = f"coalesce({row}.rating_value || ' of 5', 'no value')"
    return f"{row}.rating_label || ' (' || {value} || ')'"


def without_number(value: str) -> str:
    """Return the slug of a rating or bucket that a file of this dialect names.

    >>> without_number("1-false"), without_number("mostly_true")
    ('false', 'mostly_true')
    """
    return _NUMBERED.sub("", value, count=1)


def without_value(label: str) -> str:
    """Return the label of a rating without its value in brackets.

    >>> without_value("False (1 of 5)"), without_value("Unproven (no value)")
    ('False', 'Unproven')
    """
    return _VALUED.sub("", label)
