"""The owner of the tables on the default connection, for the time of a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend

from factcheck.database.roles import OWNER_ALIAS


@contextmanager
def as_owner() -> Iterator[None]:
    """Log in as the owner on the default connection, for this block and thread.

    Migrations and their signals ask the default connection for whatever names none.
    Without an owner of its own the default connection stays.
    """
    if OWNER_ALIAS not in connections:
        yield
        return
    application = connections[DEFAULT_DB_ALIAS]
    settings = connections.settings[OWNER_ALIAS]
    backend = load_backend(settings["ENGINE"])
    owner = backend.DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = owner
    try:
        yield
    finally:
        owner.close()
        connections[DEFAULT_DB_ALIAS] = application
