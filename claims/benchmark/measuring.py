"""Timing of pages and downloads, and of the plain SQL that they are compared with."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import escape
from statistics import median
from time import perf_counter
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django.test import Client

from claims.benchmark.archive import Archive
from claims.exchange.copying import SETTINGS
from claims.exchange.csv_export import csv_sql
from claims.exchange.export import FORMATS, Begun, begin_export
from claims.lists.filters import ClaimQuery
from claims.models import Article, PublicClaim

SAMPLES = 3
HOST = "localhost"

PLAIN_LIST = """
SELECT c.id, w.wording, w.quote, c.stated_on, s.name, s.slug, a.headline, a.id,
       p.rating_label, p.rating_slug, p.summary
FROM claims_publicclaim c
JOIN claims_publicwords w ON w.id = c.id
JOIN claims_speaker s ON s.id = c.speaker_id
JOIN claims_article a ON a.id = c.article_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
WHERE c.state = 'listed' ORDER BY c.sort_date DESC, c.id DESC LIMIT 51
"""


class BenchmarkFailed(Exception):
    """A page did not answer 200, or the archive is broken."""


@dataclass
class Timed:
    """The samples of one page or file in milliseconds, its queries and its size."""

    samples: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0

    @property
    def ms(self) -> float:
        return median(self.samples)


def timed_urls(archive: Archive) -> dict[str, str]:
    """Return the URLs to time, by a name for the report."""
    often, rare = archive.words[3], archive.words[-100]
    listed = PublicClaim.objects.listed()
    reviewed = listed.in_force().select_related("words").first()
    busy, quiet = f"speaker={archive.busiest}", f"speaker={archive.quiet}"
    return {
        "home": "/",
        "claims": "/claims/",
        "claims, deep in the list": f"/claims/?after={_middle(listed)}",
        "claims, most recently listed": "/claims/?order=listed",
        "claims of a much quoted speaker": f"/claims/?{busy}",
        "claims of a rarely quoted one": f"/claims/?{quiet}",
        "claims rated false": "/claims/?rating=false",
        "claims without a verdict": "/claims/?rating=none",
        "much quoted and rated false": f"/claims/?{busy}&rating=false",
        "claims of one month": "/claims/?stated_after=2020-03-01"
        "&stated_before=2020-03-31",
        "a frequent word": f"/claims/?q={often}",
        "a rare word": f"/claims/?q={rare}",
        "a word that nobody said": "/claims/?q=xylophone",
        "a frequent word, much quoted": f"/claims/?q={often}&{busy}",
        "search in everything": f"/search/?q={often}",
        "suggestions while typing": f"/suggest/?q={archive.words[0][:3]}",
        "speakers": "/speakers/",
        "a much quoted speaker": f"/speakers/{archive.busiest}/",
        "articles": "/articles/",
        "an article": Article.objects.first().get_absolute_url(),
        "a claim with its verdict": reviewed.get_absolute_url(),
        "corrections": "/corrections/",
        "feed": "/claims.atom",
    }


def _middle(listed):
    """Return the cursor of a claim half way down the list."""
    query = ClaimQuery("")
    dates = listed.order_by("sort_date", "id").only("sort_date", "stated_on")
    return quote(query.order.key(dates[listed.count() // 2]))


def time_page(address: str, into: Timed) -> None:
    """Time a page, after one request to warm up."""
    client = Client(headers={"host": HOST}, raise_request_exception=True)
    count = _Count()
    with ExitStack() as counting:
        for alias in connections:
            counting.enter_context(connections[alias].execute_wrapper(count))
        answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise BenchmarkFailed(f"{address} answered {answer.status_code}")
    into.queries, into.size = count.queries, len(answer.content)
    _sample(lambda: client.get(address, secure=True).content, into)


def time_plain_list(into: Timed) -> None:
    """Time the least that a list of claims can be: one query, one string."""

    def show():
        with connection.cursor() as cursor:
            cursor.execute(PLAIN_LIST)
            rows = cursor.fetchall()
        return "".join(
            "<li>" + "".join(f"<p>{escape(str(cell))}" for cell in row) for row in rows
        ).encode()

    show()
    into.queries = 1
    _sample(show, into)


def time_csv(into: Timed, first: Timed) -> None:
    """Time one CSV export of all claims, and how soon its first bytes are there."""

    def begin():
        site = settings.FACTCHECK["URL"]
        return begin_export(FORMATS["csv"], ClaimQuery(""), site=site)

    def export():
        _sample(lambda: begun.append(begin()), first, samples=1)
        (made,) = begun
        if isinstance(made, Begun):
            first.size = len(made.head)
            for _piece in made:
                pass
        else:
            first.size = made.size
            made.file.close()

    begun: list = []
    _sample(export, into, samples=1)


def time_same_copy(into: Timed) -> None:
    """Time the statement of the CSV itself, by psql where there is one."""
    claims = "SELECT id FROM claims_publicclaim WHERE state = 'listed' ORDER BY id"
    site = settings.FACTCHECK["URL"]
    statement = csv_sql().replace("{claims}", claims).replace("{site}", f"'{site}'")
    own = connection.get_connection_params()
    environment = os.environ | {
        "PGHOST": own.get("host", ""),
        "PGPORT": str(own.get("port", "")),
        "PGUSER": own.get("user", ""),
        "PGPASSWORD": own.get("password", ""),
        "PGDATABASE": own["dbname"],
        "PGOPTIONS": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()),
    }

    def by_psql():
        command = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        subprocess.run(
            command,
            input=statement.encode(),
            stdout=subprocess.DEVNULL,
            env=environment,
            check=True,
        )

    def by_driver():
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for _piece in copy:
                pass

    _sample(by_psql if shutil.which("psql") else by_driver, into, samples=1)


def _sample(action: Callable, into: Timed, samples: int | None = None) -> None:
    for _number in range(samples or SAMPLES):
        start = perf_counter()
        action()
        into.samples.append((perf_counter() - start) * 1000)


class _Count:
    def __init__(self):
        self.queries = 0

    def __call__(self, execute, *arguments):
        self.queries += 1
        return execute(*arguments)
