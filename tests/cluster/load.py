"""Readers and editors who ask the site over HTTP, and note what they were answered."""

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from django.db import Error, connections

from claims.models import PublishedVerdict, ReaderReport
from tests.database.test_pooler import Walk

# What says of itself that it was not done, or may not have been: come again.
AWAY = frozenset({502, 503, 504})
PATIENCE = 60
REPORT = {"kind": "error", "message": "The day of the vote is another one."}


class Away(Exception):
    """The site says that it cannot answer now, or the connection broke."""


@dataclass
class Answer:
    """An answer, as the tests of the desk ask one."""

    status_code: int
    headers: dict
    content: bytes

    def json(self):
        return json.loads(self.content)

    def getvalue(self):
        return self.content


@dataclass
class Log:
    """What was answered: (seconds since the start, who, status, seconds, address)."""

    start: float = field(default_factory=time.monotonic)
    lines: list = field(default_factory=list)

    def add(self, who, status, seconds, address):
        at = time.monotonic() - self.start
        self.lines.append((at, who, status, seconds, address))

    def statuses(self, who):
        return Counter(line[2] for line in self.lines if line[1] == who)

    def errors(self):
        """Return the answers that no reader and no editor may ever be given."""
        return [line for line in self.lines if line[2] >= 500 and line[2] not in AWAY]


class Browser:
    """Somebody who asks over HTTP, with the cookies of a signed-in person, if any."""

    CSRF = "c" * 32

    def __init__(self, site, log, who, cookies=None):
        self.address, self.log, self.who = urlsplit(site).netloc, log, who
        self.cookies = (cookies or {}) | {"csrftoken": self.CSRF}
        if who == "reader":
            self.cookies = {}

    def get(self, address):
        return self.generic("GET", address)

    def post(self, address, data):
        body = urlencode(data)
        return self.generic(
            "POST", address, body, content_type="application/x-www-form-urlencoded"
        )

    def generic(self, method, address, body=None, content_type=None):
        headers = {"X-CSRFToken": self.CSRF}
        cookies = self.cookies | ({"csrftoken": self.CSRF} if body else {})
        if cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
        if content_type:
            headers["Content-Type"] = content_type
        start = time.monotonic()
        try:
            connection = HTTPConnection(self.address, timeout=PATIENCE)
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            found = Answer(answer.status, dict(answer.getheaders()), answer.read())
            connection.close()
        except (OSError, HTTPException) as error:
            # A cut answer of 200 is one, too.
            self.log.add(self.who, 0, time.monotonic() - start, f"{address} {error!r}")
            raise Away(repr(error)) from error
        taken = time.monotonic() - start
        self.log.add(self.who, found.status_code, taken, f"{method} {address}")
        if found.status_code in AWAY:
            raise Away(found.status_code)
        return found


class Load:
    """Readers and editors in threads, from the start of a block to its end."""

    def __init__(self, site, addresses, casts, *, readers, pause=1.0):
        self.site, self.addresses, self.casts = site, addresses, casts
        self.log, self.walks, self.troubles, self.reported = Log(), [], [], 0
        self.pause, self._end = pause, threading.Event()
        self._numbers = iter(range(1, 1_000_000))
        self._mutex = threading.Lock()
        tasks = [self._read] * readers + [self._edit(cast) for cast in casts]
        self._threads = [
            threading.Thread(target=self._run, args=(task,)) for task in tasks
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._end.set()
        for thread in self._threads:
            thread.join(3 * PATIENCE)
        print(self.summary())

    def wait(self, seconds):
        self._end.wait(seconds)

    def now(self):
        """Return the seconds since the start."""
        return time.monotonic() - self.log.start

    def _run(self, task):
        try:
            while not self._end.is_set():
                try:
                    task()
                except (Away, Error):
                    # An editor also looks into the database by himself.
                    connections.close_all()
                except Exception as error:  # noqa: BLE001  told to the test
                    self.troubles.append(error)
                self._end.wait(self.pause * random.uniform(0.5, 1.5))
        finally:
            connections.close_all()

    def _read(self):
        reader = Browser(self.site, self.log, "reader")
        if random.random() < 0.02:
            sent = reader.post("/report/", REPORT)
            if sent.status_code != 302:
                raise AssertionError(f"a report was answered with {sent.status_code}")
            with self._mutex:
                self.reported += 1
            seen = reader.get(sent.headers["Location"])
        else:
            seen = reader.get(random.choice(self.addresses))
        if seen.status_code != 200:
            raise AssertionError(f"a reader was answered {seen.status_code}")

    def _edit(self, cast):
        def task():
            with self._mutex:
                number = next(self._numbers)
            people, desks, speaker = cast
            for desk in desks.values():
                desk.client.log, desk.client.who = self.log, "editor"
            walk = NotedWalk(number, people, desks, speaker)
            self.walks.append(walk)
            walk.go()

        return task

    # --- What became of it -----------------------------------------------------------

    def summary(self):
        """Return the answers by status, the longest, and the walks, in words."""
        said = []
        for who in ("reader", "editor"):
            times = sorted(line[3] for line in self.log.lines if line[1] == who)
            median, late = times[len(times) // 2], times[len(times) * 99 // 100]
            said += [
                f"{who}: {dict(self.log.statuses(who))}",
                f"median {median:.3f} s, p99 {late:.2f} s, longest {times[-1]:.1f} s",
            ]
        whole = sum(walk.is_whole for walk in self.walks)
        said.append(f"{len(self.walks)} claims begun, {whole} published")
        return "; ".join([*said, f"{self.reported} reports"])

    def lost(self):
        """Return what was acknowledged and is not there."""
        lost = [why for walk in self.walks for why in walk.lost()]
        if ReaderReport.objects.count() < self.reported:
            lost.append(f"{self.reported} reports were taken")
        return lost


class NotedWalk(Walk):
    """A claim on its way, and what of it was acknowledged."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.tried, self.saved, self.steps = None, None, []

    @property
    def is_whole(self):
        return "publish" in self.steps

    def reword(self, desk, when):
        self.tried = f"{self.second} {self.letters} {when}."
        super().reword(desk, when)
        self.saved = self.tried

    def step(self, desk, name):
        super().step(desk, name)
        self.steps.append(name)

    def lost(self):
        """Yield what was acknowledged and is not there."""
        if not hasattr(self, "claim"):
            return
        row = self.row()
        if self.saved and not row.wording.endswith((self.saved, self.tried)):
            yield f"claim {self.claim}: {self.saved!r} became {row.wording!r}"
        published = PublishedVerdict.objects.filter(claim=self.claim)
        if self.is_whole and not published.exists():
            yield f"claim {self.claim}: its publication"
