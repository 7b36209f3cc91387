"""A server of one's own: three roles made by the printed SQL, and no superuser."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from factcheck.database.base import DatabaseWrapper
from factcheck.database.roles import VARIABLES
from factcheck.postgres.tools import account_for
from factcheck.postgres.url import parse_database_url

PROGRAMS = sorted(
    Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
)
pytestmark = pytest.mark.skipif(
    not PROGRAMS, reason="no PostgreSQL here: install Debian's package postgresql"
)
C_UTF_8 = "--locale=C.UTF-8"
# Names that a host may have given.
NAMES = {
    "DATABASE_OWNER_URL": "facts owner",
    "DATABASE_URL": "facts-app",
    "DATABASE_PUBLIC_URL": 'facts "readers"',
}


@contextmanager
def server():
    """Run a cluster of the machine's own PostgreSQL; yield the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="fc-"))
    account = account_for(folder / "not there")
    os.chown(folder, account.uid, account.gid)

    def run(program, *arguments):
        done = account.run(PROGRAMS[-1] / program, *arguments, folder=folder)
        assert done.returncode == 0, done.stdout

    run(
        "initdb",
        *[
            "-D",
            "pg",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "-U",
            "postgres",
        ],
    )
    options = f"-c listen_addresses= -c fsync=off -k {folder}"
    run("pg_ctl", "-w", "-D", "pg", "-l", "log", "-o", options, "start")
    try:
        yield folder
    finally:
        run("pg_ctl", "-m", "immediate", "-D", "pg", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def folder():
    owner = NAMES["DATABASE_OWNER_URL"]
    with server() as folder:
        with login(folder, "postgres", "postgres") as root:
            root.execute(f'CREATE ROLE "{owner}" LOGIN')
            root.execute(f'CREATE DATABASE facts OWNER "{owner}"')
        yield folder


def login(folder, user, database="facts"):
    return psycopg.connect(
        host=str(folder), user=user, dbname=database, autocommit=True
    )


def url(folder, user):
    return f"postgresql://{quote(user, safe='')}@/facts?host={folder}"


def manage(folder, *arguments, **users):
    """Run a command with a login for each variable."""
    environment = {name: url(folder, user) for name, user in users.items()}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_the_printed_sql_makes_three_roles_that_suffice(folder):
    owner, application, public = NAMES.values()
    # Before there are the other two, migrating says what is missing, and migrates.
    early = manage(folder, "migrate", **NAMES)
    assert early.returncode == 0, early.stderr
    assert 'CREATE ROLE "facts-app" LOGIN' in early.stderr
    script = manage(folder, "database_roles", **NAMES).stdout
    for_root, for_owner = script.split("-- For the owner of the tables")
    with login(folder, "postgres") as root:
        root.execute(for_root)
    with login(folder, owner) as connection:
        connection.execute(for_owner.partition("\n")[2])
    applied = manage(folder, "database_roles", "--apply", **NAMES)
    assert applied.stdout == "All rights are as they should be.\n", applied.stderr
    demo = manage(folder, "demo", "--no-serve", **NAMES)
    assert demo.returncode == 0, demo.stderr
    checked = manage(folder, "check", "--deploy", **NAMES)
    assert "claims.W" not in checked.stderr
    # The control: the application's rights are those of the application.
    with login(folder, application) as connection, pytest.raises(psycopg.Error) as no:
        connection.execute("UPDATE claims_publishedverdict SET summary = 'x'")
    assert no.value.sqlstate == "42501"
    # Backed up and put back in place, under roles of any names.
    kept = str(folder / "facts.backup")
    backed_up = manage(folder, "backup", kept, **NAMES)
    assert backed_up.returncode == 0, backed_up.stderr
    restored = manage(folder, "restore", kept, "--replace", **NAMES)
    # All that can be found fault with is how this server was started.
    fault, verdict = restored.stderr.strip().splitlines()
    assert "fsync is off" in fault
    assert "Every row is as it was backed up, and 1 checks" in verdict
    checked = manage(folder, "check", "--deploy", **NAMES)
    assert "claims.W" not in checked.stderr
    with login(folder, public) as connection:
        (here,) = connection.execute("SELECT count(*) FROM claims_article").fetchone()
    with login(folder, owner) as connection:
        (there,) = connection.execute("SELECT count(*) FROM claims_article").fetchone()
    assert 0 < here < there


@pytest.mark.parametrize(("alias", "variable"), VARIABLES.items())
def test_a_superuser_is_refused(folder, alias, variable):
    def connect(user):
        settings = parse_database_url(url(folder, user)) | {"TIME_ZONE": None}
        wrapper = DatabaseWrapper(settings, alias)
        wrapper.get_new_connection(wrapper.get_connection_params()).close()

    with pytest.raises(
        ImproperlyConfigured, match=f"{variable} logs in as a superuser"
    ):
        connect("postgres")
    # The control: anybody else is not.
    connect(NAMES["DATABASE_OWNER_URL"])


@pytest.mark.slow
def test_one_login_for_everything_is_warned_of(folder):
    checked = manage(folder, "check", DATABASE_URL="facts owner")
    assert checked.returncode == 0
    assert "claims.W001" in checked.stderr
    assert "DATABASE_OWNER_URL" in checked.stderr
    assert "claims.W002" in checked.stderr
