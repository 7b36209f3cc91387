"""What the embedded cluster is, and who can reach it."""

import contextlib
import os
import re
import socket
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from .project import AM_ROOT, as_account


@pytest.mark.slow
def test_the_owner_of_the_database_is_no_superuser(running):
    [[name, superuser, create_role, bypass_rls, owner]] = running.sql(
        """SELECT rolname, rolsuper, rolcreaterole, rolbypassrls,
                  pg_get_userbyid(datdba)
           FROM pg_roles, pg_database
           WHERE rolname = current_user AND datname = current_database()"""
    )
    assert (name, owner) == ("factcheck", "factcheck")
    assert not (superuser or create_role or bypass_rls)
    # A control: there is a superuser, so the question can be answered otherwise.
    assert running.ask("SELECT rolname FROM pg_roles WHERE rolsuper") == [("postgres",)]


def test_nobody_can_log_in_as_the_superuser(running):
    done = running.run_code(
        "import psycopg\n"
        "from django.db import connection\n"
        "connection.ensure_connection()\n"
        "place = dict(host=connection.get_connection_params()['host'], port=5432)\n"
        "psycopg.connect(user='factcheck', dbname='factcheck', **place).close()\n"
        "say('control')\n"
        "psycopg.connect(user='postgres', dbname='postgres', **place)\n"
    )
    assert done.stdout == '"control"\n'
    assert re.search("no pg_hba.conf entry .*postgres", done.stderr)


def test_the_application_cannot_step_out_of_its_database(running):
    refused = [
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "ALTER SYSTEM SET listen_addresses = '*'",
        "ALTER ROLE factcheck SUPERUSER",
        "SET ROLE postgres",
    ]
    done = running.run_code(
        "from django.db import DatabaseError\n"
        f"for query in {[*refused, 'SELECT 1']!r}:\n"
        "    try: sql(query); say('done')\n"
        "    except DatabaseError as refusal: say(refusal.__cause__.sqlstate)\n"
    )
    # 42501: insufficient privilege. The last one is the control.
    assert done.stdout.split() == ['"42501"'] * len(refused) + ['"done"'], done.stderr


IDLE = "idle_in_transaction_session_timeout"


def test_each_role_logs_in_and_none_becomes_another(running):
    powers = running.ask(
        """SELECT rolname, rolsuper OR rolcreaterole OR rolbypassrls, rolcreatedb,
                  array_to_string(rolconfig, ' ')
           FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres'
           ORDER BY 1"""
    )
    assert powers == [
        (
            "factcheck",
            False,
            True,
            f"lock_timeout=0 statement_timeout=0 {IDLE}=10min",
        ),
        (
            "factcheck_app",
            False,
            False,
            f"lock_timeout=5s statement_timeout=20s {IDLE}=60s",
        ),
        (
            "factcheck_public",
            False,
            False,
            f"lock_timeout=5s statement_timeout=15s {IDLE}=60s"
            " default_transaction_read_only=on",
        ),
    ]
    for user in ("factcheck_app", "factcheck_public"):
        with psycopg.connect(
            host=str(running.data), user=user, dbname="factcheck"
        ) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (user,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SET ROLE factcheck")


@pytest.mark.slow
def test_a_cluster_of_one_role_is_given_the_others(project):
    project.sql("CREATE TABLE kept AS SELECT 1 AS row")
    done = project.run_code(
        "from pathlib import Path\n"
        "from factcheck.postgres import initdb, tools\n"
        f"data = Path({str(project.data)!r})\n"
        "roles = ['DROP ROLE factcheck_app;', 'DROP ROLE factcheck_public;']\n"
        "lock = os.open(os.devnull, os.O_RDONLY)\n"
        "done = initdb.run_single(tools.account_for(data), data, roles, lock)\n"
        "say(done.returncode)"
    )
    assert done.stdout == "0\n", done.stderr
    names = "SELECT rolname FROM pg_roles WHERE rolname ~ 'factcheck' ORDER BY 1"
    assert project.sql(names) == [
        ["factcheck"],
        ["factcheck_app"],
        ["factcheck_public"],
    ]
    assert project.sql("SELECT row FROM kept") == [[1]]


def test_the_test_database_can_be_made_and_dropped(running):
    done = running.run_code(
        "from django.db import connection\n"
        "connection.creation.create_test_db(verbosity=0, serialize=False)\n"
        "say(sql('SELECT current_database()'))\n"
        "sql('CREATE TABLE t (i int)')\n"
        "connection.creation.destroy_test_db('factcheck', verbosity=0)\n"
        "say(sql(\"SELECT datname FROM pg_database WHERE datname ~ '^test_'\"))\n"
    )
    assert done.stdout.splitlines() == ['[["test_factcheck"]]', "[]"], done.stderr


def test_letters_of_any_language_fold_without_the_machines_locale(running):
    [row] = running.ask(
        """SELECT upper('ğüéßıi'), 'ERDOĞAN' ILIKE 'erdoğan', casefold('Straße'),
                  getdatabaseencoding(), datlocprovider, datlocale
           FROM pg_database WHERE datname = current_database()"""
    )
    assert row == ("ĞÜÉSSII", True, "strasse", "UTF8", "b", "PG_UNICODE_FAST")


def test_the_clock_is_utc_and_pages_carry_checksums(running):
    # The project's own environment says Asia/Tokyo.
    [row] = running.ask(
        """SELECT reset_val, current_setting('log_timezone'),
                  current_setting('data_checksums')
           FROM pg_settings WHERE name = 'TimeZone'"""
    )
    assert row == ("UTC", "UTC", "on")


def listening(processes):
    """Return the TCP ports on which any of the processes listens."""
    sockets = set()
    for number in processes:
        # A session's process may have just ended.
        for entry in Path(f"/proc/{number}/fd").glob("*"):
            # A descriptor may be closed between the listing and the look.
            with contextlib.suppress(FileNotFoundError):
                sockets.add(os.readlink(entry))
    found = set()
    for table in Path("/proc/net").glob("tcp*"):
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add(int(fields[1].rpartition(":")[2], 16))
    return found


def test_no_tcp_port_is_listened_on(running):
    assert len(running.servers()) > 3
    assert listening(running.servers()) == set()
    with socket.create_server(("127.0.0.1", 0)) as control:
        assert control.getsockname()[1] in listening([os.getpid()])


def test_the_folder_and_the_socket_are_for_one_account(running):
    assert stat.S_IMODE(running.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((running.data / ".s.PGSQL.5432").stat().st_mode) == 0o600


@pytest.mark.skipif(not AM_ROOT, reason="only root can act as another account")
def test_another_ordinary_account_cannot_list_the_folder(running):
    def seen_by(account, folder):
        return subprocess.run(
            ["ls", folder], capture_output=True, check=False, **as_account(account)
        ).returncode

    assert seen_by("daemon", running.data) != 0
    # A control: the folder above can be listed, and this one by its owner.
    assert seen_by("daemon", running.data.parent) == 0
    owner = running.data.owner()
    assert owner != "root"
    assert seen_by(owner, running.data) == 0


@pytest.mark.skipif(not AM_ROOT, reason="only root can act as another account")
def test_another_account_is_turned_away_even_from_a_loosened_folder(running):
    psql = running.run_code(
        "from django.db import connection\n"
        "from factcheck.postgres.server import cluster\n"
        "say(cluster(connection.settings_dict['DATA_FOLDER']).program('psql'))\n"
    ).stdout.strip('"\n')

    def connected(account):
        return subprocess.run(
            [psql, "-h", running.data, "-U", "factcheck", "-c", "SELECT 1"],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **as_account(account),
        )

    try:
        running.data.chmod(0o755)
        (running.data / ".s.PGSQL.5432").chmod(0o777)
        assert "Peer authentication failed" in connected("daemon").stderr
        assert connected(running.data.owner()).returncode == 0
    finally:
        (running.data / ".s.PGSQL.5432").chmod(0o600)
        running.data.chmod(0o700)


@pytest.mark.slow
def test_commands_that_need_no_database_start_nothing(new_project):
    project = new_project()
    done = project.run("-m", "django", "check")
    assert done.returncode == 0, done.stderr
    assert not project.data.parent.exists()
    # A control: one that does makes the cluster.
    assert project.run("-m", "django", "migrate").returncode == 0
    assert (project.data / "PG_VERSION").read_text() == "18\n"


@pytest.mark.slow
def test_dbshell_uses_the_psql_that_came_along(running):
    done = running.run("-m", "django", "dbshell", "--", "-XAtc", "SELECT current_user")
    assert done.stdout == "factcheck\n", done.stderr
    shown = running.run("-m", "django", "dbshell", "--", "--version")
    assert shown.stdout.startswith("psql (PostgreSQL) 18."), shown.stderr


def test_a_connection_pool_is_refused(running):
    done = running.run_code(
        "from django.db import connection\n"
        "connection.settings_dict['OPTIONS']['pool'] = True\n"
        "connection.ensure_connection()\n"
    )
    assert "works without a connection pool" in done.stderr


@pytest.mark.slow
def test_the_fast_switch_is_for_one_process_only(running):
    asked = "SELECT current_setting('synchronous_commit'), current_setting('fsync')"
    assert running.sql(asked, env={"FACTCHECK_PG_FAST": "1"}) == [["off", "on"]]
    assert running.sql(asked) == [["on", "on"]]
