"""Cut a text at the edges of marks into pieces, each with the claims that cover it.

Places are code points of the body, half-open. Marks may nest and overlap; a piece
never crosses the edge of a mark, of a paragraph, or of what readers may see.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from claims.attribution.languages.en.sentences import sentences_of
from claims.text.canonical import Place, paragraphs

# How far from a claim's words its sentence is looked for. Longer sentences are cut
# there, so that a text without full stops costs no more than any other.
REACH = 1_500


@dataclass(frozen=True)
class Marked:
    """Words of a claim at a place of the body; `part` counts a split quotation."""

    claim: int
    role: str
    start: int
    end: int
    part: int = 0


@dataclass(frozen=True)
class Layer:
    """One claim over a piece: which part of it, and in which lane it is drawn."""

    claim: int
    part: int
    lane: int


@dataclass(frozen=True)
class Piece:
    """A stretch with the same claims all along, the outermost first.

    `begins` and `ends` hold the layers that are shown first or last in this piece.
    """

    start: int
    end: int
    text: str
    layers: tuple[Layer, ...] = ()
    begins: tuple[Layer, ...] = ()
    ends: tuple[Layer, ...] = ()
    is_cue: bool = False
    is_speaker: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles of the marks that hold this piece."""
        held = {"content": self.layers, "cue": self.is_cue, "speaker": self.is_speaker}
        return tuple(role for role, holds in held.items() if holds)


@dataclass
class Paragraph:
    """The shown pieces of one paragraph, in order.

    `follows_gap` and `gap_after` say that words around them are left out; an empty
    piece between two others stands for words left out within the paragraph.
    """

    pieces: list[Piece] = field(default_factory=list)
    follows_gap: bool = False
    gap_after: bool = False

    @property
    def claims(self) -> list[int]:
        """Return the claims whose words begin here, in order, each once."""
        found = {
            layer.claim: None
            for piece in self.pieces
            for layer in piece.begins
            if layer.part == 0
        }
        return list(found)


def cut(
    body: str,
    marks: Iterable[Marked],
    *,
    shown: Sequence[Place] | None = None,
    offset: int = 0,
) -> list[Paragraph]:
    """Return the paragraphs of a body as pieces with their claims.

    `shown` limits them to some places, `offset` is the body's own place in a longer
    text of which it is a part. Marks outside the body are left out.

    >>> [p.text for p in cut("Rood said no.", [Marked(1, "content", 10, 12)])[0].pieces]
    ['Rood said ', 'no', '.']
    """
    end = offset + len(body)
    places = [(offset, end)] if shown is None else _within(shown, offset, end)
    marks = [m for m in marks if offset <= m.start < m.end <= end]
    lanes = _lanes([m for m in marks if m.role == "content"])
    edges = sorted(
        {edge for place in places for edge in place}
        | {edge for mark in marks for edge in (mark.start, mark.end)}
    )
    active = _Active(marks)
    result = []
    for start, stop in paragraphs(body):
        start, stop = start + offset, stop + offset
        inner = edges[bisect_right(edges, start) : bisect_left(edges, stop)]
        paragraph = Paragraph()
        for place, upto in pairwise([start, *inner, stop]):
            if place < upto and _is_within(place, places):
                words = body[place - offset : upto - offset]
                piece = _piece(words, place, upto, active.at(place), lanes)
                _append(paragraph, piece, start)
        if paragraph.pieces:
            paragraph.gap_after = paragraph.pieces[-1].end < stop
            result.append(paragraph)
    _find_ends(result)
    return result


def sentences_with(
    body: str,
    places: Iterable[Place],
    *,
    around: int = 0,
    offset: int = 0,
) -> list[Place]:
    """Return the places of the sentences that hold some words, merged, in order.

    `around` adds as many sentences before and after, across paragraphs.

    >>> body = "It rains. Rood said no. Nobody came. All left."
    >>> [body[a:b] for a, b in sentences_with(body, [(20, 22)])]
    ['Rood said no.']
    """
    found = []
    for start, end in places:
        first, last = _sentences_at(body, start - offset, end - offset, around)
        found.append((first + offset, last + offset))
    return merged(found)


def _sentences_at(body: str, start: int, end: int, around: int) -> Place:
    """Return the place of the sentences that hold some words."""
    low, high = max(0, start - REACH), min(len(body), end + REACH)
    sentences = [
        (low + s.starts[0], low + s.ends[-1]) for s in sentences_of(body[low:high])
    ]
    # What the window cuts off is no sentence, unless it is the claim's own.
    if low > 0 and sentences and sentences[0][1] <= start:
        del sentences[0]
    if high < len(body) and sentences and sentences[-1][0] >= end:
        del sentences[-1]
    inside = [n for n, (a, b) in enumerate(sentences) if a < end and b > start]
    if not inside:
        return start, end
    first = sentences[max(0, inside[0] - around)][0]
    last = sentences[min(len(sentences) - 1, inside[-1] + around)][1]
    return min(start, first), max(end, last)


def merged(places: Iterable[Place]) -> list[Place]:
    """Return places in order, those that touch or overlap made one.

    >>> merged([(5, 9), (0, 3), (2, 5)])
    [(0, 9)]
    """
    result: list[Place] = []
    for start, end in sorted(place for place in places if place[0] < place[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def _within(places: Iterable[Place], start: int, end: int) -> list[Place]:
    """Return the parts of places that lie between two others, in order."""
    return [
        (max(a, start), min(b, end)) for a, b in merged(places) if a < end and b > start
    ]


class _Active:
    """The marks that hold a place; it is asked for places in rising order."""

    def __init__(self, marks: Iterable[Marked]) -> None:
        self._waiting = deque(sorted(marks, key=lambda mark: mark.start))
        self._active: list[Marked] = []

    def at(self, place: int) -> list[Marked]:
        """Return the marks that hold a place, those that begin first in front."""
        while self._waiting and self._waiting[0].start <= place:
            self._active.append(self._waiting.popleft())
        self._active = [mark for mark in self._active if mark.end > place]
        return self._active


def _is_within(place: int, places: list[Place]) -> bool:
    """Return whether one of some places in rising order holds a character."""
    at = bisect_right(places, place, key=lambda shown: shown[0])
    return at > 0 and place < places[at - 1][1]


def _append(paragraph: Paragraph, piece: Piece, start: int) -> None:
    """Add a piece to a paragraph that begins at `start`; tell of words left out."""
    if not paragraph.pieces:
        paragraph.follows_gap = piece.start > start
    elif paragraph.pieces[-1].end < piece.start:
        end = paragraph.pieces[-1].end
        paragraph.pieces.append(Piece(end, end, ""))
    paragraph.pieces.append(piece)


def _piece(
    words: str, start: int, end: int, active: list[Marked], lanes: dict[Marked, int]
) -> Piece:
    """Return the piece for some words and the marks that hold them."""
    content = sorted(
        (mark for mark in active if mark.role == "content"),
        key=lambda mark: (mark.start, -mark.end, mark.claim),
    )
    return Piece(
        start,
        end,
        words,
        tuple(Layer(mark.claim, mark.part, lanes[mark]) for mark in content),
        is_cue=any(mark.role == "cue" for mark in active),
        is_speaker=any(mark.role == "speaker" for mark in active),
    )


def _find_ends(result: list[Paragraph]) -> None:
    """Set the layers that begin or end in each piece."""
    first: dict[Layer, int] = {}
    last: dict[Layer, int] = {}
    for paragraph in result:
        for piece in paragraph.pieces:
            for layer in piece.layers:
                first.setdefault(layer, piece.start)
                last[layer] = piece.start
    for paragraph in result:
        paragraph.pieces = [
            replace(
                piece,
                begins=tuple(x for x in piece.layers if first[x] == piece.start),
                ends=tuple(x for x in piece.layers if last[x] == piece.start),
            )
            if piece.layers
            else piece
            for piece in paragraph.pieces
        ]


def _lanes(marks: Iterable[Marked]) -> dict[Marked, int]:
    """Return a lane for each mark: marks that share words never share a lane."""
    lanes: dict[Marked, int] = {}
    busy: list[tuple[int, int]] = []  # (end, lane)
    free: list[int] = []
    used = 0
    for mark in sorted(set(marks), key=lambda m: (m.start, -m.end, m.claim, m.part)):
        while busy and busy[0][0] <= mark.start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            lane = heapq.heappop(free)
        else:
            lane, used = used, used + 1
        lanes[mark] = lane
        heapq.heappush(busy, (mark.end, lane))
    return lanes
