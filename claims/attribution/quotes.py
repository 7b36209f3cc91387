"""Find quotations by their quotation marks, closed or not.

Straight, curly, angle, low and single marks, two single marks for a double one,
quotations that run over paragraphs and quotations that are never closed. One pass, no
backtracking: the time grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"''|``|’’|‘‘|[\"“”„«»‹›‘’'「」『』]")
SINGLE_MARKS = ("‘", "’", "'")
OPENERS = ("“", "«", "„", "``", "‘‘", "‹", "「", "『")
# Marks that open a quotation in some countries and close it in others.
TURNED = ("»", "›")
CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", "’’", "''"),
    "«": ("»",),
    "»": ("«", "»"),
    "„": ("“", "”"),
    "``": ("''", "’’"),
    "‘‘": ("’’", "''"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "「": ("」",),
    "『": ("』",),
    '"': ('"', "”"),
    "''": ("''", "’’"),
}
ANY_CLOSER = ("”", '"', "»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks, and whether its words begin with a capital.

    `closed` is False where the paragraph ended first.
    """

    start: int
    end: int
    closed: bool
    capital: bool = False


def find_quotations(
    text: str, start: int, end: int, running: bool = False
) -> list[Quotation]:
    """Return the quotations of one paragraph, in order, none inside another.

    `running` says that the paragraph before ended inside a quotation.

    >>> text = 'The mayor said: "No." He left.'
    >>> [text[q.start : q.end] for q in find_quotations(text, 0, len(text))]
    ['"No."']
    """
    scan = _Scan(text, start, end, running)
    for match in MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if mark not in SINGLE_MARKS:
            scan.double_mark(mark, at, after)
        elif scan.double is None:
            scan.single_mark(mark, at, after)
    return scan.finished()


class _Scan:
    """The state of a pass over one paragraph: quotations found, marks still open.

    `double` is the open double mark with its place, `single` the place of an open
    single mark with the number of quotations found before it.
    """

    __slots__ = ("double", "end", "found", "running", "single", "start", "text")

    def __init__(self, text: str, start: int, end: int, running: bool) -> None:
        self.text = text
        self.start, self.end = start, end
        self.running = running
        self.found: list[Quotation] = []
        self.double: tuple[int, str] | None = None
        self.single: tuple[int, int] | None = None

    def single_mark(self, mark: str, at: int, after: int) -> None:
        """Take in a single mark outside double ones: quotation or apostrophe."""
        before, following = self._beside(at, after)
        if before.isalnum() and following.isalnum():
            # A single mark between letters is an apostrophe.
            return
        if mark != "’" and not before.isalnum() and following.isalpha():
            if self.single is None and before not in ".,?!)":
                self.single = (at, len(self.found))
            return
        if self.single is None or mark == "‘" or following.isalnum():
            return
        opened, inside = self.single
        if after - opened > 3 and not self._is_possessive(before, following, after):
            del self.found[inside:]
            self._add(opened, after, True)
            self.single = None

    def double_mark(self, mark: str, at: int, after: int) -> None:
        """Take in a double mark: it opens a quotation or closes the open one."""
        if self.double is not None:
            opened, opener = self.double
            if self._closes(opener, mark, at, after):
                if mark == "''" and self.text[after : after + 1] == "'":
                    # A quotation inside ends with it.
                    after += 1
                self._add(opened, after, True)
                if self.single is not None and self.single[1] > len(self.found):
                    self.single = None
                self.double = None
        elif self._opens(mark, at, after):
            self.double = (at, mark)
        elif self.running and not self.found:
            # The paragraph goes on with the quotation of the one before.
            self._add(self.start, after, True)

    def finished(self) -> list[Quotation]:
        """Return all quotations, with the one that the paragraph left open."""
        if self.double is not None:
            opened = self.double[0]
            if self.single is None or self.single[0] < opened:
                written = self.text[opened : self.end].rstrip()
                self._add(opened, opened + len(written), False)
        return self.found

    def _beside(self, at: int, after: int) -> tuple[str, str]:
        """Return the characters before and after a mark; a blank at the edges."""
        before = self.text[at - 1] if at > self.start else " "
        following = self.text[after] if after < self.end else " "
        return before, following

    def _opens(self, mark: str, at: int, after: int) -> bool:
        """Return whether a double mark begins a quotation."""
        if mark in OPENERS:
            return True
        before, following = self._beside(at, after)
        if mark in TURNED:
            # "»No«": a mark that closes elsewhere opens before a word.
            return before.isspace() and not following.isspace() and not self.running
        if mark in ("」", "』", "’’"):
            return False
        return not following.isspace() and (
            before.isspace() or not (before.isalnum() or before in ".,?!")
        )

    def _closes(self, opener: str, mark: str, at: int, after: int) -> bool:
        """Return whether a double mark ends the quotation of an opening mark."""
        before, following = self._beside(at, after)
        if mark in CLOSERS.get(opener, ANY_CLOSER):
            # A mark before a letter and after a blank opens again: one was forgotten.
            return not (following.isalnum() and before.isspace())
        return mark in '“”"' and not before.isspace() and not following.isalnum()

    def _is_possessive(self, before: str, following: str, after: int) -> bool:
        """Return whether a mark is the one of "the workers' rights"."""
        return (
            before == "s"
            and following == " "
            and self.text[after + 1 : after + 2].islower()
        )

    def _add(self, start: int, end: int, closed: bool) -> None:
        """Add a quotation."""
        at = start
        while at < end and not self.text[at].isalnum():
            at += 1
        capital = at < end and self.text[at].isupper()
        self.found.append(Quotation(start, end, closed, capital))
