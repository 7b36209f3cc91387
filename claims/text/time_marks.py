"""Time marks: at which second of a recording a place of its transcript is spoken.

A text keeps them as pairs of place and second in ascending order. An address leads to
a second by `t=`, in its query for sites that read it there, else as a media fragment
(W3C Media Fragments URI).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from claims.text.diff import matches

Times = list[tuple[int, int]]
# Sites that read the second from the query string, and not from the fragment.
IN_QUERY = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}


def clock(second: int) -> str:
    """Return a second from the beginning as a player shows it.

    >>> clock(7), clock(754), clock(3723)
    ('0:07', '12:34', '1:02:03')
    """
    minutes, seconds = divmod(int(second), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def timed_address(url: str, second: int) -> str:
    """Return the address of a recording at a second; "" where there is no address.

    >>> timed_address("https://youtu.be/abc?t=3", 754)
    'https://youtu.be/abc?t=754'
    >>> timed_address("https://radio.example/talk#top", 754)
    'https://radio.example/talk#t=754'
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if (parts.hostname or "") in IN_QUERY:
        asked = [pair for pair in parse_qsl(parts.query, True) if pair[0] != "t"]
        query = urlencode([*asked, ("t", str(second))])
        return urlunsplit(parts._replace(query=query, fragment=""))
    return urlunsplit(parts._replace(fragment=f"t={second}"))


def moved_times(times: Iterable[Sequence[int]], old: str, new: str) -> Times:
    """Return time marks in a corrected text: those of words that it still has.

    >>> moved_times([(0, 1), (6, 2)], "Rents rose.", "All rents rose.")
    [(10, 2)]
    """
    marks = [(place, second) for place, second in times]
    if not marks:
        return []
    before, after = _words(old), _words(new)
    places = {}
    for block in matches([w for _at, w in before], [w for _at, w in after]):
        for step in range(block.length):
            places[before[block.old + step][0]] = after[block.new + step][0]
    return [(places[place], second) for place, second in marks if place in places]


def _words(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in re.finditer(r"\S+", text)]
