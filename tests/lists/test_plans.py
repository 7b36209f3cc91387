"""Which indexes answer what a large archive is asked: the plans, not the clock."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery
from claims.reading import speaker_dossier
from tests.factories import make_article, make_claim, make_speaker


@pytest.fixture
def big_table(db):
    """Let the planner choose as on a table too large to be read whole."""
    speaker = make_speaker(name="Ilka Dvorsin")
    article = make_article()
    for _number in range(6):
        make_claim("The harbour", article=article, speaker=speaker, status="listed")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        # What other tests left and took back makes an index look larger than it is.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CLUSTER claims_claim USING claims_claim_pkey")
        cursor.execute("ANALYZE claims_claim")
    return speaker


def plans_of(action):
    """Return the plans of the statements that an action makes, as it was run."""
    with CaptureQueriesContext(connection) as statements:
        action()
    plans = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN ANALYZE {statement['sql']}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return plans


@pytest.mark.parametrize(
    "dropped", ["<>", "="], ids=["with that index", "with the others"]
)
def test_a_speakers_counts_come_from_an_index_alone(big_table, dropped):
    # A table of six rows makes all indexes cost the same: the others are taken away.
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT string_agg(format('DROP INDEX %I', c.relname), ';')
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = 'claims_claim'::regclass AND NOT i.indisunique
                AND c.relname {dropped} 'listed_by_speaker'
        """)
        cursor.execute(cursor.fetchone()[0])
    plans = plans_of(lambda: speaker_dossier(big_table.slug))
    (counting,) = [plan for plan in plans if "EXTRACT(year" in plan]
    assert ("Index Only Scan" in counting) == (dropped == "<>")


def test_a_facet_too_wide_to_be_counted_reads_no_claims(big_table):
    narrow = ClaimQuery(f"speaker={big_table.slug}&attribution=indirect")
    (counting,) = [
        plan
        for plan in plans_of(lambda: facets(narrow, most=5))
        if "CTE without_attribution" in plan
    ]
    wider = counting[counting.index("CTE without_attribution") :]
    assert "(never executed)" in wider.splitlines()[1]
    # The control: few enough, it is read.
    (counting,) = [
        plan
        for plan in plans_of(lambda: facets(narrow, most=6))
        if "CTE without_attribution" in plan
    ]
    wider = counting[counting.index("CTE without_attribution") :]
    assert "(never executed)" not in wider.splitlines()[1]
