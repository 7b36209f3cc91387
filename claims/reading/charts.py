"""SVG charts of a speaker's claims by rating and by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models.verdict_state import VerdictState

MOST_COLUMNS = 40


@dataclass(frozen=True)
class RatingCount:
    """The number of a speaker's claims with one rating, or without one."""

    state: VerdictState
    count: int
    share: int | None = None


@dataclass(frozen=True)
class YearCount:
    """The claims of one year (None: unknown) by rating, in the order of the scale."""

    year: int | None
    counts: list[RatingCount]

    @property
    def total(self) -> int:
        return sum(each.count for each in self.counts)


@dataclass(frozen=True)
class Bar:
    """The bar of one rating, its width in percent."""

    state: VerdictState
    count: int
    share: int | None
    width: float


@dataclass(frozen=True)
class Block:
    """The part of a stacked column for one rating."""

    tone: str
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    """The stacked column of one year, with the total above it."""

    year: int | None
    total: int
    x: float
    middle: float
    top: float
    blocks: list[Block]


@dataclass(frozen=True)
class YearChart:
    """A chart of columns in SVG units."""

    columns: list[Column]
    width: float
    height: float = 180
    base: float = 156
    bar: float = 34
    label_y: float = 173


def bars(counts: Sequence[RatingCount]) -> list[Bar]:
    """Return a bar for each rating, the longest at full width."""
    most = max((row.count for row in counts), default=0) or 1
    return [
        Bar(
            state=row.state,
            count=row.count,
            share=row.share,
            width=round(100 * row.count / most, 1),
        )
        for row in counts
    ]


def year_chart(years: Sequence[YearCount]) -> YearChart:
    """Return a column for each year, empty ones too, the unknown year last."""
    shown = _with_empty_years(years)[-MOST_COLUMNS:]
    most = max((year.total for year in shown), default=0) or 1
    chart = YearChart([], width=max(320, 46 * len(shown)))
    for place, year in enumerate(shown):
        x = 6 + 46 * place
        y, blocks = chart.base, []
        for row in year.counts:
            height = (chart.base - 24) * row.count / most
            y -= height
            blocks.append(Block(row.state.tone, round(y, 1), round(height, 1)))
        chart.columns.append(
            Column(year.year, year.total, x, x + chart.bar / 2, round(y - 6, 1), blocks)
        )
    return chart


def year_table(
    years: Sequence[YearCount], counts: Sequence[RatingCount]
) -> list[tuple[int | None, list[int], int]]:
    """Return the chart's data as table rows: (year, numbers by rating, total)."""
    return [
        (
            year.year,
            [
                next((c.count for c in year.counts if c.state == row.state), 0)
                for row in counts
            ],
            year.total,
        )
        for year in years
    ]


def _with_empty_years(years):
    known = {year.year: year for year in years if year.year}
    unknown = [year for year in years if not year.year]
    if not known:
        return unknown
    first = max(min(known), max(known) - MOST_COLUMNS)
    filled = [known.get(y, YearCount(y, [])) for y in range(first, max(known) + 1)]
    return filled + unknown
