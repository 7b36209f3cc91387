"""Rows by their keys from SQL that is built once: the same as Django's own."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from claims.models import PublicClaim
from claims.models.kept_query import AS_WRITTEN, KeptQuery
from claims.models.listed_claims import LISTED_CLAIMS, MARKED_CLAIMS
from claims.reading.claims import WHOLE_CLAIMS
from tests.factories import make_claim, make_published


@pytest.fixture
def keys(db):
    verdict = make_published()
    return [verdict.claim_id, make_claim("The ferry", status="listed").pk]


@pytest.mark.parametrize(
    ("kept", "query_set"),
    [
        (LISTED_CLAIMS, lambda: LISTED_CLAIMS._query_set()),
        (MARKED_CLAIMS, lambda: PublicClaim.objects.listed().for_listing(marks=True)),
        (WHOLE_CLAIMS, lambda: WHOLE_CLAIMS._query_set()),
        (
            KeptQuery(lambda: PublicClaim.objects.for_markup()),
            lambda: PublicClaim.objects.for_markup(),
        ),
    ],
)
def test_rows_are_those_of_the_query_set_with_all_that_belongs_to_them(
    keys, kept, query_set
):
    found, wanted = kept.in_bulk(keys), query_set().in_bulk(keys)
    assert found == wanted and len(found) == 2
    for key in keys:
        assert all_of(found[key]) == all_of(wanted[key])


def all_of(row, depth=3):
    """Return an instance's loaded fields, and those of its loaded relations."""
    if row is None or not depth:
        return row
    fields = {name: value for name, value in vars(row).items() if name != "_state"}
    state = row._state
    related = {
        name: all_of(other, depth - 1) for name, other in state.fields_cache.items()
    }
    return type(row), fields, related, state.db, state.adding


def test_keys_may_come_from_a_query_set_in_the_same_statement(
    keys, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = LISTED_CLAIMS.in_bulk(PublicClaim.objects.order_by("pk").values("pk"))
    assert sorted(found) == sorted(keys)


def test_what_a_query_set_finds_comes_with_its_rows_in_one_statement(
    keys, django_assert_num_queries
):
    rows = PublicClaim.objects.order_by("-pk").annotate(key=F("pk"))
    with django_assert_num_queries(1):
        found, claims = LISTED_CLAIMS.found_by(rows.values_list("key", "state"))
    assert found == [(key, "listed") for key in sorted(keys, reverse=True)]
    assert claims == LISTED_CLAIMS.in_bulk(keys)
    # Where nothing is found, nothing of the statement before is.
    none = rows.filter(pk__lt=0).values_list("key", "state")
    assert LISTED_CLAIMS.found_by(none) == ([], {})


def test_without_keys_nothing_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert LISTED_CLAIMS.in_bulk([]) == {}


def test_the_order_of_joins_is_as_ever_after_the_statement(keys):
    with CaptureQueriesContext(connection) as asked:
        LISTED_CLAIMS.in_bulk(keys)
    (statement,) = asked
    assert statement["sql"].startswith(AS_WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone() == ("8",)
