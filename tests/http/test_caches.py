"""nginx and Varnish before the site, by the files that come along: real processes."""

import os
import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.test.signals import template_rendered
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_claim, make_published

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DEPLOY = Path(__file__).parents[2] / "factcheck" / "deploy"
# Debian puts them where only root looks for programs.
PLACES = f"{os.environ['PATH']}:/usr/sbin"
NGINX, VARNISH = (shutil.which(name, path=PLACES) for name in ("nginx", "varnishd"))
NGINX_CONFIGURATION = """\
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log stderr error;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nginx-cache-zone.conf;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{site};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            include {cache};
        }}
    }}
}}
"""
LONGEST_WAIT = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(folder, port, site):
    zone = (DEPLOY / "nginx-cache-zone.conf").read_text()
    here = zone.replace("/var/cache/factcheck", f"{folder}/cache")
    assert here != zone
    (folder / "nginx-cache-zone.conf").write_text(here)
    user = "user root;" if os.geteuid() == 0 else ""
    cache = DEPLOY / "nginx-cache.conf"
    configuration = NGINX_CONFIGURATION.format(**locals())
    (folder / "nginx.conf").write_text(configuration)
    return [NGINX, "-p", folder, "-c", folder / "nginx.conf"]


def varnish(folder, port, site):
    vcl = (DEPLOY / "varnish.vcl").read_text().replace('"8000"', f'"{site}"')
    (folder / "varnish.vcl").write_text(vcl)
    listen, small = f"127.0.0.1:{port}", "malloc,32m"
    return [
        *(VARNISH, "-F", "-j", "none", "-a", listen, "-s", small, "-p", "vsl_space=2m"),
        *("-f", folder / "varnish.vcl", "-n", folder / "work", "-T", "none"),
    ]


CACHES = {"nginx": (NGINX, nginx), "varnish": (VARNISH, varnish)}


@contextmanager
def running(command, port):
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + LONGEST_WAIT
        while True:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert monotonic() < until and process.poll() is None, command
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        yield
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_WAIT)


@pytest.fixture
def site(settings):
    """The site at a port of its own, which a test may stop."""
    settings.ALLOWED_HOSTS = ["*"]
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture(params=CACHES)
def cached(request, site, tmp_path):
    """Return the address of a cache before the site."""
    program, configured = CACHES[request.param]
    if not program:
        pytest.skip(f"no {request.param} here")
    port = free_port()
    with running(configured(tmp_path, port, site.thread.port), port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def rendered():
    """The names of templates that the site renders meanwhile."""
    names = []

    def note(template, **_rest):
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def ask(address, **headers):
    try:
        with urlopen(Request(address, headers=headers), timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read().decode()


def a_crowd(address, readers):
    with ThreadPoolExecutor(readers) as crowd:
        return list(crowd.map(ask, [address] * readers))


def ask_until(address, words):
    """Ask for a page again and again until it has some words; return the answers."""
    answers, until = [], monotonic() + LONGEST_WAIT
    while not answers or words not in answers[-1][2]:
        assert monotonic() < until
        answers.append(ask(address))
    return answers


def test_a_hundred_readers_at_once_cost_one_rendering(cached, rendered):
    make_published(make_claim(wording="The ferry stops in June."))
    answers = a_crowd(f"{cached}/", 100)
    assert {(status, page) for status, _headers, page in answers} == {
        (200, answers[0][2])
    }
    assert "The ferry stops in June." in answers[0][2]
    assert rendered.count("claims/home.html") == 1


def test_without_a_cache_each_costs_one(site, rendered):
    a_crowd(f"{site.url}/", 10)
    assert rendered.count("claims/home.html") == 10


def test_a_publication_is_seen_after_the_seconds_set_and_costs_one_more(
    cached, rendered, settings
):
    settings.S_MAXAGE = 1
    make_published(make_claim(wording="The ferry stops in June."))
    first = ask(f"{cached}/")
    make_published(make_claim(wording="The ferry goes on."))
    answers = ask_until(f"{cached}/", "The ferry goes on.")
    assert answers[-1][1]["ETag"] != first[1]["ETag"]
    # However often it was asked about in between.
    assert rendered.count("claims/home.html") == 2


def test_an_old_page_is_asked_about_and_not_made_again(cached, rendered, settings):
    settings.S_MAXAGE = 1
    old = ask(f"{cached}/claims/")
    made = rendered.count("claims/claim_list.html")
    # A page that changes with the day of its answer is the clock of this test.
    seconds, until = {old[1]["Date"]}, monotonic() + LONGEST_WAIT
    while len(seconds) < 5 and monotonic() < until:
        status, headers, page = ask(f"{cached}/claims/")
        assert (status, page, headers["ETag"]) == (200, old[2], old[1]["ETag"])
        seconds.add(headers["Date"])
    assert len(seconds) == 5
    assert rendered.count("claims/claim_list.html") == made == 1


def test_a_reader_who_has_the_page_is_answered_by_the_cache(cached, rendered):
    tag = ask(f"{cached}/")[1]["ETag"]
    known = {"If-None-Match": tag}
    assert ask(f"{cached}/", **known)[0] == 304
    assert rendered.count("claims/home.html") == 1


def test_the_desk_and_forms_are_nobody_elses(cached):
    for path in ("/admin/login/", "/report/"):
        one, other = (ask(f"{cached}{path}") for _n in range(2))
        assert one[0] == other[0] == 200
        # Each has a token of its own.
        assert one[2] != other[2]


def test_an_editor_gets_and_leaves_the_page_of_a_reader(cached, rendered):
    one = ask(f"{cached}/", Cookie="sessionid=somebody; csrftoken=x")
    other = ask(f"{cached}/")
    assert one[2] == other[2]
    assert rendered.count("claims/home.html") == 1


def test_while_the_site_is_away_readers_have_the_last_page(cached, site, settings):
    settings.S_MAXAGE = 1
    page = ask(f"{cached}/")[2]
    site.stop()
    dates, until = set(), monotonic() + LONGEST_WAIT
    # Long after the page has grown old.
    while len(dates) < 13 and monotonic() < until:
        status, headers, shown = ask(f"{cached}/")
        assert (status, shown) == (200, page)
        dates.add(headers["Age"] or headers["Date"])
    assert len(dates) == 13
