"""The dialect of the files: how ratings, buckets and states are written in them.

A column may hold nothing but "true" and "false", or "none", whatever rows are chosen;
a program that guesses types would take it for booleans or for nothing. So each value
tells by itself what it is, and sorts; what reads it back takes the older one too.
"""

from __future__ import annotations

import re

from claims.models.choices import Bucket

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
_NUMBERED = re.compile(r"[0-5]-(?=.)")


def bucket_sql(column: str) -> str:
    """Return SQL that writes a rating's bucket: `1-false` to `5-true`, `0-unrated`."""
    cases = " ".join(f"WHEN '{old.value}' THEN '{new}'" for old, new in BUCKETS.items())
    return f"CASE {column} {cases} END"


def review_sql(rating: str) -> str:
    """Return SQL that writes whether a verdict is in force, by the rating's key."""
    return (
        f"CASE WHEN {rating} > 0 THEN '{REVIEWED}' WHEN {rating} < 0"
        f" THEN '{RETRACTED}' ELSE '{NOT_REVIEWED}' END"
    )


def without_number(value: str) -> str:
    """Return the bucket that a file of any dialect names.

    >>> without_number("1-false"), without_number("mostly_true")
    ('false', 'mostly_true')
    """
    return _NUMBERED.sub("", value, count=1)
