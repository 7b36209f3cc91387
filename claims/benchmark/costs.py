"""Costs of a request: processor time, queries, buffers, memory, and how it was planned.

Processor time is that of this process and of its database backends, so that other
work on the machine hardly shows. Buffers (pages of 8 kB, found in memory or read) are
exact. Both are asked of the system around each request.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, connections, transaction
from django.test import Client

from claims.benchmark.addresses import Address

HOST = "localhost"
# Until so many samples were taken, or so many milliseconds were spent.
SAMPLES, ENOUGH = 5, 1_500
# A table of so many pages of 8 kB is read from end to end by no request; of a small
# one that is the cheapest way.
LARGE_TABLE = 1_000
FLUSH = "SELECT pg_stat_force_next_flush()"
TOUCHED = """
SELECT sum(coalesce(hits, 0) + coalesce(reads, 0))
FROM pg_stat_get_backend_io(pg_backend_pid())
"""
# Work that other processes did would be seen by no meter here.
ALONE = "SET max_parallel_workers_per_gather = 0"
STATUS = Path("/proc/self/status")
FORGET_PEAK = Path("/proc/self/clear_refs")
# Before a statement what it sets for itself, after it what takes that back.
SETTINGS = re.compile(
    r"((?:\s*SET LOCAL [^;]+;\s*)*)(.*?)(?:;\s*SET LOCAL [^;]+)*\s*\Z", re.DOTALL
)


@dataclass
class Cost:
    """What one address costs; of the samples the median and the 95th percentile."""

    name: str
    kind: str
    status: int = 0
    samples: list[float] = field(default_factory=list)
    queries: int = 0
    buffers: int | None = None
    memory: int = 0  # kB that the process grew by at most
    size: int = 0
    floor: str = ""
    scanned: list[str] = field(default_factory=list)  # large tables read whole

    @property
    def ms(self) -> float:
        return median(self.samples) if self.samples else 0.0

    @property
    def slow(self) -> float:
        """Return the 95th percentile, of few samples the highest."""
        ranked = sorted(self.samples)
        return ranked[int(0.95 * (len(ranked) - 1) + 0.5)] if ranked else 0.0


def new_client(person: Any = None) -> Client:
    """Return a client, signed in as somebody of the desk if one is given."""
    client = Client(headers={"host": HOST}, raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def cost_of_address(client: Client, address: Address, samples: int = SAMPLES) -> Cost:
    """Ask for an address some times and return what it costs."""
    cost = Cost(address.name, address.kind, floor=address.floor)

    def ask():
        with _rolled_back(address.kind == "write"):
            if address.body is None:
                answer = client.get(address.path, secure=True)
            else:
                options = {"secure": True}
                if address.content_type:
                    options["content_type"] = address.content_type
                answer = client.post(address.path, address.body, **options)
            cost.status = answer.status_code
            cost.size = (
                sum(map(len, answer)) if answer.streaming else len(answer.content)
            )

    _measure(cost, ask, samples)
    return cost


def cost_of_action(
    name: str, kind: str, action: Callable[[], object], samples: int = SAMPLES
) -> Cost:
    """Return what a call costs: a plain statement, or an import."""
    cost = Cost(name, kind, status=200)
    _measure(cost, action, samples)
    return cost


def _measure(cost, action, samples):
    """Take samples of an action; of one that is long the first must do."""
    statements: list[tuple[str, Any, Any]] = []
    FORGET_PEAK.write_text("5")
    before = _peak()
    with _noting(statements):
        _sample(cost, action)
    cost.memory = _peak() - before
    cost.queries = len(statements)
    if samples > 1 and sum(cost.samples) < ENOUGH:
        # The first one warmed up what the next ones find.
        cost.samples, cost.buffers = [], None
        FORGET_PEAK.write_text("5")
        before = _peak()
        while len(cost.samples) < samples and sum(cost.samples) < ENOUGH:
            _sample(cost, action)
        cost.memory = _peak() - before
    cost.scanned = sorted(_scanned(statements))


def _sample(cost, action):
    buffers, start = _buffers(), _processor_ms()
    action()
    cost.samples.append(_processor_ms() - start)
    touched = _buffers()
    if touched is not None and buffers is not None:
        touched -= buffers
        cost.buffers = touched if cost.buffers is None else min(cost.buffers, touched)


@contextmanager
def _rolled_back(is_write) -> Iterator[None]:
    if not is_write:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _noting(statements) -> Iterator[None]:
    def note(execute, sql, params, many, context):
        if sql not in (FLUSH, TOUCHED):
            statements.append((context["connection"].alias, str(sql), params))
        return execute(sql, params, many, context)

    with ExitStack() as noting:
        for alias in connections:
            noting.enter_context(connections[alias].execute_wrapper(note))
        yield


def open_connections() -> None:
    """Open the connections that pages use, and keep their work to themselves."""
    # A page that may not be asked so is told in the report.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute(ALONE)


def _backends():
    return [each for each in connections.all(initialized_only=True) if each.connection]


def _processor_ms() -> float:
    """Return the processor time spent so far, here and in the database, in ms."""
    total = time.process_time()
    for backend in _backends():
        pid = backend.connection.info.backend_pid
        # The clock of another process, as clock_getcpuclockid() makes it.
        total += time.clock_gettime((~pid << 3) | 2)
    return total * 1000


def _buffers() -> int | None:
    """Return the buffers that the backends touched so far; None before version 18."""
    if connection.pg_version < 180_000:
        return None
    total = 0
    for backend in _backends():
        with backend.cursor() as cursor:
            cursor.execute(FLUSH)
            cursor.execute(TOUCHED)
            total += cursor.fetchone()[0] or 0
    return int(total)


def _peak() -> int:
    match = re.search(r"VmHWM:\s+(\d+)", STATUS.read_text())
    return int(match[1]) if match else 0


def _scanned(statements) -> set[str]:
    """Return the large tables that a plan reads from end to end."""
    large = _large_tables()
    found = set()
    for alias, sql, params in statements:
        settings, text = settings_apart(sql)
        if not re.match(r"\s*(SELECT|WITH)\b", text):
            continue
        with connections[alias].cursor() as cursor, transaction.atomic(using=alias):
            if settings:
                cursor.execute(settings)
            cursor.execute(f"EXPLAIN (FORMAT JSON) {text}", params)
            (plan,) = cursor.fetchone()[0]
            found |= set(_whole_reads(plan["Plan"], large))
            transaction.set_rollback(True, using=alias)
    return found


def _large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpages >= %s",
            [LARGE_TABLE],
        )
        return {name for (name,) in cursor.fetchall()}


def _whole_reads(plan, large, is_bounded=False) -> Iterator[str]:
    # A LIMIT may end the reading early: its buffers tell.
    is_bounded = is_bounded or plan["Node Type"] == "Limit"
    is_whole = plan["Node Type"] == "Seq Scan" and not is_bounded
    if is_whole and plan["Relation Name"] in large:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _whole_reads(part, large, is_bounded)


def settings_apart(sql: str) -> tuple[str, str]:
    """Return what a statement sets for itself, and the statement alone.

    >>> settings_apart("SET LOCAL a = 1; SELECT 2; SET LOCAL a TO DEFAULT")
    ('SET LOCAL a = 1; ', 'SELECT 2')
    """
    settings, statement = SETTINGS.match(sql).groups()
    return settings, statement


def as_record(cost: Cost) -> dict[str, Any]:
    """Return a cost as it stands in the JSON file."""
    return {
        "name": cost.name,
        "kind": cost.kind,
        "status": cost.status,
        "ms": round(cost.ms, 2),
        "p95": round(cost.slow, 2),
        "queries": cost.queries,
        "buffers": cost.buffers,
        "memory_kb": cost.memory,
        "bytes": cost.size,
        "floor": cost.floor,
        "scanned": cost.scanned,
    }
