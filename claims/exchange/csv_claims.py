"""Reading the site's own exports of claims: CSV, JSON Lines, whole records.

Only the columns that make a claim are read. Verdicts are not taken in: a verdict is
written and approved at the desk.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from claims.exchange.columns import COLUMNS
from claims.exchange.csv_escaping import unescape_formula
from claims.exchange.dialect import DIALECT
from claims.exchange.former_columns import former_columns
from claims.exchange.parsing import (
    limited_list,
    parse_json,
    parse_offset,
    parse_role,
    read_lines,
)
from claims.exchange.records import (
    ArticleRef,
    InvalidValue,
    MarkedClaim,
    Unreadable,
    Words,
)
from claims.models.choices import SpanRole

ROLES = (
    (SpanRole.CONTENT.value, "quote", "quote_spans"),
    (SpanRole.CUE.value, "cue", "cue_spans"),
    (SpanRole.SPEAKER.value, "speaker_words", "speaker_spans"),
)
# Of the former dialect too.
KNOWN = {column.name: column for column in (*former_columns(), *COLUMNS)}
ARTICLE = {
    "url": "article_page",
    "outlet": "outlet_name",
    "headline": "article_headline",
    "published_on": "article_published_on",
    "sha256": "text_sha256",
}
DETAILS = (
    "speaker",
    "speaker_name",
    "speaker_kind",
    "speaker_role",
    "via",
    "wording",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
)
BETWEEN = " [...] "
# As char=0,6 (RFC 5147), or 0-6 in the former dialect.
SPAN = r"(?:char=\d{1,9},|\d{1,9}-)\d{1,9}"
SPANS = re.compile(rf"{SPAN}(?: {SPAN})*", re.ASCII)
OFFSETS = re.compile(r"\d+", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,19}")


def read_csv(path: Path) -> Iterator[MarkedClaim]:
    """Yield the claims of a CSV file; raise Unreadable."""
    csv.field_size_limit(16_000_000)
    with path.open("rb") as file:
        rows = csv.reader(
            (line for _number, line in read_lines(file, path)), strict=True
        )
        try:
            header = next(rows, [])
            _check_header(header, path)
            begun = rows.line_num + 1
            for cells in rows:
                if cells:
                    yield _claim_of_cells(header, cells, path, begun)
                begun = rows.line_num + 1
        except csv.Error as error:
            line = rows.line_num or 1
            raise Unreadable(path, line, f"this is not CSV: {error}.") from error


def read_jsonl(path: Path) -> Iterator[MarkedClaim]:
    """Yield the claims of a JSON Lines file; raise Unreadable."""
    with path.open("rb") as file:
        for number, text in read_lines(file, path):
            if text.strip():
                yield claim_from_row(parse_json(text, path, number), path, number)


def claim_from_row(row: Any, path, number: int) -> MarkedClaim:
    """Return the claim in one row, a dict by column; raise Unreadable."""
    try:
        if not isinstance(row, dict):
            raise InvalidValue("A line must be a JSON object.")
        if "dialect" in row:
            return _claim_of_record(row, path, number)
        unknown = [name for name in row if name not in KNOWN]
        if unknown:
            raise InvalidValue(
                f"“{unknown[0][:40]}” is no column of a claim; leave it out or "
                "correct its name."
            )
        return _claim(row, path, number)
    except InvalidValue as error:
        raise Unreadable(path, number, error) from error


def _check_header(header, path):
    if not header:
        raise Unreadable(path, 1, "the file is empty; it needs a line of column names.")
    problem = None
    unknown = [name for name in header if name not in KNOWN]
    twice = [name for name, times in Counter(header).items() if times > 1]
    if unknown:
        problem = (
            f"“{unknown[0][:40]}” is no column of a claim; leave it out or correct "
            "its name."
        )
    elif twice:
        problem = f"the column “{twice[0]}” is there twice."
    elif "quote" not in header:
        problem = "the column “quote” is missing: the words as printed."
    if problem:
        raise Unreadable(path, 1, problem)


def _claim_of_cells(header, cells, path, number):
    if len(cells) != len(header):
        raise Unreadable(
            path,
            number,
            f"the row has {len(cells)} cells, the first line {len(header)}; "
            "is the file cut short?",
        )
    row: dict[str, Any] = dict(zip(header, cells, strict=True))
    for name, cell in row.items():
        if KNOWN[name].is_words:
            row[name] = unescape_formula(cell)
    return claim_from_row(row, path, number)


def _claim(row: Mapping[str, Any], path, number):
    about = {name: row.get(column) for name, column in ARTICLE.items()}
    # A row without its outlet's name may mean an article without one, or not say.
    about["outlet"] = about["outlet"] or None
    about["id"] = _number(row.get("article"))
    words = [each for role in ROLES for each in _words(row, *role)]
    details = {name: row.get(name) for name in DETAILS}
    for name in ("topics", "other_speakers"):
        slugs = row.get(name) or ""
        if not isinstance(slugs, str):
            raise InvalidValue(f"“{name}” must be slugs, divided by blanks.")
        details[name] = slugs.split()
    return MarkedClaim(ArticleRef.of(about), tuple(words), details, number, str(path))


def _claim_of_record(record, path, number):
    """Return the claim in a whole record, as `record_fields` describes it."""
    if record["dialect"] != DIALECT:
        raise InvalidValue(f"A record of the dialect {DIALECT} is read here.")
    article = _inner(record, "article")
    about = article | {
        "outlet": _inner(article, "outlet").get("name"),
        "sha256": _inner(record, "text").get("sha256"),
    }
    details = {name: record.get(name) for name in DETAILS}
    details["speaker"] = _inner(record, "speaker").get("slug")
    details["via"] = _inner(record, "via").get("name")
    details["other_speakers"] = [
        _inner(one, "speaker").get("slug") for one in _items(record, "other_speakers")
    ]
    details["topics"] = [one.get("name") for one in _items(record, "topics")]
    words = [
        Words(
            parse_role(mark.get("role")),
            _printed(mark),
            parse_offset(mark.get("start")),
            parse_offset(mark.get("end")),
        )
        for mark in _items(record, "marks")
    ]
    return MarkedClaim(ArticleRef.of(about), tuple(words), details, number, str(path))


def _printed(mark):
    """Return the words of a mark, of which no character may be changed."""
    if not isinstance(mark.get("exact"), str):
        raise InvalidValue("“exact” must be a text.")
    return mark["exact"]


def _inner(record, name):
    """Return the object inside a record, an empty one for null."""
    found = record.get(name) or {}
    if not isinstance(found, dict):
        raise InvalidValue(f"“{name}” must be an object.")
    return found


def _items(record, name):
    """Return the objects of a list inside a record."""
    found = limited_list(record.get(name), name)
    if not all(isinstance(one, dict) for one in found):
        raise InvalidValue(f"“{name}” must be a list of objects.")
    return found


def _number(value):
    if isinstance(value, str):
        if value and not NUMBER.fullmatch(value):
            raise InvalidValue(f"“{value[:40]}” is not the number of an article.")
        return int(value) if value else None
    return value


def _words(row, role, column, spans_column):
    """Return the words of a role, part by part, with their offsets if given."""
    printed, spans = row.get(column) or "", row.get(spans_column) or ""
    if not isinstance(printed, str) or not isinstance(spans, str):
        raise InvalidValue(f"“{column}” and “{spans_column}” must be texts.")
    if not printed:
        if spans:
            raise InvalidValue(f"“{spans_column}” is given, but “{column}” is empty.")
        return []
    if not spans:
        return [Words(role, part) for part in printed.split(BETWEEN)]
    if not SPANS.fullmatch(spans):
        raise InvalidValue(
            f"“{spans[:40]}” in “{spans_column}” must look like char=0,6 char=16,21."
        )
    places = [tuple(map(int, OFFSETS.findall(place))) for place in spans.split()]
    words, at = [], 0
    for start, end in places:
        if start >= end:
            raise InvalidValue(f"A place from {start} to {end} covers nothing.")
        words.append(Words(role, printed[at : at + end - start], start, end))
        at += end - start + len(BETWEEN)
    if BETWEEN.join(each.exact for each in words) != printed:
        parts = printed.split(BETWEEN)
        if len(parts) != len(places):
            raise InvalidValue(
                f"“{column}” has {len(parts)} part(s), “{spans_column}” {len(places)}."
            )
        return [
            Words(role, part, start, end)
            for part, (start, end) in zip(parts, places, strict=True)
        ]
    return words
