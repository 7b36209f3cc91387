"""Measuring a whole archive: floors, public pages, lists, the desk, an import."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import django
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from claims.benchmark.addresses import (
    Address,
    desk_addresses,
    list_addresses,
    public_addresses,
)
from claims.benchmark.archive import Archive
from claims.benchmark.costs import (
    Cost,
    cost_of_action,
    cost_of_address,
    new_client,
    open_connections,
)
from claims.benchmark.floors import floors
from claims.exchange.articles import add_article, read_article

# Of lists there are some hundreds, of one kind.
SAMPLES_OF_A_LIST = 1
ARTICLE = """date 2026-01-02 {headline}

{words}
"""


class BenchmarkFailed(Exception):
    """A page did not answer, or the archive is broken."""


def costs_of(
    archive: Archive,
    say: Callable[[str], object],
    every: int = 1,
    only_lists: bool = False,
) -> Iterator[Cost]:
    """Yield what everything in an archive costs: floors first, then each address."""
    open_connections()
    for name, action in floors():
        if name == "list" or not only_lists:
            yield cost_of_action(name, "floor", action)
    reader = new_client()
    if only_lists:
        # What a connection looks up once is not a list's.
        cost_of_address(reader, Address("warm-up", "/claims/", "list"), samples=1)
        for address in list_addresses(archive, every):
            yield _cost(address, reader, None, say)
        return
    editor = new_client(get_user_model().objects.get(username="person-1"))
    for address in chain(
        public_addresses(archive),
        list_addresses(archive, every),
        desk_addresses(archive),
    ):
        if isinstance(address, str):
            yield Cost(address, "not measured")
            continue
        yield _cost(address, reader, editor, say)
    yield cost_of_action("import of an article", "write", _import(archive))


def _cost(address: Address, reader, editor, say) -> Cost:
    client = editor if address.kind in ("desk", "write") else reader
    samples = {"samples": SAMPLES_OF_A_LIST} if address.kind == "list" else {}
    cost = cost_of_address(client, address, **samples)
    if cost.status >= 500:
        say(f"{address.path} answered {cost.status}\n")
    return cost


def _import(archive) -> Callable[[], object]:
    """Return a call that imports an article of 6 kB, and takes it back."""
    words = " ".join(archive.words[:800])

    def action():
        with transaction.atomic():
            text = ARTICLE.format(headline="Of many things", words=words)
            add_article(read_article(text.encode(), "benchmark.txt"))
            transaction.set_rollback(True)

    return action


def machine() -> dict[str, Any]:
    """Return what the figures were taken on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'),"
            " current_setting('shared_buffers'), current_setting('work_mem')"
        )
        version, buffers, memory = cursor.fetchone()
    return {
        "processors": os.cpu_count(),
        "processor": _first("/proc/cpuinfo", "model name"),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": version,
        "shared_buffers": buffers,
        "work_mem": memory,
    }


def _first(path, name):
    for line in Path(path).read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
