"""A desk under gunicorn that logs as JSON, counts for Prometheus and reports errors."""

import json
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection

from tests.monitoring.receiver import receiver
from tests.pages.lighthouse import free_port

PATIENCE = 60


@dataclass
class Served:
    """A running desk: its address, folder of metrics, log, and reported errors."""

    url: str
    metrics: Path
    log: Path
    reports: Queue

    def ask(self, path, data=None, **headers):
        """Return status, headers and body of an answer, errors too."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = Request(  # noqa: S310
            self.url + path, data=data, headers=headers
        )
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read()
        except HTTPError as error:
            return error.code, error.headers, error.read()

    def line(self, request_id, logger="factcheck.requests"):
        """Return the line of the log on a request, once it is written."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in self.log.read_text("utf-8").splitlines():
                if line.startswith("{"):
                    found = json.loads(line)
                    if (found.get("request_id"), found["logger"]) == (
                        request_id,
                        logger,
                    ):
                        return found
        raise AssertionError(f"{request_id} is not in the log")


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock():
        connection.ensure_connection()
        info = connection.connection.info
        user, name = quote(info.user), quote(info.dbname, safe="")
        database = f"postgresql://{user}@/{name}?host={quote(info.host)}"
        database += f"&port={info.port}"
        if info.password:
            database += f"&password={quote(info.password, safe='')}"
    port, log = free_port(), folder / "log"
    with receiver() as (dsn, reports), log.open("w") as writing:
        env = os.environ | {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.monitoring.failing_settings",
            "FACTCHECK_DEBUG": "0",
            "FACTCHECK_ERRORS": dsn,
            "FACTCHECK_HOSTS": "127.0.0.1",
            "FACTCHECK_HTTPS": "0",
            "FACTCHECK_LOG": "json",
            "FACTCHECK_METRICS": str(folder / "metrics"),
            "FACTCHECK_SECRET_KEY": secrets.token_urlsafe(64),
            "PYTHONWARNINGS": "ignore",
        }
        env.pop("DATABASE_OWNER_URL", None)
        env.pop("DATABASE_PUBLIC_URL", None)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}"),
                *("-c", "factcheck/deploy/gunicorn.conf.py"),
            ],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=writing,
            stderr=writing,
        )
        desk = Served(f"http://127.0.0.1:{port}", folder / "metrics", log, reports)
        try:
            wait_for(desk, server)
            yield desk
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(desk, server):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            assert desk.ask("/healthz")[0] == 200
            return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(desk.log.read_text())
