"""Files of published checks: which shape one has, its rows, and those that are broken.

JSON (an object, a list, a graph, a feed), JSON by line, saved HTML, and tables divided
by commas, semicolons, tabs or bars.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from claims.exchange.parsing import parse_json_with_lines, read_text
from claims.exchange.published.claimreview import find_reviews, read_review
from claims.exchange.published.mapping import Mapping
from claims.exchange.published.tables import read_row
from claims.exchange.published.written import Written
from claims.exchange.records import InvalidValue, Unreadable
from claims.exchange.sources import display_name, opened

LARGEST = 256_000_000
DELIMITERS = ",;\t|"
NO_REVIEW = (
    "There is no review in it: no ClaimReview and, without a mapping, no table of "
    "checks. --propose-mapping writes a first mapping for a table."
)


# What a file of broken rows says of each, and a later run passes over.
REJECT_FIELDS = ("reject_position", "reject_column", "reject_reason")


@dataclass
class Broken:
    """A row that cannot be taken in, where it is and why; `raw` is the row itself.

    `column` is what it is about, as the file calls it; "" where it is the row.
    """

    position: str
    raw: Any
    reason: str
    column: str = ""

    def __str__(self):
        return f"{self.position}: {self.reason}"


@dataclass
class Document:
    """What a file holds: its checks as written, and the rows that are none."""

    path: Path
    shape: str  # json, lines, html, table
    delimiter: str = ","
    header: list[str] = field(default_factory=list)
    rows: list[Written] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    not_read: Counter = field(default_factory=Counter)

    @property
    def suffix(self) -> str:
        """The ending of a file of the same format."""
        if self.shape == "table":
            return ".tsv" if self.delimiter == "\t" else ".csv"
        return ".jsonl" if self.shape == "lines" else ".json"

    def rejects(self, broken: Iterable[Broken]) -> str:
        """Return broken rows as a file of the same format, each with its reason."""
        rows = [
            (each.raw if isinstance(each.raw, dict) else {"row": each.raw})
            | dict(
                zip(
                    REJECT_FIELDS,
                    (each.position, each.column, each.reason),
                    strict=True,
                )
            )
            for each in broken
        ]
        if self.shape == "lines":
            return "".join(json.dumps(row) + "\n" for row in rows)
        if self.shape != "table":
            return json.dumps(rows, indent=1) + "\n"
        out = io.StringIO()
        names = dict.fromkeys((*self.header, *REJECT_FIELDS))
        writer = csv.DictWriter(
            out, names, delimiter=self.delimiter, extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()


def read_document(path: Path, mapping: Mapping, encoding: str = "") -> Document:
    """Return the checks of a file; raise Unreadable where it holds none at all.

    The file may be packed or in another encoding as `exchange/sources.py` has it.
    """
    text = _text(path, encoding)
    begin = text.lstrip()[:1]
    if begin in ("[", "{"):
        document = _json(path, text, mapping)
    elif begin == "<":
        document = _html(path, text)
    else:
        document = _table(path, text, mapping)
    for row in document.rows:
        document.not_read.update(row.not_read - set(REJECT_FIELDS))
    if not document.rows and not document.broken:
        raise Unreadable(path, 1, NO_REVIEW)
    return document


def columns_of(
    path: Path, header: tuple[str, ...] = (), encoding: str = ""
) -> tuple[list[str], list[dict]]:
    """Return the columns and rows of a table as they are, for a first mapping."""
    text = _text(path, encoding)
    if text.lstrip()[:1] not in ("[", "{"):
        names, rows, _delimiter = _cells(path, text, header)
        return names, [row for _line, row in rows]
    found = [node for _at, node in _json_rows(path, text)[1] if isinstance(node, dict)]
    return list(dict.fromkeys(name for node in found for name in node)), found


def _text(path: Path, encoding: str) -> str:
    with opened(path, encoding) as file:
        return read_text(file, display_name(path), LARGEST)


# --- JSON ---------------------------------------------------------------------------


def _json(path, text, mapping):
    shape, nodes, broken = _json_rows(path, text)
    document = Document(path, shape, broken=broken)
    for at, node in nodes:
        found = list(find_reviews(node))
        for place, review in enumerate(found, 1):
            position = f"review {place}, line {review.line}"
            if shape == "lines":
                position = at if len(found) == 1 else f"{at}, review {place}"
            _add(document, position, review, lambda r, p: read_review(r, p))
        if not found and mapping.columns:
            flat = node if isinstance(node, list) else [node]
            for number, row in enumerate(flat, 1):
                line = getattr(row, "line", None)
                position = f"line {line}" if line else f"{at}, row {number}"
                _add(document, position, row, lambda r, p: read_row(r, mapping, p))
    return document


def _json_rows(path, text):
    """Return shape, (position, value) of each JSON text, and the broken lines."""
    lines = text.splitlines()
    filled = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if len(filled) > 1 and _is_whole(filled[0][1]):
        nodes, broken = [], []
        for number, line in filled:
            try:
                nodes.append((f"line {number}", _parsed(line)))
            except (ValueError, RecursionError) as error:
                reason = f"this is not JSON: {str(error)[:120]}."
                broken.append(Broken(f"line {number}", line[:2000], reason))
        return "lines", nodes, broken
    value = parse_json_with_lines(text, path)
    # A table in JSON is one list of objects, or several under a name.
    return "json", [("the file", value)], []


def _parsed(text, **options):
    # NaN and Infinity are no JSON, and no rating either.
    return json.loads(text, parse_constant=lambda _name: None, **options)


def _is_whole(line):
    try:
        _parsed(line)
    except (ValueError, RecursionError):
        return False
    return True


def _add(document, position, row, read):
    if not isinstance(row, dict):
        broken = Broken(position, row, "this is no object with names and values.")
        document.broken.append(broken)
        return
    try:
        document.rows.append(read(row, position))
    except InvalidValue as problem:
        document.broken.append(Broken(position, row, str(problem), problem.column))


# --- HTML ---------------------------------------------------------------------------


class _Scripts(HTMLParser):
    """The JSON-LD of a saved page: (line, text) of each script."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs).get("type") or ""
        self._inside = tag == "script" and "ld+json" in kind.lower()
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_data(self, data):
        if self._inside:
            line, text = self.found[-1]
            self.found[-1] = line, text + data

    def handle_endtag(self, tag):  # noqa: ARG002
        self._inside = False


def _html(path, text):
    document, scripts = Document(path, "html"), _Scripts()
    try:
        scripts.feed(text)
    except AssertionError as error:
        # A marked section that HTML does not have.
        raise Unreadable(path, 1, f"this HTML cannot be read: {error}.") from error
    for line, script in scripts.found:
        script = script.strip().removeprefix("<!--").removesuffix("-->").strip()
        script = script.removeprefix("//<![CDATA[").removesuffix("//]]>")
        try:
            # Line ends within a text are no JSON, and common.
            node = _parsed(script, strict=False)
        except (ValueError, RecursionError) as error:
            reason = f"the script is not JSON: {str(error)[:120]}."
            document.broken.append(Broken(f"line {line}", script[:2000], reason))
            continue
        for number, review in enumerate(find_reviews(node), 1):
            position = f"line {line}, review {number} of its script"
            _add(document, position, review, read_review)
    return document


# --- Tables -------------------------------------------------------------------------


def _table(path, text, mapping):
    header, rows, delimiter = _cells(path, text, mapping.header)
    document = Document(path, "table", delimiter, header)
    missing = [name for name in mapping.columns if name not in header]
    if missing:
        raise Unreadable(
            path,
            1,
            f"The mapping names the column “{missing[0]}”, which is none of: "
            f"{', '.join(header)}.",
        )
    if not mapping.columns:
        raise Unreadable(path, 1, NO_REVIEW)
    for line, row in rows:
        if None in row:
            reason = f"the row has more cells than the head, which has {len(header)}."
            row = {name: cell for name, cell in row.items() if name is not None}
            document.broken.append(Broken(f"line {line}", row, reason))
        else:
            _add(document, f"line {line}", row, lambda r, p: read_row(r, mapping, p))
    return document


def _cells(path, text, header) -> tuple[list[str], Iterator[tuple[int, dict]], str]:
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = io.StringIO(text, newline="")
    reader = csv.DictReader(
        lines, fieldnames=list(header) or None, delimiter=delimiter, strict=False
    )
    csv.field_size_limit(2**31 - 1)
    try:
        names = [name.strip() for name in reader.fieldnames or [] if name is not None]
    except csv.Error as error:
        raise Unreadable(path, 1, f"this is no table: {error}.") from error
    reader.fieldnames = names
    return names, _rows(path, reader), delimiter


def _rows(path, reader):
    try:
        for row in reader:
            # Rows of empty cells alone are none.
            if any(cell for cell in row.values() if cell and cell != [""]):
                yield reader.line_num, row
    except csv.Error as error:
        raise Unreadable(
            path, reader.line_num, f"this is no table: {error}."
        ) from error
