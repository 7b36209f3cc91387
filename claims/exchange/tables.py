"""Tables as spreadsheets write them: the divider, empty rows and columns, dates.

A table is read row by row; a column's order of day and month is told by the whole of
it, since one row in which it can only be one way settles the others.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from claims.exchange.dates import ISO, NUMBERS, YEAR_FIRST, order_of, read_day
from claims.exchange.parsing import read_lines
from claims.exchange.records import InvalidValue, Unreadable
from claims.models.choices import DatePrecision

DIVIDERS = ",;\t"
# Excel's own first line, which tells the divider and is no row.
SEP = re.compile(r"sep=(.)\r?\n?")
# What may stand behind a day without changing it.
_CLOCK = re.compile(r"(?: [\d:]+(?: ?[AP]M)?)?")
_SERIAL = re.compile(r"[2-9]\d{4}(?:[.,]0+)?")
DAY_ZERO = date(1899, 12, 30)  # of Excel's count of days


@dataclass
class Table:
    """A table in a file: its header as it stands there, and the rows below it."""

    path: Path
    divider: str
    header: list[str]
    names: list[str]  # of the columns as they are known; "" for one without
    first_line: int  # of the header
    orders: dict[str, str] = field(default_factory=dict)  # of days, by column

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty with the line it begins on."""
        for line, cells in _cells(self.path, self.divider, self.first_line):
            if line > self.first_line and any(map(str.strip, cells)):
                yield line, cells

    def row(self, cells: list[str]) -> dict[str, str]:
        """Return a row's cells by the names of their columns; raise InvalidValue."""
        extra = len(cells) - len(self.names)
        if extra > 0 and not any(map(str.strip, cells[-extra:])):
            cells = cells[:-extra]
        if len(cells) != len(self.names):
            raise InvalidValue(
                f"the row has {len(cells)} cells, the first line {len(self.names)}; "
                "is the file cut short?"
            )
        row = dict(zip(self.names, cells, strict=True))
        if "" in row:
            for number, (name, cell) in enumerate(
                zip(self.names, cells, strict=True), 1
            ):
                if not name and cell.strip():
                    raise InvalidValue(
                        f"Column {number} has no name, and “{cell.strip()[:40]}” "
                        "stands in it: name it or empty it."
                    )
            del row[""]
        return row

    def day(self, name: str, cell: str) -> str:
        """Return a day of a column as 2019-12-05, if it is one; raise InvalidValue."""
        printed = cell.strip()
        if not printed:
            return ""
        if _SERIAL.fullmatch(printed):
            return (DAY_ZERO + timedelta(days=int(printed[:5]))).isoformat()
        numbers = ISO.match(printed) or YEAR_FIRST.match(printed)
        numbers = numbers or NUMBERS.match(printed)
        if not numbers or not _CLOCK.fullmatch(printed, numbers.end()):
            return printed
        # With dots the day comes first wherever days are written so.
        order = "dmy" if "." in printed else self._order(name, printed)
        found = read_day(printed, order)
        if found.on is not None and found.precision == DatePrecision.DAY:
            return found.on.isoformat()
        if found.on is None:
            raise InvalidValue(f"“{printed}” is not a date like 2019-12-05.")
        return printed

    def _order(self, name, printed):
        """Return which way a column writes its days, as its clear rows tell."""
        if not read_day(printed).warning or not NUMBERS.match(printed):
            return ""
        if name not in self.orders:
            at = self.names.index(name)
            cells = (cells[at] for _line, cells in self.rows() if at < len(cells))
            self.orders[name] = order_of(cells)
        if not self.orders[name]:
            raise InvalidValue(
                f"“{printed}” can be read in two ways, and no other row of “{name}” "
                "tells which: write the days as 2024-03-05."
            )
        return self.orders[name]


def open_table(path: Path, known: Container[str], needed: str) -> Table:
    """Return the table in a file, its columns named like the known; raise Unreadable.

    The divider is the one that finds most of the known names in the first line.
    """
    with path.open("rb") as file:
        line, begun = next(
            (
                (number, text)
                for number, text in read_lines(file, path)
                if text.strip(f" \r\n{DIVIDERS}") and not SEP.fullmatch(text)
            ),
            (0, ""),
        )
    if not line:
        raise Unreadable(path, 1, "the file is empty; it needs a line of column names.")

    def found(divider):
        names = begun.strip().split(divider)
        return sum(column_name(name.strip('"')) in known for name in names)

    divider = max(DIVIDERS, key=found)
    _line, header = next(_cells(path, divider, line))
    names = [column_name(name) for name in header]
    _check_header(path, line, names, known, needed)
    return Table(path, divider, header, names, line)


def column_name(printed: str) -> str:
    """Return the name of a column as people write it: “Article headline”.

    >>> column_name(" Article Headline "), column_name("stated_on")
    ('article_headline', 'stated_on')
    """
    return "_".join(printed.replace("\ufeff", "").split()).lower()


def _cells(path, divider, first_line):
    """Yield the cells of each row from a line on, with the line it begins on."""
    csv.field_size_limit(16_000_000)
    with path.open("rb") as file:
        lines = (
            text for number, text in read_lines(file, path) if number >= first_line
        )
        rows = csv.reader(lines, strict=True, delimiter=divider)
        begun = first_line
        try:
            for cells in rows:
                yield begun, cells
                begun = rows.line_num + first_line
        except csv.Error as error:
            line = (rows.line_num or 1) + first_line - 1
            raise Unreadable(path, line, f"this is not CSV: {error}.") from error


def _check_header(path, line, names, known, needed):
    unknown = [name for name in names if name and name not in known]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    problem = None
    if unknown:
        listed = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
        noun = "is no column" if len(unknown) == 1 else "are no columns"
        problem = f"{listed} {noun} of a claim; leave it out or correct its name."
    elif twice:
        problem = f"the column “{twice[0]}” is there twice."
    elif needed not in names:
        problem = f"the column “{needed}” is missing: the words as printed."
    if problem:
        raise Unreadable(path, line, problem)
