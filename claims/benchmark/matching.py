"""How well earlier claims are found: MAP@5, MRR, recall at 10, false alarms, the time.

Claims, queries and judgements are files in the formats of TREC. The claims are ranked
by the very query of the desk, over temporary tables that take the place of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import perf_counter

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from claims.exceptions import Refused
from claims.lists.ranking import alike
from factcheck.database.roles import OWNER_ALIAS

TABLES = """
CREATE TEMPORARY TABLE claims_publicwords (
    id bigint PRIMARY KEY, state text DEFAULT 'listed', facets int[], wording text,
    quote text DEFAULT '', vector tsvector
) ON COMMIT DROP;
CREATE TEMPORARY TABLE claims_lexemecount (word text PRIMARY KEY, count bigint)
ON COMMIT DROP;
"""
# Of the sentences that no claim is about, so many may be said to have one.
FALSE_ALARMS = 0.05
DROP = "DROP TABLE pg_temp.claims_publicwords, pg_temp.claims_lexemecount"
INSERT = """
INSERT INTO claims_publicwords (id, facets, wording, vector)
SELECT id, ARRAY[speaker], words, claim_vector('en', words)
FROM unnest(%s::int[], %s::int[], %s::text[]) made (id, speaker, words)
"""
COUNT = """
CREATE INDEX ON claims_publicwords USING gin (vector);
INSERT INTO claims_lexemecount
    SELECT u.lexeme, count(*) FROM claims_publicwords, unnest(vector) u GROUP BY 1
    UNION ALL SELECT '', count(*) FROM claims_publicwords
    UNION ALL SELECT ' ', sum(length(vector)) FROM claims_publicwords;
ANALYZE claims_publicwords;
ANALYZE claims_lexemecount;
"""


@dataclass(frozen=True)
class Row:
    """A line of a file: its key, text and the speaker, where one is given."""

    key: str
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Figures:
    """How well and how fast the judged claims were found, of how many queries."""

    queries: int
    map_at_5: float
    mrr: float
    recall_at_10: float
    median: float
    slow: float
    others: int = 0
    lit: float = 0.0

    def __str__(self) -> str:
        told = (
            f"{self.queries} queries: MAP@5 {self.map_at_5:.3f}, MRR {self.mrr:.3f}, "
            f"recall at 10 {self.recall_at_10:.3f}, {self.median:.1f} ms, "
            f"p95 {self.slow:.1f} ms"
        )
        if self.others:
            told += (
                f"; first and lit at {FALSE_ALARMS:.0%} false alarms of {self.others}: "
                f"{self.lit:.3f}"
            )
        return told


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file of tabs: key, text and, in a third cell, a speaker."""
    rows = []
    for number, cells in enumerate(_cells(path), start=1):
        if len(cells) < 2 or not cells[0].strip():
            raise Refused(f"{path}, line {number}: give a key, a tab and a text.")
        speaker = cells[2].strip() if len(cells) > 2 else ""
        rows.append(Row(cells[0].strip(), cells[1], speaker))
    return rows


def read_judgements(path: Path) -> dict[str, set[str]]:
    """Return which claims belong to each query: lines "query 0 claim relevance"."""
    judged: dict[str, set[str]] = {}
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            cells = line.split()
            if not cells:
                continue
            if len(cells) != 4:
                raise Refused(
                    f"{path}, line {number}: give query, 0, claim and relevance."
                )
            if cells[3] != "0":
                judged.setdefault(cells[0], set()).add(cells[2])
    return judged


def evaluate(
    queries: list[Row],
    claims: list[Row],
    judged: dict[str, set[str]],
    others: list[Row] | None = None,
) -> Figures:
    """Return how well the claims that belong to the queries are found.

    Queries on which nobody has judged are left out, as a line of headings is. `others`
    are sentences that no claim is about: a claim is lit where it stands out by more
    than those found for nearly all of them.
    """
    asked = [row for row in queries if row.key in judged]
    if not asked:
        raise Refused("No query has a judgement: are these files of one collection?")
    alias = OWNER_ALIAS if OWNER_ALIAS in connections else DEFAULT_DB_ALIAS
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        codes = _fill(cursor, claims)
        found, times = [], []
        for row in asked:
            start = perf_counter()
            found.append(alike(cursor, row.text, [codes.get(row.speaker, 0)]))
            times.append(1000 * (perf_counter() - start))
        alarms = [
            alike(cursor, row.text, [codes.get(row.speaker, 0)], 1)
            for row in others or ()
        ]
        cursor.execute(DROP)
    times.sort()
    keys = [[claims[row.key].key for row in rows] for rows in found]
    right = [judged[row.key] for row in asked]
    scores = [_scores_of(*pair) for pair in zip(keys, right, strict=True)]
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    slow = times[min(len(times) - 1, int(0.95 * len(times)))]
    least = _least_lit([rows[0].margin if rows else -inf for rows in alarms])
    lit = sum(
        bool(rows) and first[0] in claim and rows[0].margin > least
        for rows, first, claim in zip(found, keys, right, strict=True)
    )
    middle = times[len(times) // 2]
    return Figures(
        len(asked), *means, middle, slow, len(others or ()), lit / len(asked)
    )


def _least_lit(margins: list[float]) -> float:
    """Return the margin that few of those that are false alarms exceed."""
    ranked = sorted(margins, reverse=True)
    return ranked[int(FALSE_ALARMS * len(ranked))] if ranked else 0.0


def _scores_of(keys: list[str], right: set[str]) -> tuple[float, float, float]:
    """Return average precision at 5, reciprocal rank and recall at 10 of a ranking."""
    hits, precision = 0, 0.0
    for place, key in enumerate(keys[:5], start=1):
        if key in right:
            hits += 1
            precision += hits / place
    first = next((place for place, key in enumerate(keys, 1) if key in right), 0)
    recall = len(right.intersection(keys[:10])) / len(right)
    return precision / min(len(right), 5), 1 / first if first else 0.0, recall


def _fill(cursor, claims: list[Row]) -> dict[str, int]:
    """Store claims in temporary tables; return a code for each speaker."""
    names = sorted({row.speaker for row in claims if row.speaker})
    codes = {name: number for number, name in enumerate(names, start=1)}
    cursor.execute(TABLES)
    cursor.execute(
        INSERT,
        [
            list(range(len(claims))),
            [codes.get(row.speaker, -1) for row in claims],
            [row.text for row in claims],
        ],
    )
    cursor.execute(COUNT)
    return codes


def _cells(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
