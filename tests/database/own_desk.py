"""A desk of one's own to break: a PostgreSQL server, and gunicorn before it.

The server is a child of the test, so that it can be killed and started again at once.
What it holds is a copy of the test's own database.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from factcheck.database.programs import environment_for
from factcheck.database.roles import APPLICATION, OWNER, PUBLIC, create_login
from factcheck.postgres.tools import account_for, programs_for

URLS = {
    "DATABASE_OWNER_URL": OWNER,
    "DATABASE_URL": APPLICATION,
    "DATABASE_PUBLIC_URL": PUBLIC,
}
OPTIONS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "shared_buffers": "32MB",
    "max_connections": "60",
}


class OwnServer:
    """A PostgreSQL server in a folder of its own, which may be killed."""

    def __init__(self, folder: Path, **options):
        """`options` are settings of the server, in capitals those of the site."""
        self.folder, self.data = folder, folder / "pg"
        self.site = {name: options.pop(name) for name in [*options] if name.isupper()}
        self.account = account_for(self.data)
        self.options = OPTIONS | {"unix_socket_directories": str(folder)} | options
        self.process = None
        os.chown(folder, self.account.uid, self.account.gid)

    def program(self, name):
        return programs_for(self.account)[name]

    def run(self, name, *arguments):
        done = self.account.run(self.program(name), *arguments, folder=self.folder)
        assert done.returncode == 0, done.stdout

    def make(self):
        how = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
        how += ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")
        self.run("initdb", "-D", self.data, *how)
        return self

    def start(self):
        told = [f"-c{name}={value}" for name, value in self.options.items()]
        self.process = subprocess.Popen(
            [self.program("postgres"), "-D", self.data, *told],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "log").open("ab"),
            stderr=subprocess.STDOUT,
            **self.account.options(),
        )
        self.wait()
        return self

    def wait(self, seconds=60):
        """Wait until it takes connections."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                assert time.monotonic() < end, (self.folder / "log").read_text()[-2000:]
                time.sleep(0.02)
            else:
                return

    def wait_or_start(self):
        """Have it serve again, also where it ended by itself, as without any room."""
        if self.process.poll() is not None:
            self.start()
        self.wait()

    def kill(self):
        """Kill the postmaster and all its children, and wait until each is gone.

        While one of them lives, the memory they share is there, and nothing starts.
        """
        # Stopped, it makes no child that nobody would know of.
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        ends = []
        for pid in [self.process.pid, *self.children()]:
            with contextlib.suppress(ProcessLookupError):
                ends.append(os.pidfd_open(pid))
                signal.pidfd_send_signal(ends[-1], signal.SIGKILL)
        for end in ends:
            select.select([end], [], [])
            os.close(end)
        self.process.wait()

    def children(self):
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with contextlib.suppress(FileNotFoundError):
            return [int(pid) for pid in path.read_text().split()]
        return []

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def connect(self, user="postgres", name="postgres", **options):
        place = {"host": str(self.folder), "user": user, "dbname": name}
        return psycopg.connect(**place, autocommit=True, **options)

    def ask(self, query, *values):
        with self.connect(name=OWNER) as there:
            return there.execute(query, values).fetchall()

    def fill(self):
        """Copy the test's own database, with its roles and their rights."""
        with self.connect() as root:
            for role in URLS.values():
                root.execute(create_login(role))
            root.execute(f"CREATE DATABASE {OWNER} OWNER {OWNER}")
        connection.ensure_connection()
        dump = self.folder / "dump"
        with dump.open("wb") as file:
            subprocess.run(
                [self.program("pg_dump"), "--no-owner", "--no-acl"],
                env=environment_for(connection),
                stdout=file,
                check=True,
            )
        self.run(
            "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", OWNER,
            "-d", OWNER, "-f", "dump",
        )  # fmt: skip
        dump.unlink()
        done = manage(self, "database_roles", "--apply")
        assert done.returncode == 0, done.stderr
        return self


def environment(server, **more):
    urls = {
        variable: f"postgresql://{role}@/{OWNER}?host={quote(str(server.folder))}"
        for variable, role in URLS.items()
    }
    return {
        "PATH": os.environ["PATH"],
        "FACTCHECK_DEBUG": "0",
        "FACTCHECK_HTTPS": "0",
        "FACTCHECK_HOSTS": "127.0.0.1",
        "FACTCHECK_SECOND_FACTOR": "0",
        "FACTCHECK_SECRET_KEY": settings.SECRET_KEY,
        "FACTCHECK_REPORTS_FROM_ONE": "0",
        "FACTCHECK_REPORTS_FROM_ALL": "0",
        "FACTCHECK_READS_A_MINUTE": "0",
        **urls,
        **server.site,
        **more,
    }


def manage(server, *arguments, program=None, **more):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=program or settings.BASE_DIR,
        env=environment(server, **more),
        capture_output=True,
        text=True,
        check=False,
    )


class OwnWeb:
    """Gunicorn on a socket that outlives it, so that who asks meanwhile waits."""

    def __init__(self, server, *, workers=2, threads=4, code="", program=None, **more):
        self.server, self.more = server, more
        self.program = program or settings.BASE_DIR
        self.how = [f"--workers={workers}", f"--threads={threads}"]
        self.application = code or "factcheck.wsgi"
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(128)
        self.port = self.socket.getsockname()[1]
        self.log = server.folder / "web.log"
        self.process = None

    def start(self):
        handle = self.socket.fileno()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", self.application, *self.how),
                *(f"--bind=fd://{handle}", "--graceful-timeout=5", "--preload"),
            ],
            cwd=self.program,
            env=environment(self.server, **self.more),
            pass_fds=[handle],
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        return self

    def workers(self):
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with contextlib.suppress(FileNotFoundError):
            return [int(pid) for pid in path.read_text().split()]
        return []

    def kill(self, *, master=True):
        """Kill all workers and the master, or one, in whose place comes another."""
        workers = self.workers()
        if not master:
            for pid in workers[:1]:
                os.kill(pid, signal.SIGKILL)
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.socket.close()

    def ask(self, path, *, method="GET", body=None, timeout=30, **headers):
        """Return status, headers and body of an answer; raises where it breaks off."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def wait(self, seconds=60, address="/readyz"):
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError):
                if self.ask(address, timeout=seconds)[0] == 200:
                    return self
            assert time.monotonic() < end, self.log.read_text()[-3000:]
            time.sleep(0.05)


@contextlib.contextmanager
def own_server(folder=None, **options):
    """Run a server with a copy of the test's database."""
    made = folder or Path(tempfile.mkdtemp(prefix="fc-"))
    server = OwnServer(made, **options).make().start()
    try:
        yield server.fill()
    finally:
        server.stop()
        if folder is None:
            shutil.rmtree(made)


@contextlib.contextmanager
def own_web(server, *, ready="/readyz", **options):
    web = OwnWeb(server, **options).start()
    try:
        yield web.wait(address=ready)
    finally:
        web.stop()
