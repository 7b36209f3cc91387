"""The buffers that lists touch, counted as the database counts them."""

import pytest
from django.db import connection

from claims.benchmark.buffers import cost_of, limit_of
from claims.lists.filters import ClaimQuery
from tests.factories import make_claim


@pytest.mark.django_db
def test_a_list_is_charged_for_every_page_that_it_reads(monkeypatch):
    for _number in range(5):
        make_claim()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cost = cost_of("rating=none")
    assert 0 < cost.buffers < limit_of(100_000)
    # The control: twice the statements, twice the charge.
    twice = ClaimQuery.page
    monkeypatch.setattr(ClaimQuery, "page", lambda *a: (twice(*a), twice(*a)))
    assert cost_of("rating=none").buffers > cost.buffers
