"""Readers and the desk on a primary and a hot standby that lags, dies, is promoted."""

from contextlib import ExitStack, contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connection, connections
from django.test import Client, override_settings

from claims.checks import problems
from claims.management.roles import give_rights
from claims.models import ReaderReport, Verdict
from claims.models.choices import VerdictStatus
from factcheck.database.owner import as_owner
from factcheck.database_router import replicas
from factcheck.postgres.url import parse_databases
from tests.conftest import LOGINS
from tests.database.logins import committed
from tests.database.standby import primary_and_standby, until
from tests.factories import make_claim, make_user, make_verdict, retract

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "DATA_FOLDER" not in LOGINS[DEFAULT_DB_ALIAS],
        reason="the servers are made with the programs of the embedded PostgreSQL",
    ),
]
LAG = 1
ALIASES = (DEFAULT_DB_ALIAS, "public", "replica_1")
REPORT = {"kind": "error", "message": "The date of the vote is wrong."}


class Site:
    """The site as readers and the desk ask it, with the logins of its settings."""

    def __init__(self, primary, standby, verdict):
        self.primary, self.standby = primary, standby
        self.claim, self.verdict = verdict.claim, verdict
        self.reader, self.desk = Client(), Client()
        self.desk.force_login(make_user("Editors", is_superuser=True))
        self.page = self.claim.get_absolute_url()

    def get(self, address, client=None):
        return self._ask((client or self.reader).get, address)

    def post(self, address, data, client=None):
        return self._ask((client or self.reader).post, address, data)

    def _ask(self, method, *arguments):
        """Ask; return the status and the aliases that were asked statements."""
        asked = []

        def note(execute, sql, params, many, context):
            asked.append(context["connection"].alias)
            return execute(sql, params, many, context)

        # As the server does before each request, but the test's client does not.
        close_old_connections()
        with ExitStack() as noted:
            for alias in ALIASES:
                noted.enter_context(connections[alias].execute_wrapper(note))
            self.answer = method(*arguments)
            self.answer.getvalue()
        self.count = len(asked)
        return self.answer.status_code, set(asked)

    def reads_from(self, *aliases):
        return self.get(self.page) == (200, set(aliases))

    def is_read_from(self, *aliases):
        until(lambda: self.reads_from(*aliases), f"{aliases} are read")


@contextmanager
def logins(*folders):
    """Log in as the three roles on the first of these servers that is no standby."""
    hosts = ",".join(str(folder).replace("/", "%2F") for folder in folders)
    urls = {
        variable: f"postgresql://{role}@{hosts}/factcheck?target_session_attrs=primary"
        for variable, role in (
            ("DATABASE_URL", "factcheck_app"),
            ("DATABASE_OWNER_URL", "factcheck"),
            ("DATABASE_PUBLIC_URL", "factcheck_public"),
        )
    }
    replica = f"postgresql://factcheck_public@{hosts.split(',')[-1]}/factcheck"
    before = connections.settings, connections[DEFAULT_DB_ALIAS]
    connections.settings = connections.configure_settings(
        parse_databases({**urls, "DATABASE_REPLICA_URLS": replica}, "unused")
    )
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        connections.close_all()
        for alias in ALIASES[1:]:
            del connections[alias]
        connections.settings, connections[DEFAULT_DB_ALIAS] = before


@pytest.fixture
def site(django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        committed(),
        override_settings(REPLICA_LAG=LAG),
    ):
        verdict = make_verdict(make_claim(), status=VerdictStatus.PUBLISHED)
        with (
            primary_and_standby() as (primary, standby),
            logins(primary.folder, standby.folder),
        ):
            with as_owner():
                give_rights(connection)
            try:
                yield Site(primary, standby, verdict)
            finally:
                replicas.stop()


def test_readers_are_read_to_by_a_standby_while_it_keeps_up(site):
    site.is_read_from("replica_1")
    statements = site.count
    # Whoever is signed in reads what he wrote.
    assert "replica_1" not in site.get(site.page, site.desk)[1]
    assert site.get("/admin/claims/claim/", site.desk) == (200, {"default"})
    # So does who has just sent something.
    assert site.post("/report/", REPORT)[0] == 302
    tracking = site.answer["Location"]
    assert site.get(tracking) == (200, {"public"})

    # It lags: its replay is paused, and the primary goes on.
    site.standby.ask("SELECT pg_wal_replay_pause()")
    retract(Verdict.objects.get(pk=site.verdict.pk))
    assert b"retracted" not in site.answer.content
    site.is_read_from("public")
    assert b"etracted" in site.answer.content
    site.standby.ask("SELECT pg_wal_replay_resume()")
    site.is_read_from("replica_1")
    assert b"etracted" in site.answer.content

    # It dies in the middle of a page: not one reader is told.
    def dying(execute, sql, params, many, context):
        site.standby.kill()
        return execute(sql, params, many, context)

    with connections["replica_1"].execute_wrapper(dying):
        assert site.get(site.page) == (200, {"replica_1", "public"})
    for _each in range(5):
        assert site.reads_from("public")
    # That the standby is watched costs a request nothing.
    assert site.count == statements
    site.standby.start()
    site.is_read_from("replica_1")


def test_readers_read_on_while_the_primary_is_gone_and_a_promotion_needs_no_hand(site):
    site.is_read_from("replica_1")
    before = ReaderReport.objects.count()
    site.primary.kill()
    for _each in range(5):
        assert site.reads_from("replica_1")
    for address in ("/", "/claims/", "/search/?q=harbour", "/claims.csv"):
        assert site.get(address) == (200, {"replica_1"})
    for answer in (
        site.get("/admin/claims/claim/", site.desk),
        site.post("/report/", REPORT),
    ):
        assert answer[0] == 503
        assert site.answer["Retry-After"]

    site.standby.ask("SELECT pg_promote()")
    until(
        lambda: site.post("/report/", REPORT)[0] == 302,
        "the promoted one takes reports",
    )
    assert ReaderReport.objects.count() == before + 1
    assert site.get("/admin/claims/claim/", site.desk)[0] == 200
    assert site.get(site.page)[0] == 200
    # Of the servers' settings it says that they are made for a test.
    assert [each for each in problems() if not each.startswith("settings")] == []


def test_a_standby_that_may_lag_shows_the_old_page_to_all_but_the_desk(site):
    """The control: what a reader is told there, an editor would be told as well."""
    site.is_read_from("replica_1")
    site.standby.ask("SELECT pg_wal_replay_pause()")
    with override_settings(REPLICA_LAG=10_000):
        retract(Verdict.objects.get(pk=site.verdict.pk))
        assert site.reads_from("replica_1")
        assert b"etracted" not in site.answer.content
        site.get(site.page, site.desk)
        assert b"etracted" in site.answer.content
