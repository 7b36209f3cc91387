"""The test database: made once by the migrations, and copied back when dirtied."""

import os
import shutil
import signal

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.test import Client, TransactionTestCase
from django.utils import translation

CLEAN = "{}_clean"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")

# Playwright keeps an event loop running, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure():
    # A shell may start jobs deaf to Ctrl-C, and children inherit that: the servers
    # that tests start and stop would never hear it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Slow password hashes are a virtue elsewhere.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MIDDLEWARE = ["tests.desk_writes.named", *settings.MIDDLEWARE]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep a clean copy beside the test database.

    Tests with real transactions cannot be undone by TRUNCATE, which the append-only
    tables refuse; after each of them the copy takes the database's place.
    """
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connection.close()
        copy_database(name, CLEAN.format(name))
    yield
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            send_everybody_away(cursor, name)
            drop_database(cursor, CLEAN.format(name))


def send_everybody_away(cursor, *names):
    """End what is still connected, such as a server thread of a browser test."""
    # The server's own helpers, such as autovacuum, leave by themselves.
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = ANY(%s) AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'",
        [list(names)],
    )


def copy_database(source, target):
    with connection._nodb_cursor() as cursor:
        drop_database(cursor, target)
        send_everybody_away(cursor, source)
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_database(cursor, name, tries=5):
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


def _copy_back(self):
    connections.close_all()
    name = connection.settings_dict["NAME"]
    copy_database(CLEAN.format(name), name)


TransactionTestCase._fixture_teardown = _copy_back


@pytest.fixture(autouse=True)
def english_again():
    """Leave the language of the last request to no other test."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless; tests that need it are skipped where it is not."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: install it, or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()


def sign_in(context, live_server, user):
    """Give a browser's window the cookie of somebody signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
    )
