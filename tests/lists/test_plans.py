"""Which indexes answer what a large archive is asked: the plans, not the clock."""

import re
from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.benchmark.costs import settings_apart
from claims.lists import selection
from claims.lists.autocomplete import speakers_starting
from claims.lists.filters import ClaimQuery
from claims.lists.spelling import meant_search
from claims.models import PublicClaim, Speaker
from claims.models.facets import ATTRIBUTION
from claims.models.fulltext import ask
from claims.reading import speaker_dossier
from claims.reading.contradictions import has_contradictions
from claims.reading.corrections import corrections
from claims.sitemaps import SECTIONS
from tests.factories import make_article, make_claim, make_speaker


@pytest.fixture
def big_table(db):
    """Let the planner choose as on a table too large to be read whole."""
    speaker = make_speaker(name="Ilka Dvorsin")
    article = make_article()
    for _number in range(6):
        make_claim("The harbour", article=article, speaker=speaker, status="listed")
    row = PublicClaim.objects.latest("pk")
    row.speaker = make_speaker()
    with connection.cursor() as cursor:
        # These are rows of no claim.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_publicclaim DISABLE TRIGGER record_guard")
    PublicClaim.objects.bulk_create(copy_of(row, pk=row.pk + n) for n in range(1, 300))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("ANALYZE claims_publicclaim")
    return speaker


def copy_of(row, *, pk):
    row = copy(row)
    row.pk = pk
    return row


def plans_of(action):
    """Return the plans of the statements that an action makes, as it was run."""
    with CaptureQueriesContext(connection) as statements:
        action()
    plans = []
    with connection.cursor() as cursor:
        for statement in statements:
            _settings, sql = settings_apart(statement["sql"])
            cursor.execute(f"EXPLAIN ANALYZE {sql}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return plans


def test_a_speakers_counts_come_from_an_index_alone(big_table):
    plans = plans_of(lambda: speaker_dossier(big_table.slug))
    (counting,) = [plan for plan in plans if "EXTRACT(year" in plan]
    assert "Index Only Scan using public_speaker" in counting
    # The control: without it, no other index holds what is counted.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX public_speaker")
    plans = plans_of(lambda: speaker_dossier(big_table.slug))
    (counting,) = [plan for plan in plans if "EXTRACT(year" in plan]
    assert "Index Only Scan" not in counting


def test_speakers_found_by_name_are_looked_up_together(big_table):
    Speaker.objects.bulk_create(
        Speaker(name=f"Somebody {number}", slug=f"somebody-{number}")
        for number in range(300)
    )

    def plan():
        found = Speaker.objects.public().starting("ilka").order_by("folded", "id")
        (one,) = plans_of(lambda: list(found[:21]))
        return one

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
        cursor.execute("ANALYZE claims_speaker")
        assert "Index Cond: (id = ANY (" in plan()
        assert "Index Only Scan using facet_in_use" in plan()
        # The control: no other index tells whether a code is in use.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX facet_in_use")
    assert "Index Only Scan" not in plan()


def test_joint_statements_of_a_speaker_come_from_an_index_alone(big_table):
    def plan():
        plans = plans_of(lambda: speaker_dossier(big_table.slug))
        (joint,) = [each for each in plans if "speaker_id <> " in each]
        return joint

    assert "Index Only Scan using public_joint" in plan()
    # The control: by the facets alone each of them is looked at.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX public_joint")
    assert "Index Only Scan" not in plan()


@pytest.mark.parametrize("most", [2, 5])
def test_a_facet_too_wide_to_be_counted_reads_no_more_than_shows_that(
    big_table, monkeypatch, most
):
    monkeypatch.setattr(selection, "MOST_WIDER", most)
    rows = ClaimQuery(f"speaker={big_table.slug}&attribution=indirect")
    (plan,) = plans_of(
        lambda: selection.wider_counts(
            rows.ignoring("attribution"), ATTRIBUTION, is_narrowed=True
        )
    )
    hit = plan[plan.index("CTE hit") :].splitlines()[1]
    assert re.search(rf"actual .*rows={most + 1}\b", hit)


def test_the_claims_that_repeat_one_are_looked_up_by_key(big_table):
    claim = PublicClaim.objects.latest("pk")
    (plan,) = plans_of(
        lambda: list(
            PublicClaim.objects.retold_with(claim)
            .for_listing()
            .order_by("sort_date", "id")[:20]
        )
    )
    # In the order of the list, all claims would be read to find these few.
    assert "Index Cond: (id = ANY" in plan
    assert "public_stated" not in plan


def test_when_articles_last_changed_comes_from_an_index_alone(big_table):
    def plans():
        return plans_of(lambda: SECTIONS["articles"].pages(1, 10**9))

    index = "Index Only Scan using public_in_article"
    assert any(index in plan for plan in plans())
    # The control: without it, the rows of the claims are read.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX public_in_article")
    assert not any("Index Only Scan" in plan for plan in plans() if "max" in plan)


def test_contradictions_of_a_speaker_are_found_without_those_of_others(big_table):
    def plan_without(*indexes):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL enable_bitmapscan = on")
            for index in indexes:
                cursor.execute(f"DROP INDEX {index}")
        (plan,) = plans_of(lambda: has_contradictions(big_table))
        return plan

    # Of the few rows of a test, these would be as near.
    others = ("public_words_stated", "public_words_found")
    assert "Bitmap Index Scan on public_contradicting" in plan_without(*others)
    # The control: without it, what contradicts is looked for in all that is said.
    assert "Index Scan" not in plan_without("public_contradicting")


def test_what_a_correction_changed_is_looked_up_once(big_table):
    (plan,) = plans_of(lambda: list(corrections()[:5]))
    # By whichever index: the corrections, and for each the publication before it.
    assert len(re.findall(r" on claims_publishedverdict\b", plan)) == 2


def test_names_that_begin_so_are_suggested_without_those_that_hold_such_a_word(db):
    for number in range(9):
        make_claim(speaker=make_speaker(f"Ida Falk {number}"), status="listed")
        make_claim(speaker=make_speaker(f"Dr. Ida Reeve {number}"), status="listed")

    def plans():
        found = []
        made = plans_of(lambda: found.extend(speakers_starting("ida", 8)))
        assert [each.name for each in found] == [f"Ida Falk {n}" for n in range(8)]
        return made

    with connection.cursor() as cursor:
        # What the server knows of these tables may be of another test.
        cursor.execute("ANALYZE claims_speaker, claims_facetcount")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    (plan,) = plans()
    assert "Index Scan using speaker_beginning" in plan
    # The control: without it, every name is compared.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX speaker_beginning")
    assert "speaker_beginning" not in plans()[0]
    # Where fewer begin so, the others come behind them.
    found = [each.name for each in speakers_starting("ida", 20)]
    assert found[8:10] == ["Ida Falk 8", "Dr. Ida Reeve 0"]


# Also what functions look up, whose plans no statement shows.
LOOKED_UP = """
SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables
WHERE relname = 'claims_lexemecount'
"""


def test_languages_and_words_are_looked_up_by_an_index_on_words(db):
    make_claim("The harbour", wording="The harbour is closed.", status="listed")
    for search in (ask, meant_search):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; DISCARD PLANS")
            cursor.execute(LOOKED_UP)
            whole, by_index = cursor.fetchone()
            search("harbuor")
            cursor.execute(LOOKED_UP)
            whole_now, by_index_now = cursor.fetchone()
        assert (whole_now, by_index_now > by_index) == (whole, True)
