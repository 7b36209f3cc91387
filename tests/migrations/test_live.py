"""Migrating while somebody else holds a table: readers behind it wait a moment only."""

import threading

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from claims.management.commands import migrate
from factcheck.database.operations import AddIndex

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# A step that takes a column from a table, and what goes on again to the newest.
BEFORE, TABLE = "0078", "claims_readerreport"
WAITING = f"""
SELECT count(*) FROM pg_locks
WHERE NOT granted AND relation = '{TABLE}'::regclass"""


@pytest.fixture
def held():
    """Yield a transaction that has read the table and stays open, as a report's may."""
    other = connection.copy()
    other.inc_thread_sharing()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {TABLE} LIMIT 1")
    yield other
    other.close()
    call_command("migrate", verbosity=0)


def read_behind_the_step(held, patience, told):
    """Once the step waits, read the table, within a time; then let the step through."""
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            while not cursor.execute(WAITING).fetchone()[0]:
                pass
            cursor.execute(f"SET statement_timeout = '{patience}'")
            try:
                told.append(cursor.execute(f"SELECT count(*) FROM {TABLE}").rowcount)
            except DatabaseError:
                told.append("canceled")
    finally:
        reader.close()
        held.rollback()


@pytest.mark.parametrize(
    ("limit", "patience", "expected"),
    [(1, "30s", 1), pytest.param(0, "1s", "canceled", id="control: no limit")],
)
def test_a_reader_is_not_kept_waiting_by_a_step_that_waits(
    held, monkeypatch, capsys, limit, patience, expected
):
    monkeypatch.setitem(settings.DATABASE_LIMITS, "LOCK_TIMEOUT", limit)
    monkeypatch.setattr(migrate, "PAUSE", 0.1)
    monkeypatch.setattr(migrate, "TRIES", 1_000)
    told = []
    reading = threading.Thread(target=read_behind_the_step, args=(held, patience, told))
    reading.start()
    call_command("migrate", "claims", BEFORE, verbosity=0)
    reading.join()
    assert told == [expected]
    assert ("is tried again" in capsys.readouterr().err) == bool(limit)


def test_a_table_that_stays_held_is_said_and_nothing_is_done(held, monkeypatch):
    monkeypatch.setitem(settings.DATABASE_LIMITS, "LOCK_TIMEOUT", 1)
    monkeypatch.setattr(migrate, "PAUSE", 0)
    monkeypatch.setattr(migrate, "TRIES", 2)
    with pytest.raises(CommandError, match="lock timeout"):
        call_command("migrate", "claims", BEFORE, verbosity=0)
    held.rollback()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(answered_at) FROM {TABLE}")


def has_index(name):
    """Return whether an index was made to its end; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name]
        )
        row = cursor.fetchone()
    return row and row[0]


def add_index(kind):
    before, after = ProjectState.from_apps(apps), ProjectState.from_apps(apps)
    operation = kind("readerreport", models.Index(fields=["kind"], name="tried_twice"))
    operation.state_forwards("claims", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("claims", editor, before, after)


def test_an_index_that_was_half_made_is_made_at_the_next_try(held):
    with connection.cursor() as cursor, held.cursor() as other:
        # Building waits for whoever may write to the table without the index.
        other.execute(f"LOCK {TABLE} IN ROW EXCLUSIVE MODE")
        cursor.execute("SET lock_timeout = '100ms'")
        with pytest.raises(DatabaseError, match="lock timeout"):
            add_index(AddIndex)
        cursor.execute("RESET lock_timeout")
    assert has_index("tried_twice") is False
    held.rollback()
    with pytest.raises(DatabaseError, match="already exists"):
        add_index(AddIndexConcurrently)  # the control
    for _again in range(2):
        add_index(AddIndex)
        assert has_index("tried_twice") is True
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX tried_twice")


class Broken(Exception):
    """What ends the process that migrates, such as a power cut."""


def break_off(*_anything):
    raise Broken


def many_steps(since):
    """Return the migrations that do several things, none of them in a transaction."""
    loaded = MigrationLoader(connection).disk_migrations.items()
    return {
        name: migration.operations
        for (app, name), migration in sorted(loaded)
        if app == "claims" and name > since and not migration.atomic
        if len(migration.operations) > 1
    }


def test_a_migration_that_was_broken_off_goes_on_at_the_next_try(monkeypatch):
    broken_off = many_steps(since="0077")
    call_command("migrate", "claims", "0076", verbosity=0)
    try:
        for name, operations in broken_off.items():
            with monkeypatch.context() as patched, pytest.raises(Broken):
                patched.setattr(operations[-1], "database_forwards", break_off)
                call_command("migrate", "claims", name, verbosity=0)
            call_command("migrate", "claims", name, verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert {"0077_indexes_of_scripts", "0105_words_behind_prefixes"} < set(broken_off)
