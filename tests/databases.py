"""The databases of tests: one is migrated, one has the samples, others are copies."""

import hashlib
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from claims.benchmark.databases import drop_database as drop
from claims.demo.seeding import add_logins, load_seeds

PREFIX, SAMPLES = "test_template_", "test_samples_"
SEEDS = settings.BASE_DIR / "seeds"


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
    return made_once(PREFIX, digest_of_migrations(), "template0", migrate)


def copy_samples():
    """Put the samples into the database of this process; copy_back() takes them away.

    They are loaded once for this state of the program.
    """
    source = made_once(SAMPLES, digest_of_program(), template(), load_samples)
    connections.close_all()
    copy(source, connection.settings_dict["NAME"])


@contextmanager
def on_server():
    """Yield a cursor outside the databases of tests, for what takes its time.

    The migrations of tests give their role the limits of an application.
    """
    with connection._nodb_cursor() as cursor:
        for limit in ("lock_timeout", "statement_timeout"):
            cursor.execute(f"SET {limit} = 0")
        yield cursor


def made_once(prefix, digest, source, fill):
    """Return the name of a database that is filled, unless it is there already."""
    name = f"{prefix}{digest}"
    with on_server() as cursor:
        # Until this connection ends, the other workers wait here.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
        )
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                drop(cursor, old)
            # Under another name until it is whole.
            cursor.execute(f'CREATE DATABASE "{name}_half" TEMPLATE "{source}"')
            own = connection.settings_dict["NAME"]
            connection.close()
            connection.settings_dict["NAME"] = f"{name}_half"
            try:
                fill()
            finally:
                connection.close()
                connection.settings_dict["NAME"] = own
            cursor.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
    return name


def digest_of_migrations():
    return digest_of("claims/migrations/*.py")


def digest_of_program():
    return digest_of("claims/**/*.py", "factcheck/**/*.py", "seeds/**/*")


def digest_of(*patterns):
    digest = hashlib.sha256(django.get_version().encode())
    for pattern in patterns:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migrate():
    call_command("migrate", verbosity=0, interactive=False)


def load_samples():
    add_logins(SEEDS)
    load_seeds(SEEDS)


def copy(source, target, tries=5):
    """Make a database anew; without it each test that follows would fail."""
    with on_server() as cursor:
        for left in reversed(range(tries)):
            drop(cursor, target)
            try:
                cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
            except OperationalError:
                # Somebody looks into the source, such as autovacuum.
                if not left:
                    raise
            else:
                return
