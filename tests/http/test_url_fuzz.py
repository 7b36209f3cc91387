"""No address breaks the site: a page, or a 4xx that says what was wrong with it."""

import random
import re
from itertools import islice
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from claims import urls
from claims.lists.filters import ClaimFilter
from tests.factories import make_published, make_user

pytestmark = pytest.mark.django_db

SHORT, LONG = 1_500, 1_000_000
METHODS = ["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]
PREFIXES = ["/"] * 6 + ["/tr/", "/de/", "/xx/", "//", "/admin/claims/"]
CONVERTED = re.compile(r"<(?:\w+:)?\w+>")
ROUTES = [str(each.pattern) for each in urls.urlpatterns]
NAMES = [*ClaimFilter.base_filters, "page", "after", "q", "order", "format", "fields"]
# What stands for a part of a path, and for a value, already as it is sent.
PARTS = [
    "1", "0", "-1", "9" * 19, "9" * 5_000, "01", "1.5", "1e9", "٣", "a-b", "İ", "ß",
    "%00", "%", "%zz", "%ff", "%ed%a0%80", "%2e%2e", "..", ".", "", "%2f", "%5c", "%0a",
    "%0d%0aX:%201", "%3Cscript%3E", "%27", "%22", "%e2%80%ae", "%f0%9f%98%80", "*", "'",
    "nan", "inf", "null", "true", "2026-02-31", "2026-01-01", "0000-00-00", "a" * 3_000,
    "[]", "{}", "$ne", "__proto__", "1,2", "1%202", ";", "&", "=", "#", "?", "+", "~",
    "false", "published", "direct", "%D8%A7", "-" * 40, "(" * 60, "%2500", "%u0000",
]  # fmt: skip


def part(dice):
    if dice.random() < 0.8:
        return dice.choice(PARTS)
    signs = (chr(dice.randrange(1, 0x3000)) for _ in range(dice.randrange(12)))
    return quote("".join(signs), safe=dice.choice(["", "/", "?&="]))


def addresses(seed, claim):
    """Yield method, path and query, each as it stands in a request."""
    dice = random.Random(seed)
    while True:
        path = dice.choice(ROUTES)
        real = dice.random() < 0.4
        while converted := CONVERTED.search(path):
            put = str(claim) if real else part(dice)
            path = path[: converted.start()] + put + path[converted.end() :]
        if dice.random() < 0.2:
            path += dice.choice(["", "/", "//"]) + part(dice)
        prefix = dice.choice(
            ["/"] * 6 + ["/tr/", "/de/", "/xx/", "//", "/admin/claims/"]
        )
        query = "&".join(
            f"{dice.choice(NAMES) if dice.random() < 0.8 else part(dice)}={part(dice)}"
            for _ in range(dice.choice([0, 0, 1, 1, 2, 5]))
        )
        yield dice.choice(METHODS), prefix + path, query


def what_is_wrong(response):
    """Return what a reader or a program is not helped by, or nothing."""
    status = response.status_code
    if status >= 500:
        return f"answered {status}"
    if status < 400 or status == 405:
        return ""
    if response.request["REQUEST_METHOD"] == "HEAD":
        return ""
    if not (said := response.getvalue()):
        return f"{status} without a word"
    if "html" in response.headers["Content-Type"] and b"<h1" not in said:
        return f"{status} without a heading"
    return ""


@pytest.fixture
def ask(settings):
    settings.DEBUG = False
    settings.READS_A_MINUTE = settings.REPORTS_FROM_ONE = settings.REPORTS_FROM_ALL = 0
    client = Client(raise_request_exception=False)
    editor = Client(raise_request_exception=False)
    editor.force_login(make_user("Editors"))

    def ask(method, path, query):
        # Nobody but an editor reaches the views of the desk.
        own = editor if admin.site.name in path[:7] else client
        # As a web server hands on what is no ASCII.
        query = query.encode().decode("latin-1")
        with transaction.atomic():
            response = own.generic(method, quote(path, "%/"), QUERY_STRING=query)
            response.getvalue()
            transaction.set_rollback(True)
        return response

    return ask


@pytest.mark.parametrize(
    ("number", "seed"),
    [(SHORT, 1), pytest.param(LONG, None, marks=[pytest.mark.slow, pytest.mark.long])],
)
def test_no_address_breaks_the_site_and_a_refusal_helps(ask, number, seed):
    claim = make_published().claim.pk
    seed = random.randrange(1 << 32) if seed is None else seed
    troubles = []
    for method, path, query in islice(addresses(seed, claim), number):
        if wrong := what_is_wrong(ask(method, path, query)):
            troubles.append(f"{wrong}: {method} {path[:300]}?{query[:300]}")
    assert troubles == [], f"seed {seed}"


def test_a_view_that_fails_is_noticed(ask, monkeypatch):
    monkeypatch.setattr("claims.views.search.render", lambda *_words: 1 / 0)
    assert what_is_wrong(ask("GET", "/search/", "")) == "answered 500"
