"""What every test may ask for: a database, a browser, its windows."""

import gc
import os
import shutil
import signal
import sys
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation

from tests.databases import copy_back, copy_of_template, drop
from tests.windows import Windows

# The headless shell, where it is installed, spends a third on each window.
CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # A second list replaces Playwright's own, so the first lines repeat what of it
    # matters here. The last two: each window would start three processes more, for
    # lists below an address bar that nobody sees and for the page after this one.
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,PaintHolding,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "MediaRouter,OptimizationHints,NetworkTimeServiceQuerying,PreconnectToSearch,"
    "AimEnabled,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "SpareRendererForSitePerProcess",
]

# Playwright keeps an event loop running, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# Files that take longest begin: none is left to one worker when the others are done.
# Only the first needs the samples, so that one worker makes them and nobody waits; the
# next two need no database of the tests, which the other worker migrates meanwhile.
LONGEST = [
    f"tests/{name}.py"
    for name in (
        "pages/test_every_page",
        "postgres/test_life",
        "attribution/test_time",
        "admin/test_blind",
        "admin/test_access",
        "desk/test_workflow_machine",
        "views/test_visibility",
        "test_walk",
    )
]

# From so many on, a test is tried with a third of its cases: one on the database, and
# one without, such as a rule that each file has to keep.
MANY_CASES, MANY_ALIKE = 3, 30

# Images of Python set it, and each worker and each program that a test starts would
# compile everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Who logs in as what: the application, the owner of the tables, the public role.
LOGINS = dict(settings.DATABASES)


def pytest_configure():
    # Every test works as the owner, readers' pages too, so that controls can switch
    # rules off. What the other roles may do is tried with logins of theirs in
    # tests/database.
    settings.DATABASES = {DEFAULT_DB_ALIAS: LOGINS.get("owner", LOGINS["default"])}
    connections.settings = connections.configure_settings(settings.DATABASES)
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    # A shell may start jobs deaf to Ctrl-C, and children inherit that: the servers
    # that tests start and stop would never hear it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Most of what lives here are modules, which a collection would look at in vain.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    hypothesis.settings.register_profile("short", max_examples=50, deadline=None)
    hypothesis.settings.load_profile("short")
    # Slow password hashes are a virtue elsewhere.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MIDDLEWARE = ["tests.desk_writes.named", *settings.MIDDLEWARE]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """Let every second worker import all tests from the last file to the first.

    In a new copy each module has to be compiled: what others have compiled meanwhile
    need not be compiled twice.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if int(worker.removeprefix("gw")) % 2 and session.config.args == ["tests"]:
        folder = settings.BASE_DIR
        for path in sorted(folder.glob("tests/**/test_*.py"), reverse=True):
            # What fails or is skipped does so again when it is collected.
            with suppress(Exception, pytest.skip.Exception):
                import_module(".".join(path.relative_to(folder).with_suffix("").parts))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    leave_most_to_the_slow_ones(items, named=config.args)
    yield
    turns = {settings.BASE_DIR / name: turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


def leave_most_to_the_slow_ones(items, named):
    """Of the many cases of a test leave one of three, and mark the others slow.

    Whoever asks for all tests, or a folder of them, learns soon which test fails;
    .ci/run runs the other cases, too. Whoever names a file or a test gets all of them.
    """
    files = {Path(each.split("::")[0]).absolute() for each in named}
    cases = defaultdict(list)
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        uses = {"django_db", "db", "transactional_db"} & {*marks, *item.fixturenames}
        if not marks & {"slow", "long"} and item.path not in files:
            cases[item.path, item.originalname, bool(uses)].append(item)
    for (*_test, uses), each in cases.items():
        if len(each) >= (MANY_CASES if uses else MANY_ALIKE):
            for place, item in enumerate(each):
                if place % 3:
                    item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_modify_db_settings
):
    """Work in a copy of the migrated database, which is dropped in the end."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = copy_of_template()
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = own
        with connection._nodb_cursor() as cursor:
            drop(cursor, name)


# Tests with real transactions.
TransactionTestCase._fixture_teardown = lambda self: copy_back()


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A transaction around all tests of a module, for rows that they only read.

    What a test writes itself is undone after it as ever. Not for a module with real
    transactions: other connections do not see these rows.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def own_media(tmp_path_factory):
    """Keep the files of tests out of the folder of a desk."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


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
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser):
    """The browser's windows, which outlive a test."""
    windows = Windows(browser)
    yield windows
    windows.close()


@pytest.fixture
def open_window(windows):
    """Return a function that opens a window for the rest of the test."""
    pages = []

    def lend(**options):
        pages.append(windows.lend(**options))
        return pages[-1]

    yield lend
    for page in pages:
        windows.take_back(page)


def sign_in(context, live_server, user):
    """Give a browser's window the cookie of somebody signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
    )
