"""Whether evidence still answers: asked politely, nowhere private, and written down."""

import socket
import threading
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.desk.evidence_health import HEALTH, lasting, problems_of
from claims.desk.notices import Choice, choose, title_of
from claims.desk.queues import dead_links
from claims.desk.workflow import take_step
from claims.exchange import link_checks, webhooks
from claims.exchange.link_checks import Answer, ask, check_due, due, in_turn, store
from claims.models import Evidence, LinkCheck, Notice
from claims.models.choices import LinkState, MailWhen, NoticeKind
from tests.factories import make_user, make_verdict

pytestmark = pytest.mark.django_db

ALIVE, GONE, UNCLEAR = LinkState.ALIVE, LinkState.GONE, LinkState.UNCLEAR


class Site(BaseHTTPRequestHandler):
    """Answers by path: a status, no HEAD, a redirection, or nothing at all."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        if self.path == "/hangs":
            self.server.released.wait(30)
        if self.path == "/breaks":
            self.close_connection = True
            return
        if self.path == "/only-get":
            self.answer(405 if self.command == "HEAD" else 200)
        elif self.path == "/wrong-head":
            self.answer(404 if self.command == "HEAD" else 200)
        elif self.path == "/ring":
            self.answer(302, "/ring")
        elif self.path == "/moved":
            self.answer(301, "/200")
        elif self.path == "/inside":
            self.answer(302, f"http://inner.example:{self.server.server_port}/200")
        elif self.path == "/file":
            self.answer(302, "file:///etc/passwd")
        elif self.path[1:].isdecimal():
            self.answer(int(self.path[1:]))

    def do_GET(self):
        self.do_HEAD()

    def answer(self, status, location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.asked, server.released = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def module_server():
    with serving() as server:
        yield server


@pytest.fixture
def server(module_server):
    module_server.asked.clear()
    return module_server


@pytest.fixture
def at(server):
    return lambda path: f"http://127.0.0.1:{server.server_port}/{path}"


def verdict_with(*urls, archived="", **fields):
    """Publish a verdict with evidence at some addresses."""
    verdict = make_verdict()
    verdict.evidence.all().delete()
    for order, url in enumerate(urls):
        Evidence.objects.create(
            verdict=verdict,
            url=url,
            title=f"Source {order}",
            archived_url=archived,
            order=order,
            **fields,
        )
    take_step("submit", verdict, by=verdict.author)
    return take_step("publish", verdict, by=make_user("Editors"))


@pytest.mark.parametrize(
    ("path", "state", "status", "methods"),
    [
        ("200", ALIVE, 200, ["HEAD"]),
        ("only-get", ALIVE, 200, ["HEAD", "GET"]),
        ("wrong-head", ALIVE, 200, ["HEAD", "GET"]),
        ("moved", ALIVE, 200, ["HEAD", "HEAD"]),
        ("404", GONE, 404, ["HEAD", "GET"]),
        ("410", GONE, 410, ["HEAD", "GET"]),
        # A wall, a pause or a mishap says nothing of what stands there.
        ("403", UNCLEAR, 403, ["HEAD", "GET"]),
        ("429", UNCLEAR, 429, ["HEAD", "GET"]),
        ("500", UNCLEAR, 500, ["HEAD", "GET"]),
        ("ring", UNCLEAR, 302, ["HEAD"] * 6),
        ("breaks", UNCLEAR, None, ["HEAD", "GET"]),
        ("file", UNCLEAR, None, ["HEAD"]),
    ],
)
def test_an_answer_is_taken_for_what_it_says(server, at, path, state, status, methods):
    answer = ask(at(path), may_be_private=True)
    assert (answer.state, answer.status) == (state, status)
    assert bool(answer.problem) == (state != ALIVE)
    assert [method for method, _path in server.asked] == methods


def test_a_server_that_hangs_is_given_up(server, at):
    answer = ask(at("hangs"), may_be_private=True, patience=0.4)
    assert answer == (UNCLEAR, None, "There was no answer in time.")


def test_nobody_in_a_private_network_is_asked(server, at):
    answer = ask(at("200"), may_be_private=False)
    assert answer == (UNCLEAR, None, "The host has an address of a private network.")
    assert server.asked == []


def test_no_redirection_leads_into_a_private_network(server, at, monkeypatch):
    """As a public site answers that sends whoever asks to an inner address."""
    real = webhooks.is_public

    def found(host, port, *_options, **_more):
        inner = "127.0.0.1" if host == "127.0.0.1" else "10.0.0.7"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inner, port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(
        webhooks,
        "is_public",
        lambda address: str(address) == "127.0.0.1" or real(address),
    )
    answer = ask(at("inside"), may_be_private=False)
    assert answer == (UNCLEAR, None, "The host has an address of a private network.")
    assert [path for _method, path in server.asked] == ["/inside"]
    # The control: the site itself passed for a public one.
    assert ask(at("200"), may_be_private=False).state == ALIVE


def test_no_host_of_that_name_is_no_proof_that_it_is_gone():
    answer = ask("https://no-such-host.invalid/", may_be_private=False)
    assert answer == (UNCLEAR, None, "There is no host of this name.")


def test_hosts_take_turns_and_none_is_asked_twice_within_the_pause():
    urls = [f"https://{host}.example/{n}" for host in "ab" for n in (1, 2)]
    given = list(in_turn([*urls, "https://c.example/1"], 1000))
    firsts = ["a.example/1", "b.example/1", "c.example/1"]
    assert sorted(url[8:] for url, _wait in given[:3]) == firsts
    assert [wait > 900 for _url, wait in given] == [False, False, False, True, True]


def test_what_came_of_it_is_stored_with_its_day(settings, at):
    settings.CHECK_LINKS = settings.CHECK_LINKS_PRIVATE = True
    verdict_with(at("200"), at("404"), archived=at("500"))
    # A draft is nobody's business yet.
    make_verdict()
    call_command("check_links", pause=0)
    found = {
        check.url.rpartition("/")[2]: (check.state, check.status, check.failures)
        for check in LinkCheck.objects.all()
    }
    assert found == {
        "200": (ALIVE, 200, 0),
        "404": (GONE, 404, 1),
        "500": (UNCLEAR, 500, 1),
    }
    today = timezone.localdate()
    assert {check.checked_on for check in LinkCheck.objects.all()} == {today}
    # The same day nothing is due again; what failed is sooner than what answered.
    assert due(today) == []
    assert due(today + timedelta(days=3)) == [at("404"), at("500")]
    assert due(today + timedelta(days=31)) == sorted([at("200"), at("404"), at("500")])


def test_addresses_that_no_evidence_has_any_more_are_forgotten():
    verdict_with("https://kept.example/")
    for url in ("https://kept.example/", "https://former.example/"):
        store(url, Answer(ALIVE, 200), date(2026, 5, 4))
    link_checks.forget_unused()
    assert [check.url for check in LinkCheck.objects.all()] == ["https://kept.example/"]


def test_it_ends_when_told_to_and_has_stored_what_it_asked(at, settings):
    settings.CHECK_LINKS_PRIVATE = True
    verdict_with(at("200"), at("404"))
    told = iter([False, True])
    assert sum(check_due(pause=0, wait=lambda _seconds: next(told))) == 1
    assert LinkCheck.objects.count() == 1


def test_it_asks_nobody_unless_it_is_switched_on(server, at):
    verdict_with(at("200"))
    with pytest.raises(CommandError, match="FACTCHECK_CHECK_LINKS=1"):
        call_command("check_links")
    assert server.asked == []


def test_the_desk_is_told_what_will_not_last():
    today = timezone.localdate()
    fine = verdict_with(
        "https://fine.example/",
        archived="https://archive.example/1",
        accessed_on=today,
        is_primary=True,
    )
    long_ago = today - timedelta(days=400)
    verdict = verdict_with("https://gone.example/", accessed_on=long_ago)
    store("https://fine.example/", Answer(ALIVE, 200), today)
    store("https://gone.example/", Answer(GONE, 404, "It was HTTP 404."), today)
    rows = lasting(Evidence.objects.all())
    for each in HEALTH.values():
        assert [row.verdict for row in rows.filter(each.condition())] == [verdict]
    assert problems_of(rows.get(verdict=fine)) == []
    assert problems_of(rows.get(verdict=verdict)) == [
        "No copy is kept, here or elsewhere.",
        "The verdict rests on secondary sources alone.",
        "It was read 13 months ago.",
        "The address is gone. It was HTTP 404.",
    ]
    assert list(dead_links(None)) == [verdict]


def test_one_failure_is_a_mishap_and_two_are_named():
    url = "https://shaky.example/"
    verdict = verdict_with(url)
    failed = Answer(UNCLEAR, 503, "It was HTTP 503.")
    store(url, failed, date(2026, 5, 4))
    assert not dead_links(None).exists()
    store(url, failed, date(2026, 5, 6))
    assert list(dead_links(None)) == [verdict]
    row = lasting(Evidence.objects.filter(verdict=verdict)).get()
    assert "No good answer since 2026-05-04. It was HTTP 503." in problems_of(row)
    store(url, Answer(ALIVE, 200), date(2026, 5, 8))
    assert not dead_links(None).exists()


# --- Who is told ------------------------------------------------------------------


def test_whoever_wrote_a_verdict_is_told_once_of_a_dead_source(client):
    author = make_user("Reviewers")
    verdict = make_verdict(author=author, status="published")
    make_verdict(author=author, source="Another").evidence.update(
        url="https://b.example/"
    )
    url, today = verdict.evidence.get().url, timezone.localdate()
    for days in range(3):
        store(url, Answer(GONE, 404), today + timedelta(days=days))
    notice = Notice.objects.get(kind=NoticeKind.DEAD_LINK)
    assert notice.user == author
    assert title_of(verdict.evidence.get()) == title_of(verdict.claim)
    client.force_login(author)
    leads = client.get(f"/admin/claims/notice/{notice.pk}/change/")
    assert leads.url == "/admin/claims/evidence/?health=dead"
    assert url in client.get(leads.url).content.decode()
    # It comes back, and goes again: that is news.
    store(url, Answer(ALIVE, 200), today + timedelta(days=4))
    store(url, Answer(GONE, 404), today + timedelta(days=5))
    assert Notice.objects.filter(kind=NoticeKind.DEAD_LINK).count() == 2


def test_a_site_that_is_down_for_a_day_is_told_to_nobody():
    verdict = make_verdict(author=make_user("Reviewers"), status="published")
    url, today = verdict.evidence.get().url, timezone.localdate()
    store(url, Answer(UNCLEAR, 503), today)
    assert not Notice.objects.filter(kind=NoticeKind.DEAD_LINK).exists()
    store(url, Answer(UNCLEAR, 503), today + timedelta(days=2))
    assert Notice.objects.filter(kind=NoticeKind.DEAD_LINK).count() == 1


def test_who_does_not_want_to_be_told_of_dead_sources_is_not():
    author = make_user("Reviewers")
    verdict = make_verdict(author=author, status="published")
    choose(author, {NoticeKind.DEAD_LINK: Choice(False, MailWhen.NEVER)})
    store(verdict.evidence.get().url, Answer(GONE, 404), timezone.localdate())
    assert not Notice.objects.filter(kind=NoticeKind.DEAD_LINK).exists()
