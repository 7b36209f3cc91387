"""Dataclasses between file formats and the database: words, claims, articles.

Offsets are Unicode code points, half-open, in the article's canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple, cast
from unicodedata import normalize

from claims.exceptions import Refused
from claims.models.choices import (
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    SpanRole,
    SpeakerKind,
)
from claims.text.visible import visible

ROLES = tuple(role.value for role in SpanRole)


class Unreadable(Refused):
    """The file is malformed; the message names file and line.

    `column` is where in the row, if that is known, and `raw` the row as it stands in
    the file, where only the row is bad.
    """

    status = 400

    def __init__(self, file, line: int, sentence, *, column: str = "", raw: Any = None):
        self.file, self.line, self.sentence = str(file), line, str(sentence)
        self.column, self.raw = column, raw
        super().__init__(f"{file}, line {line}: {sentence}")


class InvalidValue(ValueError):
    """A value that is not allowed; the message says what is, `column` where."""

    def __init__(self, sentence: str, column: str = ""):
        self.column = column
        super().__init__(sentence)


# What a file of refused rows says of each, and an import passes over.
REJECT_FIELDS = ("reject_line", "reject_column", "reject_reason")


def reject_fields(problems: list[Unreadable]) -> dict[str, Any]:
    """Return line, column and reason of the problems of one row, by their field."""
    columns = dict.fromkeys(each.column for each in problems if each.column)
    sentences = dict.fromkeys(each.sentence for each in problems)
    values = (problems[0].line, ", ".join(columns), " ".join(sentences))
    return dict(zip(REJECT_FIELDS, values, strict=True))


class Words(NamedTuple):
    """Words of one role in a file, with or without their offsets."""

    role: str
    exact: str
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Return role, start and end of words whose offsets are known."""
        return self.role, cast(int, self.start), cast(int, self.end)


@dataclass(frozen=True)
class ArticleRef:
    """The reference of a file to its article; any field may be missing."""

    id: int | None = None
    url: str = ""
    outlet: str | None = None  # its name; empty: none; None: the file does not say
    headline: str = ""
    published_on: str = ""
    sha256: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "url": self.url,
            "outlet": self.outlet,
            "headline": self.headline,
            "published_on": self.published_on,
            "sha256": self.sha256,
        }

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ArticleRef:
        """Return the reference in a JSON object or a row; raise InvalidValue."""
        number = raw.get("id")
        if number in (None, ""):
            number = None
        elif isinstance(number, bool) or not isinstance(number, int):
            raise InvalidValue(
                f"“{number}” is not the number of an article.", "article"
            )
        elif not 0 < number < 2**63:
            raise InvalidValue(f"There is no article {number}.")
        return cls(
            number,
            text_value(raw, "url", 2000),
            text_value(raw, "outlet", 200) if raw.get("outlet") is not None else None,
            normalize("NFC", text_value(raw, "headline", 300)),
            text_value(raw, "published_on", 10),
            text_value(raw, "sha256", 64),
        )


@dataclass(frozen=True)
class MarkedClaim:
    """A claim in a file: its words, and details not validated yet."""

    article: ArticleRef
    words: tuple[Words, ...]
    details: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    file: str = ""
    raw: Any = None  # the row as it stands in the file
    record: Mapping[str, Any] | None = None  # of a whole record


@dataclass(frozen=True)
class MarkedArticle:
    """An article's current text with the claims marked in it."""

    ref: ArticleRef
    body: str
    claims: tuple[MarkedClaim, ...]


@dataclass(frozen=True)
class Details:
    """The validated fields of a claim besides its words."""

    speaker: str = ""
    speaker_name: str = ""
    speaker_kind: str = SpeakerKind.PERSON
    speaker_role: str = ""  # on the day of the statement
    other_speakers: tuple[str, ...] = ()  # slugs
    via: str = ""
    via_homepage: str = ""
    wording: str = ""
    attribution: str = AttributionKind.INDIRECT
    stated_on: date | None = None
    stated_precision: str = DatePrecision.UNKNOWN
    stated_basis: str = DateBasis.ARTICLE_DATE
    checkability: str = Checkability.CHECKABLE
    topics: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()  # the fields that the file speaks of at all
    speakers: tuple[Mapping[str, Any], ...] = ()  # whole records of those named
    by_slug: bool = False  # outlet and topics stand by slug, not by name

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Details:
        """Validate the details in a JSON object or a row; raise InvalidValue."""
        stated_on, precision = _partial_date(raw)
        return cls(
            speaker=text_value(raw, "speaker", 80),
            speaker_name=text_value(raw, "speaker_name", 200),
            speaker_kind=_choice(raw, "speaker_kind", SpeakerKind) or cls.speaker_kind,
            speaker_role=text_value(raw, "speaker_role", 300),
            other_speakers=_name_list(raw, "other_speakers"),
            via=text_value(raw, "via", 200),
            via_homepage=_address(raw, "via_homepage"),
            wording=text_value(raw, "wording", 500),
            attribution=_choice(raw, "attribution", AttributionKind) or cls.attribution,
            stated_on=stated_on,
            stated_precision=precision,
            stated_basis=_choice(raw, "stated_basis", DateBasis) or cls.stated_basis,
            checkability=_choice(raw, "checkability", Checkability) or cls.checkability,
            topics=_name_list(raw, "topics"),
            said=frozenset(raw),
            speakers=tuple(raw.get("speakers", ())),
            by_slug=raw.get("by_slug") is True,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "speaker": self.speaker,
            "speaker_name": self.speaker_name,
            "speaker_kind": str(self.speaker_kind),
            "via": self.via,
            "wording": self.wording,
            "attribution": str(self.attribution),
            "stated_on": self.stated_on.isoformat() if self.stated_on else "",
            "stated_precision": str(self.stated_precision),
            "stated_basis": str(self.stated_basis),
            "checkability": str(self.checkability),
            "topics": list(self.topics),
        }


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def text_value(raw: Mapping[str, Any], name: str, longest: int) -> str:
    """Return a string that can be stored, "" for None; raise InvalidValue."""
    value = raw.get(name)
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise InvalidValue(f"“{name}” must be a text.", name)
    if not (value.isascii() and value.isprintable()):
        if _NO_TEXT.search(value):
            raise InvalidValue(f"“{name}” holds a character that no text has.", name)
        value = visible(value)
    value = value.strip()
    if len(value) > longest:
        raise InvalidValue(
            f"“{name}” has {len(value):,} characters; at most {longest:,} fit.", name
        )
    return value


# Without a user's name and password before the host.
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\@]+([/?#\\]\S*)?")


def _address(raw, name):
    """Return a web address, "" for none; raise InvalidValue."""
    value = text_value(raw, name, 500)
    if value and not WEB_ADDRESS.fullmatch(value):
        raise InvalidValue(f"“{value[:60]}” is no web address.", name)
    return value


def day_value(raw: Mapping[str, Any], name: str, column: str) -> date | None:
    """Return a day written as 2019-12-05, None for none; raise InvalidValue."""
    value = text_value(raw, name, 10)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise InvalidValue(
            f"“{value}” is not a date like 2019-12-05.", column
        ) from None


@cache
def _values(choices) -> frozenset[str]:
    return frozenset(choices.values)


def _choice(raw, name, choices):
    value = text_value(raw, name, 40)
    if value and value not in _values(choices):
        raise InvalidValue(
            f"“{value}” is no {name}; it is one of: {', '.join(choices.values)}.", name
        )
    return value


def _name_list(raw, name):
    values = raw.get(name) or ()
    if not isinstance(values, list | tuple):
        raise InvalidValue(f"“{name}” must be a list of names.", name)
    names = [text_value({name: value}, name, 100) for value in values]
    return tuple(dict.fromkeys(name for name in names if name))


def _partial_date(raw):
    """Return the day and its precision; a month or a year is its first day."""
    printed = text_value(raw, "stated_on", 10)
    precision = _choice(raw, "stated_precision", DatePrecision)
    if not printed:
        if precision not in ("", DatePrecision.UNKNOWN):
            raise InvalidValue(
                f"“stated_on” is empty, though its precision is “{precision}”.",
                "stated_on",
            )
        return None, DatePrecision.UNKNOWN
    shapes = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}
    try:
        shape = shapes[len(printed)]
        day = date.fromisoformat(printed + "-01-01"[len(printed) - 4 :])
        if printed != day.isoformat()[: len(printed)]:
            raise ValueError
    except (KeyError, ValueError):
        raise InvalidValue(
            f"“{printed}” is not a date like 2019-12-05.", "stated_on"
        ) from None
    if precision == DatePrecision.UNKNOWN:
        raise InvalidValue(
            "A date needs a precision other than “unknown”.", "stated_precision"
        )
    if len(printed) < 10 and precision not in ("", shape):
        raise InvalidValue(
            f"“{printed}” does not fit the precision “{precision}”.", "stated_precision"
        )
    return day, precision or shape
