"""Functions in the way of a new column, on servers that refuse it because of them."""

import pytest
from django.db import NotSupportedError, connection

from claims.checks import definitions
from factcheck.database.schema import functions_put_aside, statements_of

pytestmark = pytest.mark.django_db

PARSED = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'it_%' AND prosqlbody NOTNULL"


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.fixture
def functions():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE it (name text); INSERT INTO it VALUES ('50 % off')"
        )
        cursor.execute(
            "CREATE FUNCTION it_shout(it) RETURNS text LANGUAGE sql STABLE"
            " SET timezone = 'UTC' RETURN upper($1.name) || ' 100 %%'", []
        )  # fmt: skip
        cursor.execute(
            "CREATE FUNCTION it_count(given it[]) RETURNS bigint LANGUAGE sql"
            " BEGIN ATOMIC SELECT 1; SELECT count(*) FROM unnest(given) one; END"
        )


def test_a_function_says_the_same_while_it_is_put_aside(functions):
    ask = "SELECT it_shout(it) || it_count(array_agg(it)) FROM it GROUP BY it.*"
    said = asked(ask)
    assert (said, asked(PARSED)) == ("50 % OFF 100 %1", 2)
    with functions_put_aside(connection) as number:
        assert number >= 2
        assert (asked(ask), asked(PARSED)) == (said, 0)
    assert (asked(ask), asked(PARSED)) == (said, 2)


def test_those_of_the_desk_come_back_as_the_migrations_made_them():
    with functions_put_aside(connection) as number:
        assert number >= 3
        assert definitions.problems() != []
    assert definitions.problems() == []


def test_a_new_column_comes_whatever_functions_there_are(functions):
    with connection.schema_editor() as editor:
        editor.execute("ALTER TABLE it ADD COLUMN price int NOT NULL DEFAULT 3")
    assert asked("SELECT price FROM it") == 3


def test_what_the_server_cannot_do_at_all_stays_refused(functions):
    with connection.schema_editor() as editor, pytest.raises(NotSupportedError):
        editor.execute("ALTER TABLE it ADD COLUMN a int CHECK ((SELECT true))")


@pytest.mark.parametrize(
    ("body", "said"),
    [("RETURN lower(a)", "SELECT lower(a)"), ("BEGIN ATOMIC\n x;\nEND", "\n x;\n")],
)
def test_a_body_is_read_as_statements(body, said):
    assert statements_of(body) == said
