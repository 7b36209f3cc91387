"""Running the benchmark, and its report: what each address costs, and the limits.

Limits are of queries, buffers and plans, which are the same on every machine; of time
there is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import override_settings

from claims.benchmark import addresses
from claims.benchmark.archive import (
    Archive,
    describe_archive,
    fill_database,
    is_filled,
)
from claims.benchmark.costs import Cost, as_record
from claims.benchmark.databases import kept_database, temporary_database
from claims.benchmark.measuring import BenchmarkFailed, costs_of, machine
from claims.checks import all_checks, broken_rows

# Every archive is held against one of so many claims.
SMALLEST = 1_000
# Larger ones are taken to hold together as smaller ones of the same program do.
MOST_CHECKED = 20_000
MOST_GROWTH = 1.5
# Pages that touch no more may grow: they are far from what a list may touch.
FEW_BUFFERS = 2_500
# A page on another archive shows other things: some take a query more.
MORE_QUERIES = 3
QUERIES = {"search/": 4}
PUBLIC, DESK = ("public", "list"), ("desk", "write")
# Of the desk a list counts up to 1,000 rows, and a form or a report looks through some
# thousands: what that takes is little time, and no more in a larger archive.
DESK_BUFFERS = 20_000
# What holds so many whole records touches no more, whatever the archive.
RECORDS = {"changes.jsonl": 60_000, "MCP changes_since": 20_000}
# What grows with the archive up to an end of its own, or has none.
WHOLE = {
    "claims.csv": "holds every claim",
    "claims.zip": "holds every claim",
    "claims.jsonl": "holds every claim",
    "claimreview.json": "holds every verdict",
    "corrections.csv": "holds every correction",
    "corrections.json": "holds every correction",
    "changes.jsonl": "holds a thousand changes, whole records",
    "MCP changes_since": "holds changes, whole records",
    "sitemap.xml": "holds 10,000 addresses, or names the files that do",
    "sitemap-<slug:name>-<int:number>.xml": "holds 10,000 addresses",
    **{
        f"sitemap of {name}": "holds up to 10,000 addresses"
        for name in (*addresses.SECTIONS,)
    },
    "compliance/": "counts the newest 1,000 and 2,000 reviews",
    "compliance/balance/": "counts the newest 2,000 reviews",
    "compliance/balance.csv": "counts the newest 2,000 reviews",
    "audit/": "counts the newest 1,000 reviews, and every correction",
    "search/": "weighs 500 claims and 500 verdicts that have the words",
    "api/search": "weighs 500 claims and 500 verdicts that have the words",
}


@dataclass(frozen=True)
class Measured:
    """The costs of one archive, and the machine at that time."""

    claims: int
    costs: list[Cost]
    machine: dict[str, Any]

    def cost(self, name: str) -> Cost | None:
        return next((cost for cost in self.costs if cost.name == name), None)

    def times_floor(self, cost: Cost) -> float | None:
        """Return the processor time of a page over that of its floor."""
        floor = self.cost(cost.floor)
        return cost.ms / floor.ms if floor and floor.ms else None


def benchmark(
    sizes: Sequence[int],
    say: Callable[[str], object],
    *,
    keep: bool = False,
    names: Sequence[str] = (),
    every: int = 1,
    only_lists: bool = False,
) -> Iterator[Measured]:
    """Measure an archive of each size, the smallest first, in a database of its own.

    They are dropped in the end; with `keep` they stay, and one that stands is taken as
    it is. `names` are those of the databases. That of the settings is not touched. Of
    the filters in pairs only every nth is measured, or lists of claims alone.
    """
    own = connection.settings_dict["NAME"]
    settings = {"DEBUG": False, "SECOND_FACTOR": False}
    with override_settings(**settings):
        for number, claims in enumerate(sizes):
            name = names[number] if names else f"{own}_benchmark_{claims}"
            with ExitStack() as using:
                using.enter_context(
                    kept_database(name, is_filled) if keep else temporary_database(name)
                )
                archive = _archive(claims, say)
                say(f"Measuring {archive.claims:,} claims ...\n")
                costs = list(costs_of(archive, say, every, only_lists))
                yield Measured(archive.claims, costs, machine())


def _archive(claims: int, say) -> Archive:
    if is_filled():
        return describe_archive()
    say(f"Filling an archive of {claims:,} claims ...\n")
    archive = fill_database(claims)
    if claims <= MOST_CHECKED:
        checks = all_checks(by_history=False)
        if broken := [check.name for check in checks if broken_rows(check)]:
            raise BenchmarkFailed(f"the archive does not hold together: {broken}")
    return archive


def limit_of(claims: int) -> int:
    """Return how many buffers a list may touch in an archive of so many claims."""
    return 3_000 if claims <= 100_000 else 6_000


def over_limits(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield in words what is over its limit in the largest archive."""
    small, large = measured[0], measured[-1]
    for cost in large.costs:
        if cost.status >= 500:
            yield f"{cost.name} answered {cost.status}"
        if cost.name in RECORDS:
            yield from _more_buffers(cost, RECORDS[cost.name])
        if cost.kind in DESK:
            yield from _more_buffers(cost, DESK_BUFFERS)
        if cost.kind not in PUBLIC:
            continue
        yield from _queries(cost, small.cost(cost.name))
        if cost.name in WHOLE:
            continue
        if cost.scanned:
            yield f"{cost.name} reads all of {', '.join(cost.scanned)}"
        yield from _buffers(cost, small.cost(cost.name), large.claims)


def _queries(cost, before):
    most = QUERIES.get(cost.name)
    # A file of everything is made of parts, each with queries of its own.
    if most is None and before is not None and cost.name not in WHOLE:
        most = before.queries + MORE_QUERIES
    if most is not None and cost.queries > most:
        yield f"{cost.name} asks {cost.queries} queries, at most {most}"


def _buffers(cost, before, claims):
    most = limit_of(claims)
    is_list = cost.kind == "list" or cost.name == "MCP search_claims"
    if not is_list and before is not None and before.buffers is not None:
        most = max(FEW_BUFFERS, int(MOST_GROWTH * before.buffers))
    yield from _more_buffers(cost, most)


def _more_buffers(cost, most):
    if cost.buffers is not None and cost.buffers > most:
        yield f"{cost.name} touches {cost.buffers:,} buffers, at most {most:,}"


def as_json(measured: Sequence[Measured]) -> str:
    """Return all figures as JSON, an address a line."""
    parts = []
    for one in measured:
        lines = []
        for cost in one.costs:
            ratio = one.times_floor(cost)
            record = as_record(cost) | {"times_floor": ratio and round(ratio, 1)}
            lines.append(json.dumps(record))
        head = json.dumps({"claims": one.claims, "machine": one.machine})[:-1]
        parts.append(f'{head}, "costs": [\n' + ",\n".join(lines) + "\n]}")
    return "[" + ",\n".join(parts) + "]\n"


def as_markdown(measured: Sequence[Measured]) -> str:
    """Return a table: of each address its figures in the archive of each size."""
    head = ["address"]
    for one in measured:
        head += [f"{one.claims:,}: ms", "p95", "queries", "buffers", "MB", "× floor"]
    head += ["× ms", "× buffers"]
    lines = [_line(head), _line("---" for _cell in head)]
    for cost in measured[-1].costs:
        cells = [cost.name.replace("|", "\\|")]
        for one in measured:
            cells += _cells(one, one.cost(cost.name))
        cells += _growth(measured[0].cost(cost.name), cost)
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def _cells(one, cost):
    if cost is None or not cost.samples:
        return [""] * 6
    ratio = one.times_floor(cost)
    return [
        f"{cost.ms:.1f}",
        f"{cost.slow:.1f}",
        str(cost.queries),
        "" if cost.buffers is None else f"{cost.buffers:,}",
        f"{cost.memory / 1024:.1f}",
        "" if ratio is None else f"{ratio:.1f}",
    ]


def _growth(before, cost):
    if before is None or not before.samples or not cost.samples:
        return ["", ""]
    buffers = ""
    if before.buffers and cost.buffers is not None:
        buffers = f"{cost.buffers / before.buffers:.1f}"
    return [f"{cost.ms / before.ms:.1f}" if before.ms else "", buffers]


def _line(cells) -> str:
    return f"| {' | '.join(cells)} |"
