"""A published check as its file writes it: every value still text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claims.models.choices import SpeakerKind


@dataclass(frozen=True)
class Speaker:
    """Who made a statement, as written."""

    name: str
    kind: str = SpeakerKind.PERSON
    title: str = ""
    organisation: str = ""
    wikidata_id: str = ""


@dataclass(frozen=True)
class Source:
    """One source of a check, as written."""

    url: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    archived_url: str = ""


@dataclass
class Written:
    """One check of a file, and where it stands there; `raw` is the file's own row.

    `columns` are the names that the file has for what stands below.
    """

    position: str
    raw: Any
    url: str = ""
    title: str = ""
    publisher: str = ""
    authors: str = ""
    wording: str = ""
    label: str = ""
    value: str = ""
    best: str = ""
    worst: str = ""
    published: str = ""
    modified: str = ""
    speakers: list[Speaker] = field(default_factory=list)
    said: str = ""
    place_url: str = ""
    place_headline: str = ""
    place_outlet: str = ""
    place_published: str = ""
    archived_url: str = ""
    language: str = ""
    summary: str = ""
    explanation: str = ""
    note: str = ""
    kind: str = ""
    topics: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    not_read: set[str] = field(default_factory=set)
    columns: Mapping[str, str] = field(default_factory=dict)
