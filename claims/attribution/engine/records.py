"""Turn the attributions of each sentence into those of a text, with spans.

A quotation that stands alone after an attribution goes on with what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from itertools import pairwise

from claims.attribution.spans import Attribution, Kind, Span

from .phrases import Words
from .tables import Language
from .text import Sentence

# A verb without subject goes with the speaker at most so many sentences before it.
SENTENCES_BETWEEN = 2
EDGES = frozenset(",;:-–—.?!…")


@dataclass(slots=True)
class Found:
    """A possible attribution, in word numbers of its sentence.

    `speech` says that quotations alone may follow it, in later sentences; `letters` are
    those of the cue in its table, `negated` says that the speaker does not hold them.
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
    # Who goes on as the subject of the sentence, where that is not the speaker.
    subject: Words | None = None
    # Whether words stand before the cue that may name a speaker, and may not.
    unexplained: bool = False
    # Whether the sentences after it, up to the end of the paragraph, belong to it.
    to_paragraph_end: bool = False
    letters: str = ""

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
    answer: Record | None = None
    paragraph = -1
    for s in sentences:
        if s.paragraph > paragraph + 1:
            continued = None
        alone = s.is_quotations_only()
        if answer and s.paragraph == answer.sentence.paragraph:
            answer.further.append(Span(s.starts[0], s.ends[-1]))
            continue
        answer = None
        if s.paragraph != paragraph and not alone:
            continued = None
        paragraph = s.paragraph
        if alone and continued:
            continued.further += [Span(q.start, q.end) for q in s.quotations.values()]
            continue
        found = [record_of(s, item) for item in attributions_in(s)]
        records += found
        answer = found[-1] if found and found[-1].found.to_paragraph_end else None
        continued = found[-1] if found and found[-1].found.speech else None
    for record in records:
        if record.further:
            record.attribution = _continued(record)
    return [record for record in records if record.attribution.content]


def _continued(record: Record) -> Attribution:
    """Return an attribution with the quotations after its sentence."""
    item = record.attribution
    kind: Kind = "direct" if not item.content else item.kind
    if record.found.to_paragraph_end:
        parts = [*item.content, *record.further]
        return replace(item, content=(Span(parts[0].start, parts[-1].end),))
    if item.content and kind == "indirect":
        kind = "mixed"
    content = item.content + tuple(record.further)
    return replace(item, content=content, kind=kind)


def record_of(s: Sentence, item: Found) -> Record:
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


def carry_speakers(
    text: str,
    sentences: list[Sentence],
    records: list[Record],
    language: Language,
    is_active: Callable[[Record], bool] = lambda _record: True,
) -> None:
    """Give verbs without a subject the speaker of the attribution before.

    “No”, dice Falco. “Mai”, aggiunge.: some languages leave "she" out.
    """
    numbers = {id(s): number for number, s in enumerate(sentences)}
    names = {
        language.lower(language.tables.bare(text[start:end]))
        for s in sentences
        for start, end in zip(s.starts[1:], s.ends[1:], strict=True)
        if text[start].isupper()
    }
    for before, record in pairwise(records):
        item, speaker = record.attribution, before.attribution.speaker
        if item.speaker or not speaker or not is_active(record):
            continue
        first, last = numbers[id(before.sentence)], numbers[id(record.sentence)]
        between = sentences[first + 1 : last]
        near = record.sentence.paragraph - before.sentence.paragraph < 2
        if not near or len(between) > SENTENCES_BETWEEN or not is_active(before):
            continue
        if not any(_speaks_of_somebody(text, s, language, names) for s in between):
            rule = f"carried {item.rule}"
            record.attribution = replace(item, speaker=speaker, rule=rule)


def _speaks_of_somebody(
    text: str, s: Sentence, language: Language, names: Collection[str]
) -> bool:
    """Return whether a sentence has a name, a title or a word for a body."""
    return (
        language.lower(language.tables.bare(text[s.starts[0] : s.ends[0]])) in names
        or any(text[start].isupper() for start in s.starts[1:])
        or any(
            language.has("titles", word) or language.has("organisations", word)
            for word in s.words
        )
    )


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
