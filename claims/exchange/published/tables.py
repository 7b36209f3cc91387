"""Rows of a table (CSV, TSV, flat JSON) as published checks, through a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping as Row
from string import Formatter
from typing import Any
from urllib.parse import quote

from claims.exchange.published.mapping import Mapping
from claims.exchange.published.words import plain, printable
from claims.exchange.published.written import Source, Speaker, Written
from claims.exchange.records import InvalidValue
from claims.models.choices import SpeakerKind

ADDRESS = re.compile(r"https?://[^\s|;,<>\"']+")
DIVIDED = re.compile(r"[;|,]")
# What `Written` holds under the name that a mapping uses.
AS_THEY_ARE = (
    "url", "title", "publisher", "authors", "wording", "label", "value", "best",
    "worst", "published", "modified", "said", "place_url", "place_headline",
    "place_published",
    "place_outlet", "archived_url", "language", "summary", "explanation", "note",
    "kind",
)  # fmt: skip


def read_row(row: Row[str, Any], mapping: Mapping, position: str) -> Written:
    """Return what a row says, by the columns that the mapping names."""
    cells = {name: row.get(column) for column, name in mapping.columns.items()}
    written = Written(position=position, raw=dict(row))
    written.columns = {name: column for column, name in mapping.columns.items()}
    for name in AS_THEY_ARE:
        setattr(written, name, plain(_one(cells.get(name))))
    if mapping.url:
        written.url = _made(mapping.url, row)
    kind = plain(cells.get("speaker_kind"))
    written.speakers = [
        Speaker(
            name=name,
            kind=kind if kind in SpeakerKind.values else SpeakerKind.PERSON,
            title=_named(cells.get("role"), mapping),
            organisation=_named(cells.get("party"), mapping),
        )
        for name in map(plain, _several(cells.get("speaker")))
        if name
    ]
    written.place_headline = written.place_headline or plain(cells.get("venue"))
    written.topics = [
        topic for each in _parts(cells.get("topics")) if (topic := plain(each))
    ]
    written.sources = _sources(cells.get("sources"))
    written.not_read = {
        printable(column)
        for column, value in row.items()
        if column not in mapping.columns and value not in (None, "", [], {})
    }
    return written


def _named(value, mapping):
    """Return an office or a party; "" for words as "none" and "unknown"."""
    words = plain(value)
    return "" if mapping.is_nobody(words) else words


def _one(value):
    if isinstance(value, list):
        return "; ".join(plain(each) for each in value)
    return value


def _several(value) -> list:
    return value if isinstance(value, list) else [value]


def _parts(value) -> list:
    if isinstance(value, str):
        return DIVIDED.split(value)
    return _several(value) if value else []


def _sources(value) -> list[Source]:
    found = []
    for each in _several(value):
        if isinstance(each, dict):
            found.append(Source(plain(each.get("url")), plain(each.get("title"))))
        elif isinstance(each, str):
            urls = ADDRESS.findall(each)
            found += [Source(url.rstrip(".)")) for url in urls]
            if not urls and each.strip():
                found.append(Source(plain(each)))
    return found


def _made(template: str, row: Row[str, Any]) -> str:
    """Return an address made from columns of a row: https://check.example/{id}."""
    try:
        made = ""
        for text, column, _format, _conversion in Formatter().parse(template):
            made += text
            if column is not None:
                cell = plain(row[column])
                if not cell:
                    raise InvalidValue(
                        f"The column “{column}” of the address is empty.", column
                    )
                made += quote(cell, safe="/-._~")
        return made
    except (KeyError, ValueError) as error:
        raise InvalidValue(
            f"“url” in the mapping names a column that there is not: {error}."
        ) from error
