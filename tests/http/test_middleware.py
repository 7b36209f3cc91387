"""Pages for what went wrong, and the site's small answers."""

import re

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.template.loader import get_template
from django.test import Client

from claims.models import acting
from claims.views import errors
from tests.factories import make_claim, make_user


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "url", ["/nothing/", "/claims/99999-x/", "/topics/nothing/", "/speakers/nobody/"]
)
@pytest.mark.django_db
def test_what_is_not_there_is_a_404_that_leads_on(client, settings, url):
    settings.DEBUG = False
    response = client.get(url)
    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content
    assert b'href="/claims/"' in response.content


def test_a_fault_shows_a_page_that_needs_nothing(client, settings, monkeypatch):
    settings.DEBUG = False

    def fail(*args, **kwargs):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("claims.views.search.render", fail)
    response = client.get("/search/")
    assert response.status_code == 500
    assert b"Something failed here" in response.content
    assert b"secret words" not in response.content


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_pages_of_a_broken_site_share_a_frame_that_asks_nobody(name, settings):
    settings.FACTCHECK = settings.FACTCHECK | {"NAME": "Harbour Check"}
    # No request, no context, and the test has no database.
    page = get_template(name).render()
    [title] = re.findall(r"<title>(.*) · Harbour Check</title>", page)
    assert f"<h1>{title}</h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert page.count('href="/"') == 2
    source = get_template(name).template.source
    assert source.startswith('{% extends "claims/bare.html" %}')


def test_forbidden_and_bad_requests_have_their_own_pages(rf):
    request = rf.get("/")
    forbidden, bad = errors.permission_denied(request), errors.bad_request(request)
    assert (forbidden.status_code, bad.status_code) == (403, 400)
    assert b"You may not do this" in forbidden.content
    assert b"This request makes no sense" in bad.content


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_is_asked_to_come_back_while_the_database_is_away(
    client, monkeypatch, method
):
    client.force_login(make_user("Editors"))

    def away(*args):
        raise OperationalError("away") from psycopg.OperationalError()

    # Who asks is looked up before any view is reached.
    monkeypatch.setattr(SessionStore, "load", away)
    response = getattr(client, method)("/admin/claims/claim/")
    assert (response.status_code, response.get("Retry-After")) == (503, "5")


def cut_off(*args, **kwargs):
    """Lose the connection to the database, as when its server is stopped."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_while_an_editor_saves_is_no_fault_of_the_site(
    client, monkeypatch
):
    client.force_login(make_user("Editors"))
    monkeypatch.setattr("claims.admin.claims.ClaimAdmin.changeform_view", cut_off)
    response = client.post("/admin/claims/claim/add/")
    assert (response.status_code, response.get("Retry-After")) == (503, "5")
    # What a command says of it, too, is what has happened first.
    connection.close()
    lost = pytest.raises(OperationalError, match="terminating connection")
    with lost, acting(make_user()):
        cut_off()
    connection.close()
    assert client.get("/admin/claims/claim/").status_code == 200


# --- The desk's own face -------------------------------------------------------------


@pytest.mark.django_db
def test_a_desk_has_its_own_name_licence_logo_and_colours(client, settings):
    assert b"desk.css" not in client.get("/search/").content
    settings.FACTCHECK = settings.FACTCHECK | {
        "NAME": "Harbour Check",
        "TAGLINE": "We look it up",
        "DATA_LICENCE": "ODbL",
        "LOGO": "claims/icon.svg",
        "COLOURS": {"accent": "#7a1f2b", "dark-accent": "rgb(240 160 168)"},
    }
    page = client.get("/search/").content.decode()
    for words in ["Harbour Check", "We look it up", "ODbL", "/desk.css"]:
        assert words in page
    assert '<img src="/static/claims/icon.svg"' in page
    sheet = client.get("/desk.css")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert sheet.text == (
        ':root,\nhtml[data-theme="light"] {\n  --accent: #7a1f2b;\n}\n'
        '@media (prefers-color-scheme: dark) {\n:root:not([data-theme="light"]) {\n'
        "  --accent: rgb(240 160 168);\n}\n}\n"
        ':root[data-theme="dark"] {\n  --accent: rgb(240 160 168);\n}\n'
    )


@pytest.mark.django_db
def test_every_answer_says_who_may_load_it_into_a_page(client):
    for url in ("/policy/", "/nothing/", "/admin/login/"):
        response = client.get(url)
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "camera=()" in response.headers["Permissions-Policy"]
    card = f"/claims/{make_claim().pk}/card/"
    for url in (card, "/claims.csv", "/claims.atom", "/nothing.json"):
        answer = client.get(url)
        is_open = answer.headers.get("Access-Control-Allow-Origin") == "*"
        expected = "cross-origin" if is_open or url == card else "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == expected
