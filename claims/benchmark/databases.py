"""Temporary databases beside the one of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError, connection, connections


@contextmanager
def temporary_database(name: str) -> Iterator[None]:
    """Create, migrate and use an empty database in this block, and drop it after.

    One of that name that an interrupted run left behind makes way.
    """
    _create(name)
    try:
        with use_database(name):
            call_command("migrate", verbosity=0, interactive=False)
            yield
    finally:
        with _outside() as cursor:
            drop_database(cursor, name)


@contextmanager
def kept_database(name: str, is_whole: Callable[[], bool]) -> Iterator[None]:
    """Use a database in this block that stays; create one if there is none, or a half.

    Migrations that came since are made good.
    """
    with _outside() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        is_there = cursor.fetchone() is not None
    if is_there:
        with use_database(name):
            call_command("migrate", verbosity=0, interactive=False)
            is_there = is_whole()
    if not is_there:
        _create(name)
    with use_database(name):
        call_command("migrate", verbosity=0, interactive=False)
        yield


def _create(name):
    with _outside() as cursor:
        drop_database(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}"')


def drop_database(cursor, name: str, tries: int = 5) -> None:
    """Drop a database, if it is there, also while somebody is still connected.

    WITH (FORCE) would do that at once, but is refused to an owner where autovacuum is
    at work. The server's own helpers leave by themselves, within seconds.
    """
    for left in reversed(range(tries)):
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'",
            [name],
        )
        try:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        except OperationalError:
            # Such as a server's thread that was just about to ask.
            if not left:
                raise
        else:
            return


@contextmanager
def use_database(name: str) -> Iterator[None]:
    """Use another existing database in this block."""
    own = connection.settings_dict["NAME"]
    _connect_to(name)
    try:
        yield
    finally:
        _connect_to(own)


@contextmanager
def _outside():
    # Django's own way to a connection outside the database, as its test runner takes.
    with connection._nodb_cursor() as cursor:
        yield cursor


def _connect_to(name):
    # Under each role that the pages log in as.
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
