"""Reading claims from tables and JSON Lines, as this site exports them or as people
keep them: columns of words, and whole records.

Only the columns that make a claim are read, and those of its verdict for an import that
takes verdicts in as published elsewhere; what else says something stands in `not_read`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claims.exchange import csv_versions
from claims.exchange.columns import COLUMNS
from claims.exchange.csv_escaping import unescape_formula
from claims.exchange.former_columns import former_columns
from claims.exchange.parsing import dump_json, parse_json, read_lines
from claims.exchange.placing import parts_of
from claims.exchange.record_claims import claim_of_record, is_record
from claims.exchange.records import (
    REJECT_FIELDS,
    ArticleRef,
    InvalidValue,
    MarkedClaim,
    Unreadable,
    Words,
    reject_fields,
)
from claims.exchange.tables import open_table
from claims.models.choices import SpanRole, SpeakerKind

ROLES = (
    (SpanRole.CONTENT.value, "quote", "quote_spans"),
    (SpanRole.CUE.value, "cue", "cue_spans"),
    (SpanRole.SPEAKER.value, "speaker_words", "speaker_spans"),
)
# Of the former dialect too.
KNOWN = {column.name: column for column in (*former_columns(), *COLUMNS)}
NAMES = {*KNOWN, *REJECT_FIELDS}
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
LISTS = ("topics", "other_speakers")
DAYS = ("article_published_on", "stated_on")
READ = {
    *(column for role in ROLES for column in role[1:]),
    *ARTICLE.values(),
    *DETAILS,
    *LISTS,
    "article",
    "speaker_wikidata",
}
WORDS = {name for name, column in KNOWN.items() if column.is_words}
BETWEEN = " [...] "
# As char=0,6 (RFC 5147), or 0-6 in the former dialect.
SPAN = r"(?:char=\d{1,9},|\d{1,9}-)\d{1,9}"
SPANS = re.compile(rf"{SPAN}(?: {SPAN})*", re.ASCII)
OFFSETS = re.compile(r"\d+", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,19}")


class CsvClaims:
    """The claims of a table; a row that cannot be read comes as an Unreadable."""

    def __init__(self, path: Path):
        self.path = path
        self.table = open_table(path, NAMES, "quote")
        self.not_read: dict[str, None] = {}
        self._others = [name for name in self.table.names if name in KNOWN]
        self._others = [name for name in self._others if name not in READ]
        read = WORDS & (READ | csv_versions.READ)
        self._words = [name for name in self.table.names if name in read]
        self._days = [name for name in DAYS if name in self.table.names]

    def __iter__(self) -> Iterator[MarkedClaim | Unreadable]:
        for line, cells in self.table.rows():
            try:
                yield _claim(self._row(cells), self.path, line, cells)
            except InvalidValue as error:
                yield Unreadable(self.path, line, error, column=error.column, raw=cells)

    def _row(self, cells):
        row: dict[str, Any] = self.table.row(cells)
        for name in self._words:
            row[name] = unescape_formula(row[name])
        for name in self._days:
            row[name] = self.table.day(name, row[name])
        for name in self._others:
            if row[name]:
                self.not_read[name] = None
        return row

    def rejects_head(self) -> str:
        """Return the first line of a table of rows refused."""
        return self._line([*self._own(self.table.header), *REJECT_FIELDS])

    def rejected(self, raw: list[str], problems: list[Unreadable]) -> str:
        """Return a refused row as it stands, with the reasons behind it."""
        cells = self._own(raw + [""] * (len(self.table.names) - len(raw)))
        return self._line([*cells, *reject_fields(problems).values()])

    def _own(self, cells):
        """Return cells without what an earlier refusal added."""
        names = self.table.names
        return [
            cell
            for number, cell in enumerate(cells)
            if number >= len(names) or names[number] not in REJECT_FIELDS
        ]

    def _line(self, cells):
        out = io.StringIO()
        csv.writer(out, delimiter=self.table.divider).writerow(cells)
        return out.getvalue()


class JsonLinesClaims:
    """The claims of JSON Lines; a line that cannot be read comes as an Unreadable.

    `claims_of` tells which claims the value of one line holds.
    """

    def __init__(self, path: Path, claims_of: Callable[..., Iterator[MarkedClaim]]):
        self.path, self.claims_of = path, claims_of
        self._others = {*KNOWN} - READ if claims_of is claims_in_row else set()
        self.not_read: dict[str, None] = {}

    def __iter__(self) -> Iterator[MarkedClaim | Unreadable]:
        with self.path.open("rb") as file:
            for line, text in read_lines(file, self.path):
                if text.strip():
                    yield from self._claims(text, line)

    def _claims(self, text, line):
        try:
            row = parse_json(text.rstrip(), self.path, line)
            for name in () if is_record(row) or not isinstance(row, dict) else row:
                if name in self._others and row[name]:
                    self.not_read[name] = None
            yield from self.claims_of(row, self.path, line, text)
        except InvalidValue as error:
            yield Unreadable(self.path, line, error, column=error.column, raw=text)
        except Unreadable as problem:
            problem.raw = text
            yield problem

    def rejects_head(self) -> str:
        """Return "": JSON Lines have no first line of their own."""
        return ""

    def rejected(self, raw: str, problems: list[Unreadable]) -> str:
        """Return a refused line with the reasons in it; what is no JSON as a text."""
        try:
            row = parse_json(raw, self.path, 1)
        except Unreadable:
            row = None
        if not isinstance(row, dict):
            row = {"reject_text": raw.rstrip("\r\n")}
        return dump_json({**row, **reject_fields(problems)}) + "\n"


def claims_in_row(row: Any, path, number: int, raw: Any) -> Iterator[MarkedClaim]:
    """Yield the claim in one row of the site's own, a dict by column."""
    if not isinstance(row, dict):
        raise InvalidValue("A line must be a JSON object.")
    if is_record(row):
        yield claim_of_record(row, path, number, raw)
        return
    unknown = [name for name in row if name not in NAMES]
    if unknown:
        raise InvalidValue(
            f"“{unknown[0][:40]}” is no column of a claim; leave it out or "
            "correct its name.",
            unknown[0][:40],
        )
    yield _claim(row, path, number, raw)


def _claim(row: Mapping[str, Any], path, number, raw):
    about = {name: row.get(column) for name, column in ARTICLE.items()}
    # A row without its outlet's name may mean an article without one, or not say.
    about["outlet"] = about["outlet"] or None
    about["id"] = _number(row.get("article"))
    words = [each for role in ROLES for each in _words(row, *role)]
    details = {name: row[name] for name in DETAILS if name in row} | {"by_slug": True}
    for name in LISTS:
        if name not in row:
            continue
        slugs = row[name] or ""
        if not isinstance(slugs, str):
            raise InvalidValue(f"“{name}” must be slugs, divided by blanks.", name)
        details[name] = slugs.split()
    if row.get("speaker_wikidata"):
        details["speakers"] = [_speaker(row)]
    record = csv_versions.record_of_row(row)
    return MarkedClaim(
        ArticleRef.of(about), tuple(words), details, number, str(path), raw, record
    )


def _speaker(row):
    """Return what a row says of a speaker who may have to be added."""
    return {
        "slug": row.get("speaker"),
        "name": row.get("speaker_name") or row.get("speaker"),
        "kind": row.get("speaker_kind") or SpeakerKind.PERSON,
        "wikidata_id": row["speaker_wikidata"],
    }


def _number(value):
    if isinstance(value, str):
        if value and not NUMBER.fullmatch(value):
            raise InvalidValue(
                f"“{value[:40]}” is not the number of an article.", "article"
            )
        return int(value) if value else None
    return value


def _words(row, role, column, spans_column):
    """Return the words of a role, part by part, with their offsets if given.

    Without offsets they stay in one piece: where they are placed it shows whether
    `[...]` parts them or is printed.
    """
    printed, spans = row.get(column) or "", row.get(spans_column) or ""
    if not isinstance(printed, str) or not isinstance(spans, str):
        raise InvalidValue(f"“{column}” and “{spans_column}” must be texts.", column)
    if not printed:
        if spans:
            raise InvalidValue(
                f"“{spans_column}” is given, but “{column}” is empty.", column
            )
        return []
    if not spans:
        return [Words(role, printed)]
    if not SPANS.fullmatch(spans):
        raise InvalidValue(
            f"“{spans[:40]}” in “{spans_column}” must look like char=0,6 char=16,21.",
            spans_column,
        )
    places = [tuple(map(int, OFFSETS.findall(place))) for place in spans.split()]
    words, at = [], 0
    for start, end in places:
        if start >= end:
            raise InvalidValue(
                f"A place from {start} to {end} covers nothing.", spans_column
            )
        words.append(Words(role, printed[at : at + end - start], start, end))
        at += end - start + len(BETWEEN)
    if BETWEEN.join(each.exact for each in words) != printed:
        parts = parts_of(printed)
        if len(parts) != len(places):
            raise InvalidValue(
                f"“{column}” has {len(parts)} part(s), “{spans_column}” {len(places)}.",
                spans_column,
            )
        return [
            Words(role, part, start, end)
            for part, (start, end) in zip(parts, places, strict=True)
        ]
    return words
