"""A primary and a hot standby that follows it, as servers of a test's own."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from factcheck.database.roles import APPLICATION, OWNER, PUBLIC, create_login
from factcheck.postgres import tools

PORT = "5432"  # only a part of the socket's name
PATIENCE = 60
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "fsync": "off",
    "max_connections": "30",
    "shared_buffers": "16MB",
    "wal_retrieve_retry_interval": "100ms",
    "hot_standby_feedback": "on",
}
INITDB = (
    *("--pgdata=.", "--username=postgres", "--auth=trust", "--encoding=UTF8"),
    *("--locale=C", "--locale-provider=builtin"),
    *("--builtin-locale=PG_UNICODE_FAST", "--no-sync", "--no-instructions"),
    *(f"--set={name}={value}" for name, value in SETTINGS.items()),
)


def until(true, what, patience=PATIENCE):
    """Wait until a function returns something true, and return that."""
    end = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.02)
    return found


class Server:
    """One PostgreSQL server; its socket lies in its folder."""

    def __init__(self, folder, account, programs):
        self.folder, self.account, self.programs = folder, account, programs
        self.process = None

    def run(self, program, *arguments, folder=None):
        done = self.account.run(
            self.programs[program], *arguments, folder=folder or self.folder
        )
        assert done.returncode == 0, done.stdout

    def start(self):
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs["postgres"], "-D", ".", "-p", PORT],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.options(),
            )
        until(self.answers, f"{self.folder.name} answers")

    def kill(self):
        """End it as a crash does: no connection is told, nothing is finished."""
        if self.process is not None and self.process.poll() is None:
            # SIGQUIT; killed with SIGKILL it would leave its shared memory behind.
            self.process.send_signal(3)
            self.process.wait(PATIENCE)

    def answers(self):
        assert self.process.poll() is None, (self.folder / "server.log").read_text()
        try:
            return self.ask("SELECT 1") == 1
        except psycopg.OperationalError:
            return False

    def ask(self, sql, database="postgres"):
        """Return what a statement of the superuser gives."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as login:
            answer = login.execute(sql)
            return answer.fetchone()[0] if answer.description else None

    def standby(self, name):
        """Return another server that follows this one."""
        other = Server(_folder(self.folder.parent, name, self.account), *self.made_of())
        self.run(
            *("pg_basebackup", "-h", self.folder, "-U", "postgres", "-D", "."),
            *("-R", "-c", "fast", "--no-sync"),
            folder=other.folder,
        )
        # It came along with the folder.
        (other.folder / f".s.PGSQL.{PORT}.lock").unlink()
        other.start()
        return other

    def made_of(self):
        return self.account, self.programs


def _folder(parent, name, account):
    made = parent / name
    made.mkdir(mode=0o700)
    os.chown(made, account.uid, account.gid)
    return made


@contextmanager
def primary_and_standby():
    """Carry the test database to two servers; yield both, the standby second."""
    there = connection.settings_dict
    connection.ensure_connection()
    info = connection.connection.info
    account = tools.account_for(Path(there.get("DATA_FOLDER", "/")))
    place = Path(tempfile.mkdtemp(prefix="fc-", dir="/tmp"))
    os.chown(place, account.uid, account.gid)
    servers = []
    try:
        primary = Server(
            _folder(place, "a", account), account, tools.programs_for(account)
        )
        servers.append(primary)
        primary.run("initdb", *INITDB)
        primary.start()
        for role in (OWNER, APPLICATION, PUBLIC):
            primary.ask(create_login(role))
        primary.ask("CREATE DATABASE factcheck OWNER factcheck")
        file = primary.folder / "dump"
        primary.run(
            *("pg_dump", "-h", info.host, "-p", info.port, "-U", info.user),
            *("-Fc", "-Z0", "-f", file, info.dbname),
        )
        primary.run(
            *("pg_restore", "-h", primary.folder, "-U", "factcheck"),
            *("-d", "factcheck", "-e", file),
        )
        servers.append(primary.standby("b"))
        yield tuple(servers)
    finally:
        for server in servers:
            server.kill()
        shutil.rmtree(place)
