"""No request, however it is written, is answered by an error or by endless work."""

import logging
import os
import sys
from collections import Counter
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from django.db import connections
from django.http import HttpResponse
from django.test import override_settings

from claims.lists.directories import ArticleFilter, SpeakerFilter
from claims.lists.filters import ClaimFilter
from claims.models import Article, Outlet, PublicClaim, Rating, Speaker, Topic
from tests.database.logins import committed, three_roles
from tests.factories import (
    make_claim,
    make_page,
    make_published,
    make_speaker,
    make_topic,
    make_verdict,
    retract,
    withdraw,
)
from tests.http.hostile import Request, Writer

SHORT = 800
# The long form, in parts that cores can share: pytest -m long --dist load <this file>
LONG = int(os.environ.get("HOSTILE_REQUESTS", "1000000"))
PARTS = 20
# What one page asks at most; nothing that is asked for may make it more.
MOST_QUERIES = 40
SITE = "testserver"
# What oEmbed answers to whoever wants a format that there is not.
NO_SUCH_FORMAT = 501
ALIASES = ("default", "public")


@pytest.fixture(scope="module")
def writer(django_db_setup, django_db_blocker):
    """What writes requests to a small site that has all states, read as readers do."""
    with django_db_blocker.unblock(), committed():
        make_site()
        keys = list(PublicClaim.objects.values_list("pk", flat=True))
        slugs = [
            slug
            for model in (Article, Outlet, Rating, Speaker, Topic)
            for slug in model.objects.values_list("slug", flat=True)
        ]
        names = {
            name
            for filters in (ClaimFilter, SpeakerFilter, ArticleFilter)
            for name in filters.base_filters
        }
        with three_roles(), override_settings(READS_A_MINUTE=0):
            for alias in ALIASES:
                connections[alias].settings_dict["CONN_MAX_AGE"] = None
            yield lambda seed: Writer(seed, keys, slugs, sorted(names))


def make_site():
    speaker = make_speaker("Ida Falk", aliases=["Mayor Falk"])
    first = make_claim(speaker=speaker, topics=[make_topic("Harbours")])
    make_published(first)
    make_claim(speaker=speaker, repeats=first)
    retract(make_verdict(make_claim(), status="published"))
    withdraw(make_published(make_claim()).claim)
    make_claim(status="draft")
    make_page("funding")


class Site:
    """The site as a web server asks it, and what was wrong with its answers."""

    def __init__(self, application=None):
        self.application = application or WSGIHandler()
        self.statuses, self.wrong = Counter(), []
        self.queries, self.most, self.error = 0, 0, None

    def count(self, execute, *arguments):
        self.queries += 1
        return execute(*arguments)

    def note(self, **_kwargs):
        self.error = repr(sys.exc_info()[1])

    def ask(self, request):
        """Ask, read the whole answer, and note what is wrong with it."""
        self.queries, self.error, answer = 0, None, []
        try:
            body = self.application(
                request.environ(), lambda *given: answer.extend(given)
            )
            with closing(body):
                for _piece in body:
                    pass
            status = int(answer[0].split()[0])
        except Exception as error:  # noqa: BLE001  what a web server answers by 500
            status, answer, self.error = 500, ["", []], repr(error)
        self.statuses[status] += 1
        self.most = max(self.most, self.queries)
        if why := self._fault(status, answer[1]):
            self.wrong.append((why, self.error, request))

    def _fault(self, status, headers):
        """Return what is wrong, or ""."""
        if status >= 500 and status != NO_SUCH_FORMAT:
            return "an error"
        if self.queries > MOST_QUERIES:
            return f"{self.queries} queries"
        for name, value in headers:
            if "\r" in value or "\n" in value:
                return f"{name} ends and begins anew"
            if name == "Location" and urlsplit(value).netloc not in ("", SITE):
                return f"it leads to {value}"
        return ""

    def ask_all(self, requests):
        # Each refusal has its line in the log, and this many of them their price.
        logging.disable(logging.ERROR)
        got_request_exception.connect(self.note)
        try:
            with ExitStack() as stack:
                for alias in ALIASES:
                    stack.enter_context(connections[alias].execute_wrapper(self.count))
                for request in requests:
                    self.ask(request)
        finally:
            got_request_exception.disconnect(self.note)
            logging.disable(logging.NOTSET)
        print(sum(self.statuses.values()), "requests, answered by", end=" ")
        print(dict(sorted(self.statuses.items())), self.most, "queries at most")
        return self


def check(site):
    assert site.wrong[:5] == [], Counter(why for why, *_rest in site.wrong)
    # Among them are some that find a page, and some that are not understood.
    assert {200, 301, 400, 404} <= set(site.statuses)


@pytest.mark.slow
def test_no_request_breaks_the_site_or_makes_it_work_without_end(writer):
    check(Site().ask_all(writer(1).requests(SHORT)))


@pytest.mark.parametrize(
    "target", [b"/evidence/%00.pdf", b"/pictures/%00-96.jpg", b"/evidence/a.%00"]
)
def test_what_was_once_answered_by_an_error_is_not_there(writer, target):
    site = Site().ask_all([Request("GET", target)])
    assert (dict(site.statuses), site.wrong) == ({404: 1}, [])


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_of_a_million_breaks_the_site(writer, part):
    check(Site().ask_all(writer(100 + part).requests(LONG // PARTS)))


def failing(_environ, _start):
    raise ValueError("The control")


def asking_on(_environ, start):
    for _each in range(MOST_QUERIES + 1):
        connections["public"].cursor().execute("SELECT 1")
    start("200 OK", [])
    return HttpResponse()


def leading(to):
    def application(_environ, start):
        start("302 Found", [("Location", to)])
        return HttpResponse()

    return application


@pytest.mark.slow
@pytest.mark.parametrize(
    "application",
    [failing, asking_on, leading("//evil.example/"), leading("/\r\nSet-Cookie: a")],
)
def test_what_is_wrong_is_noticed(writer, application):
    assert len(Site(application).ask_all(writer(1).requests(3)).wrong) == 3
    assert not Site(leading("/claims/")).ask_all(writer(1).requests(3)).wrong
