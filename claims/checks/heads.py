"""Published heads: against the data they are made of, and against a copy kept.

Computed here once more, apart from the functions of the database that made them.
"""

from __future__ import annotations

import hashlib
import json
from bisect import insort
from collections.abc import Iterator
from itertools import pairwise

from django.db import connection

from claims.models import PublishedHead

# Each publication with the row of the history that tells of it: a publication without
# one was there before the history was thinned, and counts from the beginning.
PUBLICATIONS = """
SELECT coalesce(made.id, 0), p.claim_id, p.number, p.digest
FROM claims_publishedverdict p
LEFT JOIN claims_change made ON made."table" = 'publishedverdict' AND made.row = p.id
    AND made.operation = 'insert'
ORDER BY 1, 2, 3
"""
# As the history was before words were redacted in it.
CHANGES = """
SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(
    CASE WHEN redacted.row IS NULL THEN claims_change_digest(h)
         ELSE claims_unredacted('change', h.id, claims_change_digest(h)) END,
    E'\\n' ORDER BY h.id), ''), 'UTF8')), 'hex')
FROM claims_change h
LEFT JOIN (
    SELECT DISTINCT row FROM claims_redactedrow WHERE "table" = 'change'
) redacted ON redacted.row = h.id
WHERE h.id > %s AND h.id <= %s
"""
DIGESTS = {
    "publications": "publications",
    "publications_digest": "digest over publications",
    "changes": "rows of the change history since the head before",
    "changes_digest": "digest over the change history",
    "previous": "digest of the head before",
    "digest": "digest",
}


def head_digest(head: PublishedHead) -> str:
    """Return the digest of a head's own lines, as its page explains."""
    lines = [
        head.day.isoformat(),
        head.last_change,
        head.publications,
        head.publications_digest,
        head.changes,
        head.changes_digest,
        head.previous,
    ]
    return _sha256("\n".join(map(str, lines)))


def problems() -> list[str]:
    """Return what no head agrees with, each in a sentence."""
    heads = list(PublishedHead.objects.order_by("day"))
    told = []
    for before, head in pairwise([None, *heads]):
        if head.digest != head_digest(head):
            told.append(f"heads: the head of {head.day} was changed after it was made")
        if before is not None and head.previous != before.digest:
            told.append(f"heads: the head of {head.day} does not follow the one before")
        if before is not None and (head.day - before.day).days != 1:
            told.append(f"heads: a head between {before.day} and {head.day} is gone")
    for head, publications, digest in _published(heads):
        if (publications, digest) != (head.publications, head.publications_digest):
            told.append(
                f"heads: {publications} publications up to {head.day} are not the "
                f"{head.publications} that its head was made of"
            )
    with connection.cursor() as cursor:
        for before, head in pairwise([None, *heads]):
            cursor.execute(
                CHANGES, [before.last_change if before else 0, head.last_change]
            )
            if cursor.fetchone() != (head.changes, head.changes_digest):
                told.append(
                    f"heads: the change history up to {head.day} is not the one that "
                    "its head was made of: rows are missing, added or rewritten"
                )
    return told


def _published(heads) -> Iterator[tuple[PublishedHead, int, str]]:
    """Yield each head with the count and digest of the publications it covers."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLICATIONS)
        rows = cursor.fetchall()
    newest: dict[int, tuple[int, str]] = {}
    claims: list[int] = []
    at = 0
    for head in heads:
        while at < len(rows) and rows[at][0] <= head.last_change:
            _change, claim, number, digest = rows[at]
            if claim not in newest:
                insort(claims, claim)
            newest[claim] = max((number, digest), newest.get(claim, (0, "")))
            at += 1
        lines = (f"{claim} {newest[claim][0]} {newest[claim][1]}" for claim in claims)
        yield head, at, _sha256("\n".join(lines))


def compare(copy: str) -> list[str]:
    """Return how the heads of a copy (JSON) differ from the database's.

    Raises ValueError where it is no copy of heads.
    """
    kept = json.loads(copy)
    rows = kept["heads"] if isinstance(kept, dict) else kept
    if not rows or not all(isinstance(row, dict) and "day" in row for row in rows):
        raise ValueError("no heads in it")
    heads = {head.day.isoformat(): head for head in PublishedHead.objects.all()}
    told = []
    for row in rows:
        head = heads.get(row["day"])
        if head is None:
            told.append(f"heads: the head of {row['day']} that was kept is not here")
            continue
        differing = [
            f"{words} {row[name]}, now {getattr(head, name)}"
            for name, words in DIGESTS.items()
            if name in row and row[name] != getattr(head, name)
        ]
        if differing:
            told.append(
                f"heads: the head of {row['day']} that was kept is not the one here: "
                + "; ".join(differing)
            )
    return told


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
