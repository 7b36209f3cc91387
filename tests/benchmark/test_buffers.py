"""The buffers that lists touch, counted as the database counts them."""

import pytest
from django.core.management import call_command
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


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_no_list_of_twenty_thousand_claims_touches_too_many_buffers(capsys):
    call_command("benchmark", claims=20_000, buffers=True)
    assert "lists of 20,000 claims" in capsys.readouterr().out
