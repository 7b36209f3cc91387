"""Running the benchmark, and its report: figures of each page, and their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.test.utils import override_settings

from claims.benchmark import measuring
from claims.benchmark.archive import Archive, fill_database
from claims.benchmark.databases import temporary_database, use_database
from claims.benchmark.measuring import Timed
from claims.checks import all_checks, broken_rows

ROUNDS = 3
FIRST, DEEP = "claims", "claims, deep in the list"
CSV, CSV_BEGUN = "CSV of all claims", "CSV of all claims, its first bytes"
# An archive ten times as large may take half as long again: the rest is noise.
MOST_GROWTH = 1.5
# These tell how many claims there are of each kind, so they look at each: at up to ten
# thousand claims of a list, at all of one speaker's, at all names that begin alike.
COUNTED = {
    "much quoted and rated false",
    "claims of one month",
    "a frequent word, much quoted",
    "a much quoted speaker",
    "suggestions while typing",
}
MOST_COUNTED_GROWTH = 4
# Two pages are the same page when they weigh nearly the same: where the smaller archive
# has less to show, it has less to do.
LIKE_SIZE = 0.85
MOST_DEEP = 1.3
# What Python adds to the statement that PostgreSQL answers.
MOST_STREAMED = 1.2


@dataclass(frozen=True)
class Row:
    """The time of a page or file, and its ratios."""

    name: str
    ms: float
    queries: int
    over_plain: float  # times the plainest way to its rows
    growth: float  # times the same on an archive a tenth as large


@dataclass(frozen=True)
class Bar:
    """A ratio that must stay under a limit."""

    name: str
    ratio: float
    limit: float

    @property
    def holds(self) -> bool:
        return self.ratio <= self.limit


@dataclass(frozen=True)
class Report:
    """The result of one run."""

    claims: int
    rows: list[Row]
    bars: list[Bar]

    @property
    def missed(self) -> list[Bar]:
        return [bar for bar in self.bars if not bar.holds]


def benchmark(claims: int, say: Callable[[str], object]) -> Report:
    """Fill two archives, time every page on both in turns, and return the report.

    Both are dropped in the end, and the database of the settings is not touched.
    """
    own = connection.settings_dict["NAME"]
    small, large = f"{own}_benchmark_small", f"{own}_benchmark"
    with override_settings(DEBUG=False), temporary_database(small):
        few = _filled(claims // 10, say)
        with temporary_database(large):
            many = _filled(claims, say)
            times = {small: {}, large: {}}
            for number in range(1, ROUNDS + 1):
                say(f"Round {number} of {ROUNDS} ...")
                for name, archive in ((small, few), (large, many)):
                    with use_database(name):
                        _time_everything(archive, times[name])
    return _report(claims, times[small], times[large])


def _filled(claims: int, say) -> Archive:
    say(f"Filling an archive with {claims:,} claims ...")
    archive = fill_database(claims)
    checks = all_checks(by_history=False)
    broken = [check.name for check in checks if broken_rows(check)]
    if broken:
        raise measuring.BenchmarkFailed(f"the archive does not hold together: {broken}")
    return archive


def _time_everything(archive, times):
    for name, address in measuring.timed_urls(archive).items():
        # The floor is taken beside each page, so that both meet the same machine.
        measuring.time_plain_list(times.setdefault("plain list", Timed()))
        measuring.time_page(address, times.setdefault(name, Timed()))
    measuring.time_same_copy(times.setdefault("plain copy", Timed()))
    measuring.time_csv(
        times.setdefault(CSV, Timed()), times.setdefault(CSV_BEGUN, Timed())
    )


def _report(claims, few, many) -> Report:
    rows = list(_rows(few, many))
    bars = [
        Bar(
            f"{row.name}: on ten times the claims",
            row.growth,
            MOST_COUNTED_GROWTH if row.name in COUNTED else MOST_GROWTH,
        )
        for row in rows
        if row.name != CSV and few[row.name].size > LIKE_SIZE * many[row.name].size
    ]
    bars.append(
        Bar("deep in the list / first page", many[DEEP].ms / many[FIRST].ms, MOST_DEEP)
    )
    bars.append(
        Bar(
            "CSV / the same COPY by psql",
            many[CSV].ms / many["plain copy"].ms,
            MOST_STREAMED,
        )
    )
    return Report(claims, rows, bars)


def _rows(few, many) -> Iterator[Row]:
    for name, timed in many.items():
        if name.startswith("plain"):
            continue
        plain = many["plain copy" if name == CSV else "plain list"]
        yield Row(
            name,
            timed.ms,
            timed.queries,
            timed.ms / plain.ms,
            timed.ms / few[name].ms,
        )
