"""A database that cannot serve now: every address says 503 and when to ask again."""

import json
import re
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from claims.http.unavailable import database_unavailable, unavailable
from claims.models import Topic
from tests.database.logins import committed
from tests.factories import make_published, make_user

PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
# What is answered without a question to the database.
WITHOUT = {
    "/healthz",
    "/robots.txt",
    "/desk.css",
    "/follow/confirm/1/",
    "/follow/leave/1/",
    "/follow/sent/",
    "/api/openapi.json",
    "/report/sent/",
    "/reply/sent/",
    "/accessibility/",
    "/api/",
    "/check/",
    "/data/",
    "/llms.txt",
    "/policy/",
    "/report/",
    "/search/",
    "/suggest/",
    "/admin/jsi18n/",
}


def routes(patterns, before=""):
    for each in patterns:
        if not isinstance(each.pattern, RoutePattern):
            continue
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            yield route


def every_address():
    """Return an address of every route, whether anything is there or not."""
    found = {PARAMETER.sub("1", route) for route in routes(get_resolver().url_patterns)}
    return sorted(f"/{address}" for address in found if "logout" not in address)


@pytest.fixture(scope="module")
def editor(django_db_setup, django_db_blocker):
    """Somebody signed in, and a published claim, which other connections see."""
    with django_db_blocker.unblock(), committed():
        make_published()
        client = Client(raise_request_exception=False)
        client.force_login(make_user(superuser=True))
        yield client


# --- What happens to a database -------------------------------------------------------


@contextmanager
def nobody_answers():
    """Have every new connection refused, as while a server is down."""
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "no such database"
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name


@contextmanager
def no_connection_left():
    connection.close()
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        try:
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1")


@contextmanager
def each_session_begins_with(statement):
    def tell(connection, **_):
        # Below Django's cursor, which a fault may have wrapped.
        connection.connection.execute(statement)

    connection.close()
    connection_created.connect(tell)
    try:
        yield
    finally:
        connection_created.disconnect(tell)
        connection.close()


@contextmanager
def every_table_locked():
    names = connection.introspection.table_names()
    with (
        psycopg.connect(**connection.get_connection_params()) as other,
        each_session_begins_with("SET lock_timeout = '1ms'"),
    ):
        other.execute("SET synchronous_commit = off")
        for name in names:
            other.execute(f'LOCK TABLE "{name}" IN ACCESS EXCLUSIVE MODE')
        yield
        other.rollback()


@contextmanager
def every_session_killed():
    def kill(execute, *query):
        execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, query[-1])
        return execute(*query)

    with connection.execute_wrapper(kill):
        yield
    connection.close()


@contextmanager
def each_statement_takes_too_long():
    def wait(execute, *query):
        execute("SELECT pg_sleep(60)", None, False, query[-1])
        return execute(*query)

    slow = each_session_begins_with("SET statement_timeout = '1ms'")
    with slow, connection.execute_wrapper(wait):
        yield


def read_only():
    return each_session_begins_with("SET default_transaction_read_only = on")


WHOLE = [nobody_answers, every_table_locked]
OTHERS = [no_connection_left, every_session_killed, each_statement_takes_too_long]
# A download has an hour, as long as somebody takes it.
SOME = ["/", "/claims/", "/claimreview.json", "/api/claims", "/sitemap.xml", "/admin/"]


def is_503(answer):
    assert answer.status_code == 503
    assert answer.headers["Retry-After"].isdigit()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    return True


# --- Every address --------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad", [pytest.param(WHOLE[0], marks=pytest.mark.slow), *WHOLE[1:], *OTHERS]
)
def test_no_address_fails_and_none_looks_whole(editor, bad):
    addresses = every_address() if bad in WHOLE else SOME
    well, told = set(), 0
    with bad():
        for address in addresses:
            answer = editor.get(address)
            if answer.status_code >= 500:
                told += is_503(answer)
            elif answer.status_code == 200:
                well.add(address)
    assert well <= WITHOUT
    assert told > 0.8 * len(addresses)
    assert editor.get("/").status_code == 200
    assert editor.get("/admin/").status_code == 200


def test_without_the_middleware_and_the_handler_they_fail(
    editor, settings, monkeypatch
):
    """The control."""
    name = "claims.http.unavailable.database_unavailable"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != name]
    monkeypatch.setattr("claims.views.errors.unavailable", lambda *_: None)
    client = Client(raise_request_exception=False)
    client.cookies = editor.cookies
    with nobody_answers():
        answers = [client.get(address).status_code for address in SOME]
    # The 200 is a stream that would have broken off.
    assert set(answers) == {200, 500}


def test_what_is_written_to_a_read_only_database_is_asked_for_again(editor):
    topic = {"name": "Bridges", "slug": "bridges", "_save": "Save"}
    report = {"kind": "error", "message": "The day is wrong.", "form_token": "a" * 32}
    with read_only():
        for address, sent in {
            "/admin/claims/topic/add/": topic,
            "/report/": report,
            "/admin/login/": {"username": "x", "password": "y"},
        }.items():
            client = (
                Client(raise_request_exception=False) if "login" in address else editor
            )
            assert is_503(client.post(address, sent))
        assert editor.get("/claims/").status_code == 200
        assert editor.get("/admin/claims/topic/").status_code == 200
    assert not Topic.objects.filter(slug="bridges").exists()
    assert editor.post("/admin/claims/topic/add/", topic).status_code == 302


# --- Who asks, and how ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "headers", "kind"),
    [
        ("/claims/", {}, "text/html"),
        ("/claims/", {"Accept": "text/html,*/*;q=0.8"}, "text/html"),
        ("/claims/", {"Accept": "application/json"}, "application/json"),
        ("/claims/", {"Sec-Fetch-Dest": "empty"}, "application/json"),
        ("/api/", {}, "text/html"),
        ("/api/claims", {"Accept": "text/html"}, "application/json"),
        ("/mcp", {}, "application/json"),
        ("/claimreview.json", {}, "application/json"),
        ("/changes.jsonl", {}, "application/json"),
        ("/claims.csv", {}, "text/plain"),
        ("/sitemap.xml", {}, "text/plain"),
    ],
)
def test_programs_are_told_in_their_own_shape(address, headers, kind):
    request = RequestFactory(headers=headers).get(address)
    answer = unavailable(request, psycopg.OperationalError())
    assert is_503(with_policy(answer))
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    if kind == "application/json":
        assert json.loads(answer.content).keys() == {"error", "problems"}
    anybody = answer.headers.get("Access-Control-Allow-Origin")
    assert anybody == (None if kind == "text/html" else "*")


def with_policy(answer):
    answer.headers["Content-Security-Policy"] = "as every answer has"
    return answer


@pytest.mark.parametrize(
    ("fault", "passes"),
    [
        (psycopg.OperationalError("the connection is closed"), True),
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.errors.IdleInTransactionSessionTimeout(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.TooManyConnections(), True),
        (OSError(28, "No space left on device"), True),
        (psycopg.errors.UniqueViolation(), False),
        (psycopg.errors.UndefinedTable(), False),
        (psycopg.errors.InsufficientPrivilege(), False),
        (psycopg.InterfaceError("the cursor is closed"), False),
        (FileNotFoundError(2, "No such file"), False),
        (ZeroDivisionError(), False),
    ],
)
def test_what_will_not_pass_is_no_503(fault, passes):
    request = RequestFactory().get("/claims/")
    assert (unavailable(request, fault) is not None) == passes
    wrapped = RuntimeError()
    wrapped.__context__ = fault
    assert (unavailable(request, wrapped) is not None) == passes


def test_a_stream_that_cannot_begin_is_a_503_and_one_that_breaks_off_raises():
    def pieces(first):
        if first:
            yield first
        raise OperationalError from psycopg.OperationalError()

    def ask(first):
        answer = StreamingHttpResponse(pieces(first))
        return database_unavailable(lambda request: answer)(RequestFactory().get("/"))

    with pytest.raises(OperationalError):
        ask(b"")
    body = iter(ask(b"head"))
    assert next(body) == b"head"
    with pytest.raises(OperationalError):
        next(body)


# --- Health checks --------------------------------------------------------------------


def asked_by_address(path, settings):
    """Ask as a load balancer does: by address, without TLS."""
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["desk.example"]
    return Client().get(path, headers={"host": "10.0.0.7:8000"})


def test_health_is_asked_by_address_without_tls_and_of_no_database(settings):
    # This test may not ask the database.
    answer = asked_by_address("/healthz", settings)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"
    # The control: any other page is refused, or sent to TLS.
    assert asked_by_address("/policy/", settings).status_code in {301, 400}


def test_readiness_names_what_is_missing(editor, settings, monkeypatch, tmp_path):
    assert asked_by_address("/readyz", settings).text == "ok\n"
    with nobody_answers():
        away = asked_by_address("/readyz", settings)
    assert (away.status_code, away.headers["Cache-Control"]) == (503, "no-store")
    assert "the database does not answer" in away.text
    with read_only():
        reading = asked_by_address("/readyz", settings)
    assert reading.status_code == 200
    assert "nothing can be stored now" in reading.text
    newest = [("claims", "9999_of_tomorrow")]
    monkeypatch.setattr("claims.views.health.newest_migrations", lambda: newest)
    early = asked_by_address("/readyz", settings)
    assert early.status_code == 503
    assert early.text == "not migrated: claims 9999_of_tomorrow\n"


def test_readiness_asks_whether_the_disk_can_be_written_to(editor, settings, tmp_path):
    (tmp_path / "no folder").write_text("")
    settings.MEDIA_ROOT = tmp_path / "no folder"
    assert default_storage
    answer = asked_by_address("/readyz", settings)
    assert answer.status_code == 503
    assert answer.text == "copies of evidence: the disk cannot be written to\n"
