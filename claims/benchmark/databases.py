"""A database that is there for a while, beside the one that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection


@contextmanager
def passing_database(name: str) -> Iterator[None]:
    """Work in a new, migrated and empty database, and drop it in the end.

    One of that name that an interrupted run left behind makes way.
    """
    with _outside() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        with inside(name):
            call_command("migrate", verbosity=0, interactive=False)
            yield
    finally:
        with _outside() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Work in another database that is there already."""
    own = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(own)


@contextmanager
def _outside():
    # Django's own way to a connection outside the database, as its test runner takes.
    with connection._nodb_cursor() as cursor:
        yield cursor


def _turn_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name
