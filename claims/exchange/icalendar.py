"""Days as an iCalendar file (RFC 5545), for calendars of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIME_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class AllDay:
    """One event that lasts a day."""

    uid: str
    day: date
    summary: str
    description: str
    url: str


def icalendar(name: str, events: Iterable[AllDay], *, at: datetime) -> bytes:
    """Return the file of a calendar, as it was at a time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Factcheck desk//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(event, at)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) + b"\r\n" for line in lines)


def _event(event: AllDay, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    # The end is the first day that is no longer part of it.
    yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    # An address is no text: in it commas stand for themselves.
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def escaped(text: str) -> str:
    r"""Return a text as a value: no control character, four signs escaped.

    >>> escaped("Bread, milk; and\nmore")
    'Bread\\, milk\\; and\\nmore'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", lines).translate(ESCAPES)


def folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 bytes, no character cut in two.

    >>> [len(piece) for piece in folded("a" * 100).split(b"\\r\\n")]
    [75, 26]
    """
    pieces, piece = [], b""
    for sign in line:
        encoded = sign.encode()
        if len(piece) + len(encoded) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece])
