"""The samples served once to a browser, and the checkers that npm brings."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.databases import copy_back, copy_samples
from tests.pages.visits import Visits

NODE_MODULES = Path(settings.BASE_DIR) / "node_modules"


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker):
    """The address of the samples, in a database that is cleaned up at the end.

    The samples are there before the transaction of the first test here begins, and
    go with the last one.
    """
    server = None
    try:
        with django_db_blocker.unblock():
            copy_samples()
        server = LiveServer("localhost")
        yield server.url
    finally:
        if server:
            server.stop()
        with django_db_blocker.unblock():
            copy_back()


@pytest.fixture(scope="package")
def visits(site, windows):
    """Visits to the samples, in windows by what they allow."""
    visits = Visits(site, windows)
    yield visits
    visits.close()


@pytest.fixture(scope="session")
def axe():
    """The text of axe-core."""
    return npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu():
    """The path of the W3C's checker."""
    return npm_file("vnu-jar", "build/dist/vnu.jar")


def npm_file(package, path):
    file = NODE_MODULES / package / path
    if not file.is_file():
        pytest.skip(f"{package} is not here: npm install --no-save {package}")
    return file
