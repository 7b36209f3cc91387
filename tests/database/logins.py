"""Logins of the application and the public role to the test database, and back."""

from contextlib import contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from claims.management.roles import give_rights
from factcheck.database.owner import as_owner
from tests.conftest import LOGINS
from tests.databases import copy_back


@contextmanager
def three_roles():
    """Work as the application, and read for readers as the public role.

    What the owner of the tables has not committed, neither of them sees.
    """
    if len(LOGINS) < 3:
        pytest.skip("DATABASE_URL, DATABASE_OWNER_URL and DATABASE_PUBLIC_URL together")
    before = connections.settings, connections[DEFAULT_DB_ALIAS]
    name = connection.settings_dict["NAME"]
    connections.close_all()
    connections.settings = connections.configure_settings(
        {alias: {**login, "NAME": name} for alias, login in LOGINS.items()}
    )
    for alias in (DEFAULT_DB_ALIAS, "public"):
        connections[alias] = connections.create_connection(alias)
    try:
        # A test may open those connections alone that were there when it began.
        connections["public"].connect()
        with as_owner():
            give_rights(connection)
        yield
    finally:
        connections.close_all()
        del connections["public"]
        connections.settings, connections[DEFAULT_DB_ALIAS] = before


@contextmanager
def committed():
    """Keep what is committed within this block for many tests, and drop it then."""
    try:
        yield
    finally:
        copy_back()
