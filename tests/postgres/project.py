"""A small Django project in a folder of its own, with its own embedded server."""

import functools
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = sysconfig.get_path("purelib")
AM_ROOT = os.geteuid() == 0

STARTED = "SELECT pg_postmaster_start_time()"
# Uses the server, says so, and stays until its standard input ends.
STAY = f"say(sql('{STARTED}')); sys.stdin.read()"

# Settings and pages in one file: a page that adds a row and counts them.
DESK = '''
import os
from django.http import JsonResponse
from django.urls import path
from factcheck.postgres.url import embedded_database

SECRET_KEY = "only for this test"
DEBUG = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "desk"
USE_TZ = True
DATABASES = {"default": embedded_database(os.environ["DATA_FOLDER"])}
STAMP = "first"


def sql(query, *values):
    """Return the rows of a query, or None."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall() if cursor.description else None


def add(request):
    sql("CREATE TABLE IF NOT EXISTS added (word text)")
    sql("INSERT INTO added VALUES ('page')")
    [(count,)] = sql("SELECT count(*) FROM added")
    return JsonResponse({"count": count, "stamp": STAMP, "pid": os.getpid()})


urlpatterns = [path("", add)]
'''


@functools.cache
def python_for(account):
    """Return a Python that `account` can run with these packages, or None."""
    if account is None:
        return sys.executable
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        try:
            tried = subprocess.run(
                [python, "-c", "import django.db, psycopg"],
                env={"PYTHONPATH": PACKAGES},
                cwd="/",
                capture_output=True,
                check=False,
                **as_account(account),
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    return None


def as_account(name):
    """Return subprocess's options for running as an account (None: as this one)."""
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Project:
    def __init__(self, folder, account=None, data="var/pg", extra_path=()):
        self.folder = Path(folder)
        self.account = account
        self.data = self.folder / data
        self.extra_path = [str(path) for path in extra_path]
        self.python = python_for(account)
        self.started = []
        self.folder.mkdir(exist_ok=True, parents=True)
        (self.folder / "desk.py").write_text(DESK)
        package = self.folder / "factcheck"
        package.mkdir()
        (package / "__init__.py").touch()
        for name in ("database", "postgres"):
            shutil.copytree(
                REPOSITORY / "factcheck" / name,
                package / name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        if account:
            owner = as_account(account)
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, owner["user"], owner["group"])

    def adopt(self, made):
        """Begin with a copy of a cluster of this account."""
        self.data.parent.mkdir(parents=True)
        subprocess.run(["cp", "-a", made, self.data], check=True)

    def start(self, *arguments, env=None):
        """Start `python ...` in the project, in a process group of its own."""
        process = subprocess.Popen(
            [self.python, *arguments],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
                "HOME": str(self.folder),
                "TZ": "Asia/Tokyo",
                "PYTHONPATH": ":".join([str(self.folder), *self.extra_path, PACKAGES]),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUNBUFFERED": "1",
                "DJANGO_SETTINGS_MODULE": "desk",
                "DATA_FOLDER": str(self.data),
                **(env or {}),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **as_account(self.account),
        )
        self.started.append(process)
        return process

    def start_code(self, code, **options):
        """Start Python code that has `sql(query, *values)` and `say(value)`."""
        return self.start(
            "-c",
            "import json, os, sys, time, django; django.setup()\n"
            "from desk import sql\n"
            "def say(value): print(json.dumps(value, default=str), flush=True)\n"
            f"{code}",
            **options,
        )

    def run(self, *arguments, **options):
        return finished(self.start(*arguments, **options))

    def run_code(self, code, **options):
        return finished(self.start_code(code, **options))

    def sql(self, query, **options):
        """Return the rows of a query, each run in a process of its own."""
        done = self.run_code(f"say(sql({query!r}))", **options)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def stay(self):
        """Start a process that uses the server; return it and the server's birth."""
        process = self.start_code(STAY)
        line = process.stdout.readline()
        assert line, process.stderr.read()
        return process, json.loads(line)

    def leave(self, process):
        """Let a process that stays come to its end."""
        process.stdin.close()
        assert finished(process).returncode == 0

    def serve(self, *options):
        """Start runserver; return the process and the address of its only page."""
        port = free_port()
        process = self.start("-m", "django", "runserver", f"127.0.0.1:{port}", *options)
        return process, f"http://127.0.0.1:{port}/"

    def ask(self, query):
        """Return the rows of a query, put to the running server directly."""
        with psycopg.connect(
            host=str(self.data), user="factcheck", dbname="factcheck"
        ) as connection:
            return connection.execute(query).fetchall()

    def servers(self):
        """Return the numbers of the processes that work in the cluster's folder."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    folder = os.readlink(entry / "cwd")
                except OSError:
                    continue
                if folder == os.path.realpath(self.data):
                    found.append(int(entry.name))
        return found

    def postmaster(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def log(self):
        return (self.data / "server.log").read_text()

    def clean(self):
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, 9)
            finished(process)
        self.started.clear()
        for number in self.servers():
            try:
                os.kill(number, 9)
            except ProcessLookupError:
                continue


def finished(process):
    """Wait for a process; return it with what it said."""
    if process.stdin and process.stdin.closed:
        process.stdin = None
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def page(address, until=lambda answer: True):
    """Return the page's answer as soon as there is one that will do."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310
                answer = json.load(response)
        except ConnectionError:
            answer = None
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            answer = None
        if answer and until(answer):
            return answer
        time.sleep(0.05)
    raise AssertionError(f"no answer from {address}")


def eventually(true):
    """Return whether something becomes true within a minute."""
    for _ in range(1200):
        if true():
            return True
        time.sleep(0.05)
    return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_folder():
    """Return a new folder that every account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="fc-", dir="/tmp"))
    folder.chmod(0o755)
    return folder
