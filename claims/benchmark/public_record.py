"""The public record of a whole generated archive, written from the desk's own SELECT.

Row by row each count is kept while the archive grows, which costs more than all the
rest: here they are made afterwards. `check_integrity` compares both with their source.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from claims.benchmark.loading import (
    SIDE_BY_SIDE,
    side_by_side,
    without_indexes,
    without_triggers,
)
from claims.desk.public_source import FACTS, SOURCE, WORDS
from claims.models import PublicChange, PublicClaim, PublicWords
from claims.models.choices import PublicChangeKind

RECORD = [PublicClaim, PublicWords, PublicChange]
# Whatever the rows name has been seen by readers from then on.
SEEN = ("keep_was_public_insert",)
WRITE = f"""
WITH source AS MATERIALIZED ({SOURCE}),
facts AS (
    INSERT INTO claims_publicclaim (id, {", ".join(FACTS)}, change_number, changed_at)
    SELECT id, {", ".join(FACTS)}, numbered.number, '{{at}}'
    FROM source JOIN benchmark_numbers numbered USING (id)
)
INSERT INTO claims_publicwords (id, {", ".join(WORDS)})
SELECT id, {", ".join(WORDS)} FROM source
"""  # noqa: S608 - constants alone
NUMBERS = """
CREATE UNLOGGED TABLE benchmark_numbers AS
SELECT id, row_number() OVER (ORDER BY id) AS number
FROM claims_claim WHERE listed_at IS NOT NULL;
CREATE UNIQUE INDEX ON benchmark_numbers (id);
ANALYZE benchmark_numbers;
"""
COUNTS = """
INSERT INTO claims_facetcount (
    facet, count, changed_at, stated_from, stated_until,
    published_from, published_until, listed_from, listed_until,
    claim_from, claim_until
)
SELECT facet, count(*), max(changed_at), min(sort_date), max(sort_date),
       min(published_at), max(published_at), min(listed_at), max(listed_at),
       min(id), max(id)
FROM claims_publicclaim, unnest(facets) facet WHERE state = 'listed' GROUP BY facet
"""
LEXEMES = """
INSERT INTO claims_lexemecount AS kept (word, count)
    SELECT u.lexeme, count(*) FROM claims_publicwords, unnest(vector) u
    WHERE state = 'listed' GROUP BY 1
    UNION ALL SELECT '', count(*) FROM claims_publicwords WHERE state = 'listed'
    UNION ALL SELECT ' ', sum(length(vector)) FROM claims_publicwords
    WHERE state = 'listed'
ON CONFLICT (word) DO UPDATE SET count = EXCLUDED.count
"""
CHANGES = """
INSERT INTO claims_publicchange (number, kind, claim_id, at)
SELECT number, %s, id, %s FROM benchmark_numbers;
"""
COUNTER = """
UPDATE claims_changecounter SET number = (SELECT count(*) FROM benchmark_numbers);
DROP TABLE benchmark_numbers;
"""
CLAIMS_AT_ONCE = 20_000


def fill_public_record(claims: int, at: datetime) -> None:
    """Write the record of an archive whose record is empty, listed at this time."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS)
        with without_indexes(RECORD), without_triggers(RECORD, SEEN):
            size = max(1, min(CLAIMS_AT_ONCE, -(-claims // SIDE_BY_SIDE)))
            side_by_side(
                WRITE.replace("{at}", at.isoformat()).replace(
                    "{chosen}", f"c.id BETWEEN {first} AND {first + size - 1}"
                )
                for first in range(1, claims + 1, size)
            )
            cursor.execute(CHANGES, [PublicChangeKind.LISTED, at])
        cursor.execute(COUNTER)
        cursor.execute(COUNTS)
        cursor.execute(LEXEMES)
