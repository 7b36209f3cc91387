"""The public record of a whole generated archive, written in one statement.

Row by row each count is kept while the archive grows, which costs more than all the
rest: here they are made afterwards, from what `desk.public_record` wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from claims.desk import public_record

# Statement triggers count, row triggers compare with what was published: the archive
# is asked as a whole afterwards, and its rows come from the very SELECT they ask.
TRIGGERS = {
    "claims_publicclaim": ("count_facets_insert", "record_is_whole"),
    "claims_publicwords": ("record_is_whole",),
}
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


def fill_public_record(at: datetime) -> None:
    """Write the record of an archive whose record is empty, listed at this time."""
    with transaction.atomic(), connection.cursor() as cursor:
        with _without_triggers(cursor):
            public_record.write_all(at=at)
        cursor.execute(COUNTS)


@contextmanager
def _without_triggers(cursor) -> Iterator[None]:
    for verb in ("DISABLE", "ENABLE"):
        for table, triggers in TRIGGERS.items():
            for trigger in triggers:
                cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER {trigger}")
        if verb == "DISABLE":
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
