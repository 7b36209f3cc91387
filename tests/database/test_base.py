"""Each transaction is told the settings of its block, and no session ever is."""

import threading

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from claims.models import Change, Topic
from factcheck.database.base import DatabaseWrapper
from factcheck.database.roles import defaults_of
from factcheck.database.time_limits import DEFAULTS, unhurried
from factcheck.postgres.url import parse_database_url

NAME = "desk.note"


@pytest.fixture(autouse=True)
def no_transaction(request, django_db_setup, django_db_blocker):
    """Begin none around a test: it would be told, and keep what it was told.

    Whatever writes says so: for the others no database has to be made anew.
    """
    if request.node.get_closest_marker("django_db"):
        yield
        return
    with django_db_blocker.unblock():
        before = Change.objects.count()
        yield
        connection.close()
        assert Change.objects.count() == before


def note(value):
    return connection.transaction_setting(NAME, value)


def asked(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0]


def told():
    """Return what the database knows in a statement of its own."""
    return asked("SELECT coalesce(current_setting(%s, true), '')", NAME)


def told_in_a_transaction():
    with transaction.atomic():
        return told()


def cut_off():
    asked("SELECT pg_terminate_backend(pg_backend_pid())")


def test_each_transaction_of_a_block_is_told_and_nothing_else_is():
    with note("one"):
        assert told() == ""
        assert [told_in_a_transaction() for _ in range(2)] == ["one", "one"]
        assert told() == ""
    assert told_in_a_transaction() == ""


def test_a_nested_block_gives_the_former_value_back():
    with note("one"):
        with note("two"):
            assert told_in_a_transaction() == "two"
            with note(""):
                assert told_in_a_transaction() == ""
        assert told_in_a_transaction() == "one"


def test_an_open_transaction_is_told_at_once_and_given_the_former_value_back():
    with transaction.atomic():
        assert told() == ""
        with note("one"):
            assert told() == "one"
            with note("two"), transaction.atomic():
                assert told() == "two"
            assert told() == "one"
        assert told() == ""
    assert told() == ""


def test_what_is_told_is_any_text_and_costs_no_counted_query(
    django_assert_num_queries,
):
    value = "it's 100 % \\ “so”"
    with note(value), django_assert_num_queries(3):  # BEGIN, the question, COMMIT
        assert told_in_a_transaction() == value


def test_a_transaction_that_was_told_may_still_choose_its_isolation():
    with note("one"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        assert asked("SHOW transaction_isolation") == "repeatable read"
        assert told() == "one"


def test_another_thread_is_told_nothing():
    heard = []

    def listen():
        heard.append(told_in_a_transaction())
        connection.close()

    with note("one"):
        thread = threading.Thread(target=listen)
        thread.start()
        thread.join(timeout=60)
    assert heard == [""]


# --- When something fails -----------------------------------------------------------


def test_a_savepoint_that_is_undone_takes_its_setting_along():
    with transaction.atomic(), note("one"):
        with pytest.raises(DatabaseError), transaction.atomic(), note("two"):
            asked("SELECT 1 / 0")
        assert told() == "one"
        with transaction.atomic(), note("three"):
            transaction.set_rollback(True)
        assert told() == "one"


def test_a_transaction_that_fails_leaves_nothing_behind():
    with pytest.raises(DatabaseError), transaction.atomic(), note("one"):
        asked("SELECT 1 / 0")
    assert told() == told_in_a_transaction() == ""
    with note("one"):
        with pytest.raises(DatabaseError), transaction.atomic(), note("two"):
            asked("SELECT 1 / 0")
        assert told_in_a_transaction() == "one"


def test_what_failed_is_what_is_told_of_a_block():
    division = pytest.raises(DatabaseError, match="division by zero")
    with division, transaction.atomic(), note("one"):
        asked("SELECT 1 / 0")


def test_a_lost_connection_is_told_again_once_it_is_another():
    with note("one"):
        with (
            pytest.raises(OperationalError, match="terminating"),
            transaction.atomic(),
            note("two"),
        ):
            cut_off()
        connection.close()
        assert told_in_a_transaction() == "one"


def test_a_connection_lost_before_a_transaction_fails_at_its_beginning():
    with note("one"):
        with pytest.raises(OperationalError):
            cut_off()
        with pytest.raises(OperationalError), transaction.atomic():
            raise AssertionError("it has begun")
        connection.close()
        assert told_in_a_transaction() == "one"


def test_a_transaction_that_cannot_be_told_does_not_begin():
    refused = connection.transaction_setting("no_such_setting", "1")
    with refused, pytest.raises(DatabaseError, match="no_such_setting"):
        told_in_a_transaction()
    assert connection.connection.autocommit
    assert told_in_a_transaction() == ""


# --- Cursors ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_cursor_stays_on_the_server_within_a_transaction_only():
    Topic.objects.bulk_create(Topic(name=str(n), slug=str(n)) for n in range(3))

    def cursors_while_reading():
        rows = Topic.objects.iterator(chunk_size=1)
        next(rows)
        open_now = asked("SELECT count(*) FROM pg_cursors WHERE name LIKE '_django%%'")
        return open_now, len(list(rows))

    with transaction.atomic():
        assert cursors_while_reading() == (1, 2)
    assert cursors_while_reading() == (0, 2)


# --- Limits of time -----------------------------------------------------------------


def test_a_commands_transactions_have_no_limits_and_nobody_elses_lose_theirs():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '7s'; SET lock_timeout = '3s'")
    limits = "SELECT current_setting('statement_timeout') || current_setting(%s)"

    def found():
        with transaction.atomic():
            return asked(limits, "lock_timeout")

    try:
        assert found() == "7s3s"
        with unhurried():
            assert found() == "00"
            assert asked(limits, "lock_timeout") == "7s3s"
            # A limit that is asked for by name wins.
            with connection.transaction_setting("lock_timeout", "2s"):
                assert found() == "02s"
        assert found() == "7s3s"
    finally:
        connection.close()


def test_a_server_that_is_gone_is_noticed_as_soon_as_the_url_says():
    def params(url):
        settings = parse_database_url(url) | {"TIME_ZONE": None}
        return DatabaseWrapper(settings, "default").get_connection_params()

    usual = params("postgresql://desk@h/d")
    assert (usual["connect_timeout"], usual["tcp_user_timeout"]) == (3, 15_000)
    patient = params("postgresql://desk@h/d?connect_timeout=9&keepalives_idle=60")
    assert (patient["connect_timeout"], patient["keepalives_idle"]) == ("9", "60")


def test_each_role_has_limits_of_its_own(settings):
    settings.DATABASE_LIMITS = DEFAULTS | {"STATEMENT_TIMEOUT": 8, "LOCK_TIMEOUT": 0}
    assert defaults_of("default") == {
        "lock_timeout": "0s",
        "statement_timeout": "8s",
        "idle_in_transaction_session_timeout": "60s",
    }
    assert defaults_of("public")["statement_timeout"] == "15s"
    assert defaults_of("owner")["statement_timeout"] == "0"
