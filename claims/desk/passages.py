"""A claim's marks in their paragraphs, and all occurrences of words in a text."""

from dataclasses import dataclass

from claims.models import Claim
from claims.text.canonical import occurrences, paragraphs
from claims.text.segments import Marked, Paragraph, cut

SNIPPET = 60


@dataclass(frozen=True)
class Occurrence:
    """One occurrence of words in a text, with its context."""

    number: int
    start: int
    end: int
    before: str
    words: str
    after: str


def passage_of(claim: Claim) -> list[Paragraph]:
    """Return the paragraphs that contain a claim's marks, in the text's order."""
    spans = list(claim.spans.select_related("text"))
    passages: list[Paragraph] = []
    for text in {span.text for span in spans}:
        marks = [
            Marked(claim.pk, span.role, span.start, span.end, span.ordinal)
            for span in spans
            if span.text_id == text.pk
        ]
        shown = [
            (start, end)
            for start, end in paragraphs(text.body)
            if any(mark.start < end and mark.end > start for mark in marks)
        ]
        passages += cut(text.body, marks, shown=shown)
    return sorted(passages, key=lambda passage: passage.pieces[0].start)


def occurrences_of(body: str, words: str) -> list[Occurrence]:
    """Return all occurrences of words in a text, numbered from 1."""
    return [
        Occurrence(
            number,
            start,
            end,
            body[max(0, start - SNIPPET) : start],
            body[start:end],
            body[end : end + SNIPPET],
        )
        for number, (start, end) in enumerate(occurrences(body, words), start=1)
    ]
