"""nginx and Caddy, with the files that come along, in front of an echo."""

import http.client
import json
import re
import ssl
from contextlib import suppress

import pytest

from tests.deploy.proxies import caddy, echo, nginx, program
from tests.pages.lighthouse import free_port

SPOOFED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "http",
    "X-Request-ID": "made-up-by-a-caller",
}
PROXIES = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=list(PROXIES))
def proxy(request, tmp_path_factory):
    """Return the ports of a proxy: TLS and plain."""
    if not program(request.param):
        pytest.skip(f"no {request.param} here: install Debian's package")
    folder = tmp_path_factory.mktemp(request.param)
    ports = free_port(), free_port()
    with echo() as upstream, PROXIES[request.param](folder, upstream, *ports):
        yield *ports, folder


class Connection(http.client.HTTPSConnection):
    """Speaks TLS to desk.example, which here is this machine."""

    def __init__(self, port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        super().__init__("127.0.0.1", port, timeout=30, context=context)
        self.named = context

    def connect(self):
        http.client.HTTPConnection.connect(self)
        self.sock = self.named.wrap_socket(self.sock, server_hostname="desk.example")


def ask(port, method="GET", body=None, path="/claims/?q=a", **headers):
    connection = Connection(port)
    headers = {"Host": "desk.example", **headers}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer, said


def test_the_desk_is_told_who_asks_and_how_whatever_the_caller_says(proxy):
    answer, said = ask(proxy[0], **SPOOFED)
    came = json.loads(said)
    headers = came["headers"]
    assert (came["version"], came["path"]) == ("HTTP/1.1", "/claims/?q=a")
    assert headers["host"] == "desk.example"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["x-forwarded-for"].rpartition(",")[2].strip() == "127.0.0.1"
    assert re.fullmatch(r"[0-9a-f-]{32,36}", headers["x-request-id"])
    # The desk's own, once.
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


@pytest.mark.slow
def test_kept_copies_are_let_in_and_more_than_a_form_can_hold_is_not(proxy):
    _answer, said = ask(proxy[0], "POST", bytes(45_000_000))
    assert json.loads(said)["length"] == 45_000_000
    with suppress(OSError):  # it may hang up instead of reading on
        assert ask(proxy[0], "POST", bytes(110_000_000))[0].status == 413


def test_whoever_asks_without_tls_is_sent_to_it(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy[1], timeout=30)
    connection.request("GET", "/claims/?q=a", headers={"Host": "desk.example"})
    answer = connection.getresponse()
    assert answer.status == 308
    assert re.fullmatch(
        r"https://desk\.example(:\d+)?/claims/\?q=a", answer.headers["Location"]
    )
    connection.close()


def test_nginx_keeps_a_page_of_readers_and_nothing_of_the_desk(proxy):
    kept = [
        ask(proxy[0], path=path)[0].headers["X-Cache"]
        for path in ("/speakers/", "/speakers/", "/admin/", "/admin/")
    ]
    if (proxy[2] / "Caddyfile").exists():
        assert kept == [None] * 4
    else:
        assert kept == ["MISS", "HIT", "BYPASS", "BYPASS"]


def test_during_an_upgrade_the_desk_says_when_to_come_again(proxy):
    paths = ["/claims/", "/admin/", "/tr/admin/claims/claim/1/change/"]
    told = [ask(proxy[0], path=path)[0].status for path in paths]
    assert told == [200, 200, 200]
    mark = proxy[2] / "upgrading"
    mark.touch()
    answers = [ask(proxy[0], path=path) for path in paths]
    answers.append(ask(proxy[0], "POST", b"a=b", path="/admin/login/"))
    mark.unlink()
    assert [answer.status for answer, _said in answers] == [200, 503, 503, 503]
    for answer, said in answers[1:]:
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["Cache-Control"] == "no-store"
        assert b"come again" in said
    assert ask(proxy[0], path="/admin/")[0].status == 200
