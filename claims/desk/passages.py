"""A claim's marked words in the paragraphs they stand in, cut where marks meet."""

from dataclasses import dataclass
from itertools import pairwise

from claims.models import Claim, Span
from claims.text.canonical import occurrences, paragraphs

SNIPPET = 60


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph that all belong to the same marks."""

    words: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """One place where words stand in a text, with what is printed around it."""

    number: int
    start: int
    end: int
    before: str
    words: str
    after: str


def passage_of(claim: Claim) -> list[list[Piece]]:
    """Return the paragraphs that hold a claim's marks, in the order of print."""
    spans = list(claim.spans.select_related("text"))
    passages = []
    for text in {span.text for span in spans}:
        own = [span for span in spans if span.text_id == text.pk]
        for start, end in paragraphs(text.body):
            inside = [span for span in own if span.start < end and span.end > start]
            if inside:
                passages.append((start, _pieces(text.body, start, end, inside)))
    return [pieces for _start, pieces in sorted(passages, key=lambda each: each[0])]


def places_of(body: str, words: str) -> list[Place]:
    """Return each place where words stand in a text, numbered from 1."""
    return [
        Place(
            number,
            start,
            end,
            body[max(0, start - SNIPPET) : start],
            body[start:end],
            body[end : end + SNIPPET],
        )
        for number, (start, end) in enumerate(occurrences(body, words), start=1)
    ]


def _pieces(body: str, start: int, end: int, spans: list[Span]) -> list[Piece]:
    cuts = {start, end}
    for span in spans:
        cuts |= {max(start, span.start), min(end, span.end)}
    edges = sorted(cuts)
    return [
        Piece(
            body[left:right],
            tuple(
                sorted({s.role for s in spans if s.start <= left and right <= s.end})
            ),
        )
        for left, right in pairwise(edges)
    ]
