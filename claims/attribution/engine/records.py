"""Turn the attributions of each sentence into those of a text, with spans.

A quotation that stands alone after an attribution goes on with what was said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from claims.attribution.spans import Attribution, Kind, Span

from .phrases import Words
from .text import Sentence

EDGES = frozenset(",;:-–—.?!…")


@dataclass(slots=True)
class Found:
    """A possible attribution, in word numbers of its sentence.

    `speech` says that quotations alone may follow it, in later sentences.
    """

    content: list[Words]
    cue: Words
    speaker: Words | None
    rule: str
    score: float
    lemma: str = ""
    speech: bool = True
    via: Words | None = None
    negated: bool = False

    @property
    def end(self) -> int:
        """The word after everything that belongs to the attribution."""
        parts = [self.cue, *self.content, *([self.speaker] if self.speaker else [])]
        return max(part[1] for part in parts)


@dataclass(slots=True)
class Record:
    """An attribution with its sentence, and the quotations after it that go on."""

    attribution: Attribution
    sentence: Sentence
    found: Found
    further: list[Span] = field(default_factory=list)


def records_of(
    sentences: list[Sentence],
    attributions_in: Callable[[Sentence], list[Found]],
) -> list[Record]:
    """Return the attributions of a text in order, joined over its sentences."""
    records: list[Record] = []
    continued: Record | None = None
    paragraph = -1
    for s in sentences:
        if s.paragraph > paragraph + 1:
            continued = None
        alone = s.is_quotations_only()
        if s.paragraph != paragraph and not alone:
            continued = None
        paragraph = s.paragraph
        if alone and continued:
            continued.further += [Span(q.start, q.end) for q in s.quotations.values()]
            continue
        found = [_record(s, item) for item in attributions_in(s)]
        records += found
        continued = found[-1] if found and found[-1].found.speech else None
    for record in records:
        if record.further:
            record.attribution = _continued(record)
    return [record for record in records if record.attribution.content]


def _continued(record: Record) -> Attribution:
    """Return an attribution with the quotations after its sentence."""
    item = record.attribution
    kind: Kind = "direct" if not item.content else item.kind
    if item.content and kind == "indirect":
        kind = "mixed"
    content = item.content + tuple(record.further)
    return replace(item, content=content, kind=kind)


def _record(s: Sentence, item: Found) -> Record:
    """Return an attribution in spans, with its sentence."""
    parts = []
    quoted = plain = 0
    for words in item.content:
        first, last = without_marks(s, words)
        if first >= last:
            continue
        parts.append(Span(s.starts[first], s.ends[last - 1]))
        quotations = sum(at in s.quotations for at in range(first, last))
        quoted += quotations
        plain += any(word[0].isalnum() for word in s.words[first:last])
    kind: Kind = "indirect" if not quoted else "mixed" if plain else "direct"
    attribution = Attribution(
        tuple(sorted(parts)),
        _span(s, item.cue),
        _span(s, item.speaker) if item.speaker else None,
        kind,
        _span(s, item.via) if item.via else None,
        item.rule,
        item.score,
        item.negated,
    )
    return Record(attribution, s, item)


def without_marks(s: Sentence, words: Words) -> Words:
    """Return a range of words without the punctuation at its ends."""
    first, last = words
    while last > first and s.words[last - 1][0] in EDGES:
        last -= 1
    while first < last and s.words[first][0] in EDGES:
        first += 1
    return first, last


def _span(s: Sentence, words: Words) -> Span:
    """Return the place of a range of words in the text."""
    first, last = words
    return Span(s.starts[first], s.ends[last - 1])
