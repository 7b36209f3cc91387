"""Split a text into paragraphs: blank lines, line ends, clock times before a name.

A line end inside a paragraph ends it too, unless the line was only broken because the
next word did not fit. Captions and rows of tables are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.attribution.paragraphs import paragraphs

LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"\S+")
# No prose is broken into lines shorter or longer than these.
NARROW, WIDE = 45, 120
CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?(?:,? (?:GMT|UTC|[BC]?[BCEMPW][DES]?T)\b)?"
    r"\s*(?:[-–—:|]\s*)?(?=[A-Z“\"‘'])"
)
CAPTION = re.compile(
    r"\W*(?:photo(?:graph)?s?|file photo|pictures?|images?|captions?|credits?|graphic"
    r"|illustration|video|read more|see also|related)\s*(?:by\b|[:|])",
    re.IGNORECASE,
)
# Cells stand between bars, tabs or three blanks.
CELL_MARKS = ("|", "\t", "   ")
ROW = re.compile(r"[^\n|\t]*(?:\||\t| {3,})[^\n|\t]*(?:\||\t| {3,})[^\n]*")


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph that may hold what somebody said.

    >>> text = "10.15am: Rents fell.\\nPhoto: Ida Holt\\n\\nThe council met."
    >>> [text[start:end] for start, end in paragraphs_of(text)]
    ['Rents fell.', 'The council met.']
    """
    for match in paragraphs(text):
        for start, end in _lines_of(text, *match.span()):
            if CAPTION.match(text, start, end) or _is_row(text, start, end):
                continue
            clock = CLOCK.match(text, start, end)
            yield (clock.end() if clock else start), end


def _is_row(text: str, start: int, end: int) -> bool:
    """Return whether a line is one of a table."""
    # Most lines hold nothing that parts cells: a look for that is quick.
    return any(text.find(mark, start, end) >= 0 for mark in CELL_MARKS) and bool(
        ROW.fullmatch(text, start, end)
    )


def _lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a paragraph, those that were only broken put together."""
    lines = [match.span() for match in LINE.finditer(text, start, end)]
    if len(lines) == 1:
        yield start, end
        return
    width = max(last - first for first, last in lines)
    begin = None
    for number, (first, last) in enumerate(lines):
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first == last:
            continue
        begin = first if begin is None else begin
        if number + 1 < len(lines) and _goes_on(text, first, last, width):
            continue
        yield begin, last
        begin = None


def _goes_on(text: str, first: int, last: int, width: int) -> bool:
    """Return whether a line was broken because the next word did not fit."""
    word = WORD.search(text, last)
    if word is None:
        return False
    if text[word.start()].islower() and not CLOCK.match(text, first, last):
        return True
    return NARROW < width <= WIDE and last - first + 1 + len(word.group()) > width
