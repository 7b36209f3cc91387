"""The databases of the tests: one is migrated, the others are copies of it."""

import hashlib

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

PREFIX = "test_template_"


def copy_of_template():
    """Turn to a new database for the tests of this process; return its name."""
    connection.close()
    name = connection.creation._get_test_db_name()
    copy(template(), name)
    connection.settings_dict["NAME"] = name
    return name


def copy_back():
    """Undo all that was written, real transactions included.

    TRUNCATE would not do: the append-only tables refuse it.
    """
    connections.close_all()
    copy(f"{PREFIX}{digest_of_migrations()}", connection.settings_dict["NAME"])


def template():
    """Return the name of a migrated database that nothing is ever written to.

    It is made once for these migrations: all workers of a run share it, and the runs
    that follow.
    """
    name = f"{PREFIX}{digest_of_migrations()}"
    with connection._nodb_cursor() as cursor:
        # Until this connection ends, the other workers wait here.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                drop(cursor, old)
            # Under another name until it is whole.
            cursor.execute(f'CREATE DATABASE "{name}_half"')
            migrate(f"{name}_half")
            cursor.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
    return name


def digest_of_migrations():
    digest = hashlib.sha256(django.get_version().encode())
    for path in sorted((settings.BASE_DIR / "claims" / "migrations").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migrate(name):
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def copy(source, target):
    with connection._nodb_cursor() as cursor:
        drop(cursor, target)
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop(cursor, name, tries=5):
    """Drop a database, also while a browser just closed still asks for it.

    WITH (FORCE) would do that at once, but is refused where autovacuum is at work.
    """
    for left in reversed(range(tries)):
        send_everybody_away(cursor, name)
        try:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        except OperationalError:
            if not left:
                raise
        else:
            return


def send_everybody_away(cursor, name):
    """End what is still connected, such as a server thread of a browser test."""
    # The server's own helpers, such as autovacuum, leave by themselves.
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'",
        [name],
    )
