"""Where the quotations of a text begin and end.

Straight, curly, angle, low and single marks, two single marks for a double one,
quotations that run over paragraphs and quotations that are never closed. One pass, no
backtracking: the time grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"''|``|[\"“”„«»‹›‘’']")
CLOSERS = {"“": "”", "«": "»", "„": "“”", "``": "''", "‹": "›", '"': '"”', "''": "''"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks, and whether its words begin with a capital.

    `closed` is False where the paragraph ended first.
    """

    start: int
    end: int
    closed: bool
    capital: bool = False


def _made(text, start, end, closed):
    at = start
    while at < end and not text[at].isalnum():
        at += 1
    return Quotation(start, end, closed, at < end and text[at].isupper())


def find_quotations(text: str, start: int, end: int, running: bool = False):
    """Return the quotations of one paragraph, in order, none inside another.

    `running` says that the paragraph before ended inside a quotation.

    >>> text = 'The mayor said: "No." He left.'
    >>> [text[q.start : q.end] for q in find_quotations(text, 0, len(text))]
    ['"No."']
    """
    found: list[Quotation] = []
    opening: tuple[int, str] | None = None
    single: tuple[int, int] | None = None
    for match in MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        before_char = text[at - 1] if at > start else " "
        after_char = text[after] if after < end else " "
        if mark in "‘’'":
            if opening is not None:
                continue
            # A single mark between letters is an apostrophe.
            if before_char.isalnum() and after_char.isalnum():
                continue
            if mark != "’" and not before_char.isalnum() and after_char.isalpha():
                if single is None and before_char not in ".,?!)":
                    single = (at, len(found))
                continue
            if single is None or mark == "‘" or after_char.isalnum():
                continue
            # "the workers' rights": a possessive, not the end of a quotation.
            if (
                before_char == "s"
                and after_char == " "
                and text[after + 1 : after + 2].islower()
            ):
                continue
            if after - single[0] > 3:
                del found[single[1] :]
                found.append(_made(text, single[0], after, True))
                single = None
            continue
        if opening is None:
            opens = mark in ("“", "«", "„", "``", "‹")
            if not opens and mark not in ("»", "›"):
                opens = not after_char.isspace() and (
                    (not before_char.isalnum() and before_char not in ".,?!")
                    or before_char.isspace()
                )
            if opens:
                opening = (at, mark)
            elif running and not found:
                # The paragraph goes on with the quotation of the one before.
                found.append(_made(text, start, after, True))
            continue
        closers = CLOSERS.get(opening[1], '”"»')
        looks_closing = not before_char.isspace() and not after_char.isalnum()
        if mark in closers or (looks_closing and mark in '“”"'):
            # A mark before a letter and after a blank opens again: one was forgotten.
            if after_char.isalnum() and before_char.isspace():
                continue
            found.append(_made(text, opening[0], after, True))
            if single is not None and single[1] > len(found):
                single = None
            opening = None
    if opening is not None and (single is None or single[0] < opening[0]):
        found.append(_made(text, opening[0], end, False))
    return found
