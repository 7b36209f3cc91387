"""Two texts side by side: in pieces with what differs marked, and told in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.text.canonical import Place
from claims.text.meaning import Difference


@dataclass(frozen=True)
class Piece:
    """Words of a text, with what is different in them: a number, a name, "" or so."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Change:
    """A number, name or negation that differs: as it was said before, and now."""

    kind: str
    before: str
    now: str


@dataclass(frozen=True)
class Compared:
    """An earlier and a later text, and the differences in meaning from one to other.

    >>> from claims.text.meaning import differences
    >>> texts = "It opens in 2027.", "It opens in 2028."
    >>> Compared(*texts, differences(*texts)).changes
    [Change(kind='number', before='2027', now='2028')]
    """

    before: str
    now: str
    differences: tuple[Difference, ...]

    @property
    def pieces_before(self) -> list[Piece]:
        marked = [(each.one, each.kind) for each in self.differences]
        return in_pieces(self.before, marked)

    @property
    def pieces_now(self) -> list[Piece]:
        marked = [(each.other, each.kind) for each in self.differences]
        return in_pieces(self.now, marked)

    @property
    def changes(self) -> list[Change]:
        """What differs, one after the other, as it stands in both texts."""
        return [
            Change(
                each.kind,
                self.before[slice(*each.one)] if each.one else "",
                self.now[slice(*each.other)] if each.other else "",
            )
            for each in self.differences
        ]


def in_pieces(text: str, marked: Iterable[tuple[Place | None, str]]) -> list[Piece]:
    """Return a text in pieces, those at the marked places with their kind."""
    pieces, at = [], 0
    for place, kind in sorted((place, kind) for place, kind in marked if place):
        start, end = max(at, place[0]), place[1]
        if start >= end:
            continue
        pieces += [Piece(text[at:start]), Piece(text[start:end], kind)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]
