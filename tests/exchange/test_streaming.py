"""Long files are sent while they are made: whole, or told to be broken."""

from contextvars import copy_context

import pytest
from django.db import connection
from django.test import Client
from psycopg.errors import DivisionByZero

from claims.exchange import copying, csv_export, export
from claims.exchange.columns import FROM
from claims.exchange.corrections import CORRECTION_FORMATS
from claims.exchange.former_columns import former_columns
from claims.lists.filters import ClaimQuery
from claims.reading.corrections import CorrectionQuery
from tests.exchange.test_export import content, rows_of
from tests.factories import make_article, make_claim, make_published
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_files(monkeypatch):
    """Take every file for a long one, sent row by row."""
    monkeypatch.setattr(export, "IN_MEMORY", 10)
    monkeypatch.setattr(copying, "PIECE", 0)


@pytest.fixture
def claims():
    article = make_article()
    return [make_claim(article=article) for _ in range(3)]


def slots_taken():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            " AND classid = %s AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())",
            [copying.LOCK],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_long_file_is_the_same_as_a_finished_one(claims, long_files, ending):
    site = "http://testserver"
    whole = export.export_file(export.FORMATS[ending], ClaimQuery(""), site=site)
    response = Client().get(f"/claims.{ending}")
    assert response.headers["Claims-Rows"] == str(whole.rows) == "3"
    for name in ("Content-Length", "Claims-SHA256"):
        assert name not in response.headers
    assert content(response) == whole.file.read()


@pytest.mark.parametrize("ending", CORRECTION_FORMATS)
def test_a_long_file_of_corrections_is_sent_while_it_is_made(long_files, ending):
    claim = make_published().claim
    for number in range(3):
        correct(claim, note=f"Note {number}.", summary=f"Summary {number}.")
    form, query = CORRECTION_FORMATS[ending], CorrectionQuery("")
    whole = export.export_file(form, query, site="http://testserver")
    response = Client().get(f"/corrections.{ending}")
    assert response.headers["Claims-Rows"] == str(whole.rows) == "3"
    assert "Content-Length" not in response.headers
    assert content(response) == whole.file.read()
    # The first one is there before the others are looked at.
    begun = export.begin_export(form, query, site="")
    assert b"Note" not in begun.head
    assert next(begun.rest).count(b"Note") == 1
    begun.close()


def test_a_long_file_takes_one_row_at_a_time(claims, long_files):
    begun = export.begin_export(export.FORMATS["csv"], ClaimQuery(""), site="")
    assert begun.head.count(b"\r\n") == 1
    assert next(begun.rest).count(b"\r\n") == 1
    begun.close()


def test_a_file_that_breaks_off_ends_in_an_error(claims, long_files, monkeypatch):
    last = claims[-1].pk
    fails = f"WHERE 1 / ({last} - c.id) > -1 ORDER BY m.id"
    monkeypatch.setattr(csv_export, "FROM", FROM.replace("ORDER BY m.id", fails))
    response = Client().get("/claims.csv")
    received = []
    with pytest.raises(DivisionByZero):
        received.extend(response.streaming_content)
    # What the header promises tells a saved file from a whole one.
    assert len(rows_of(b"".join(received))) < int(response.headers["Claims-Rows"])


@pytest.mark.parametrize(
    "server", [{"SERVER_PROTOCOL": "HTTP/1.0"}, {"SERVER_SOFTWARE": "WSGIServer/0.2"}]
)
def test_without_chunks_a_file_is_finished_first_and_has_a_length(
    claims, long_files, server
):
    response = Client(**server).get("/claims.csv")
    assert int(response.headers["Content-Length"]) == len(content(response))


@pytest.mark.django_db(transaction=True)
def test_who_goes_away_leaves_the_slot_to_the_next(claims, long_files):
    response = Client().get("/claims.csv")
    next(response.streaming_content)
    assert slots_taken() == 1
    response.close()
    assert slots_taken() == 0


def test_the_body_may_be_asked_for_in_another_context(claims, long_files):
    response = Client().get("/claims.csv")
    assert len(rows_of(copy_context().run(content, response))) == 3


def test_the_former_columns_and_values_can_be_had_for_a_time():
    make_published(make_claim())
    (row,) = rows_of(content(Client().get("/claims.csv?columns=1")))
    assert list(row) == [column.name for column in former_columns()]
    assert row["article"].isdigit()
    assert (row["rating"], row["rating_label"], row["bucket"]) == (
        "false",
        "False",
        "false",
    )
    assert row["quote_spans"] == "0-28"
    assert (row["version"], row["rating_value"]) == ("1", "1")
    assert Client().get("/claims.csv?columns=3").status_code == 400
