"""Every kind of answer over TLS keeps to what MDN's HTTP Observatory asks for."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import make_published, make_user
from tests.http.observatory import score

pytestmark = pytest.mark.django_db
# Policy of contents, of referrers, no frames, nothing for other sites: the most that a
# host can have by itself, for being preloaded is its owner's and cookies are 5 more.
MOST, WITH_COOKIES = 130, 135
# What other sites may show or read says so: 20 less, and no bonus then.
FOR_OTHERS = 80
KINDS = {
    "first page": ("/", 200, MOST),
    "list": ("/claims/", 200, MOST),
    "page in Turkish": ("/tr/claims/", 200, MOST),
    "form": ("/report/", 200, MOST),
    "search": ("/search/?q=bridge", 200, MOST),
    "CSV": ("/claims.csv", 200, FOR_OTHERS),
    "JSON": ("/api/claims", 200, FOR_OTHERS),
    "markup": ("/claimreview.json", 200, FOR_OTHERS),
    "feed": ("/claims.atom", 200, FOR_OTHERS),
    "sitemap": ("/sitemap.xml", 200, MOST),
    "robots": ("/robots.txt", 200, MOST),
    "health": ("/healthz", 200, MOST),
    "readiness": ("/readyz", 200, MOST),
    "colours": ("/desk.css", 200, MOST),
    "redirect": ("/favicon.ico", 302, MOST),
    "senseless": ("/claims/?rating=nonsense", 400, MOST),
    "nothing there": ("/no/such/page/", 404, MOST),
    "login": ("/admin/login/", 200, WITH_COOKIES),
    "to the login": ("/admin/", 302, MOST),
}


@pytest.fixture
def client(settings):
    """Who asks over TLS, of a site that is served so."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    return Client(raise_request_exception=False)


def test_every_kind_of_answer_has_all_that_a_host_can_have(client, settings):
    found, expected = {}, {}
    for kind, (path, status, points) in KINDS.items():
        response = client.get(path, secure=True)
        total, given = score(response, settings.SESSION_COOKIE_NAME)
        found[kind] = response.status_code, total, given
        expected[kind] = status, points, given
    assert found == expected


def test_so_have_a_claim_a_page_unchanged_and_the_desk(client, settings):
    claim = make_published().claim.get_absolute_url()
    page = client.get(claim, secure=True)
    known = {"If-None-Match": page.headers["ETag"]}
    unchanged = client.get(claim, secure=True, headers=known)
    not_so = client.post("/claims/", secure=True)
    user = make_user("Editors")
    client.force_login(user)
    desk = client.get(reverse("admin:index"), secure=True)
    forbidden = client.get(reverse("admin:auth_user_changelist"), secure=True)
    answers = [page, unchanged, not_so, desk, forbidden]
    assert [each.status_code for each in answers] == [200, 304, 405, 200, 403]
    scores = [score(each, settings.SESSION_COOKIE_NAME) for each in answers]
    assert [total for total, _given in scores if total < MOST] == [], scores


@pytest.mark.parametrize(
    ("name", "value", "subject", "points"),
    [
        ("Content-Security-Policy", "script-src 'self' 'unsafe-inline'", "csp", -20),
        ("Strict-Transport-Security", "max-age=3600", "hsts", -10),
        ("Referrer-Policy", "unsafe-url", "referrer", -5),
        ("X-Content-Type-Options", "sniff", "sniffing", -5),
        ("Cross-Origin-Resource-Policy", "cross-origin", "corp", -20),
    ],
)
def test_a_policy_that_is_weaker_costs(name, value, subject, points):
    response = HttpResponse('<script src="https://other.example/a.js"></script>')
    response.headers[name] = value
    response.set_cookie("sessionid", "x")
    _total, given = score(response, "sessionid")
    assert given[subject] == points
    assert (given["cookies"], given["scripts"]) == (-40, -50)
