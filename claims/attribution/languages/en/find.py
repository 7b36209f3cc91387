"""Find the attributions in a text: who said what."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field, replace

from claims.attribution.spans import Attribution, Kind, Span

from .candidates import Candidate
from .colons import clause_colon_candidate, colon_candidate, signed_candidate
from .negation import is_negated
from .nesting import is_in_content, without_nested
from .nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
    poll_candidates,
    reportedly_candidates,
)
from .quoted import as_reported_candidate, quoted_candidates
from .sentences import Sentence, WordRange, sentences_of
from .transcripts import Turn, is_question, turns_of
from .verbs import verb_candidate

CUE_VERB = re.compile(r"[VZGE]")


@dataclass(slots=True)
class Record:
    """An attribution with the sentence it was found in.

    `further` holds the quotations of later sentences that belong to it.
    """

    attribution: Attribution
    sentence: Sentence
    found: Candidate
    further: list[Span] = field(default_factory=list)


def find_attributions(text: str) -> list[Attribution]:
    """Return every attribution of a text, in the order of the text.

    >>> text = "The mayor said the bridge was safe."
    >>> found = find_attributions(text)[0]
    >>> found.speaker.of(text), found.cue.of(text), found.words(text)
    ('The mayor', 'said', 'the bridge was safe')
    """
    return [record.attribution for record in find_records(text)[0]]


def find_records(text: str) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions with their sentences, and all sentences of the text."""
    sentences = list(sentences_of(text))
    turns = turns_of(text)
    records = _records_of_turns(text, turns, sentences) if turns else []
    spoken = [(turn.label.start, turn.parts[-1].end) for turn in turns]
    records += _records_of_prose(_outside(sentences, spoken) if spoken else sentences)
    if turns:
        records.sort(key=lambda record: record.attribution.content[0].start)
    return records, sentences


def _outside(
    sentences: list[Sentence], spoken: list[tuple[int, int]]
) -> list[Sentence]:
    """Return the sentences that no turn of a transcript holds."""
    kept = []
    at = 0
    for sentence in sentences:
        while at < len(spoken) and spoken[at][1] <= sentence.starts[0]:
            at += 1
        if at == len(spoken) or sentence.ends[-1] <= spoken[at][0]:
            kept.append(sentence)
    return kept


def _records_of_turns(
    text: str, turns: list[Turn], sentences: list[Sentence]
) -> list[Record]:
    """Return the attributions of a transcript: who speaks, and the turn."""
    records = []
    starts = [sentence.starts[0] for sentence in sentences]
    for turn in turns:
        if is_question(text, turn):
            continue
        at = max(0, bisect.bisect_right(starts, turn.parts[0].start) - 1)
        found = Candidate([], (0, 0), None, "turn", 0.9, 0, lemma=":")
        item = Attribution(
            turn.parts, None, turn.label, "direct", None, found.rule, found.score
        )
        records.append(Record(item, sentences[at], found))
    return records


def _records_of_prose(sentences: list[Sentence]) -> list[Record]:
    """Return the attributions of sentences, with quotations over several of them."""
    records: list[Record] = []
    continued: Record | None = None
    opened: list[Span] = []
    paragraph = -1
    for sentence in sentences:
        # A sentence of quotations alone goes on with what was said before it.
        alone = bool(sentence.quotations) and not sentence.tags.strip("Qq.,-")
        if sentence.paragraph != paragraph:
            if sentence.paragraph != paragraph + 1 or not alone:
                continued = None
            if sentence.paragraph != paragraph + 1:
                opened = []
            paragraph = sentence.paragraph
        quotations = list(sentence.quotations.values())
        if alone and continued:
            continued.further.extend(Span(q.start, q.end) for q in quotations)
            continue
        if alone and not quotations[-1].closed:
            # The paragraph goes on in the next one: who speaks may stand there.
            opened.extend(Span(q.start, q.end) for q in quotations)
            continue
        found = _records_of(sentence)
        if continued and not found and _goes_on_quoting(continued, sentence):
            continued.further.append(Span(sentence.starts[0], sentence.ends[-1]))
            continued.attribution = replace(continued.attribution, kind="mixed")
            opened = []
            continue
        if opened and found:
            _begin_with(found[0], opened)
        opened = []
        records.extend(found)
        continued = _continued_by_quotation(found)
    for record in records:
        if record.further:
            record.attribution = with_further_parts(
                record.attribution, tuple(record.further)
            )
    return [record for record in records if record.attribution.content]


def _goes_on_quoting(record: Record, s: Sentence) -> bool:
    """Return whether a sentence mostly quotes on what was said just before it.

    "“It is too late,” Holt said. Now “we need a plan.”"
    """
    quoted = sum(q.end - q.start for q in s.quotations.values())
    return (
        record.sentence.paragraph == s.paragraph
        and record.attribution.kind != "indirect"
        and 2 * quoted > s.ends[-1] - s.starts[0]
    )


def _begin_with(record: Record, opened: list[Span]) -> None:
    """Put the paragraphs of a quotation before its last one into its content."""
    item = record.attribution
    first = record.sentence.quotations.get(0)
    if first and item.content and item.content[0].start == first.start:
        record.attribution = replace(item, content=(*opened, *item.content))


def _records_of(sentence: Sentence) -> list[Record]:
    """Return the attributions of one sentence; a cue may still wait for its content."""
    found = []
    for item in attributions_in(sentence):
        made = as_attribution(sentence, item)
        if made.content or not item.content:
            found.append(Record(made, sentence, item))
    return found


def _continued_by_quotation(records: list[Record]) -> Record | None:
    """Return the attribution of a sentence that a quotation after it continues."""
    continued = None
    for record in records:
        if record.found.speech:
            continued = record
        elif not record.found.rule.startswith("inherited"):
            continued = None
        if record.found.content_first and record.attribution.kind != "indirect":
            # A quotation before its cue goes on, whoever else is mentioned.
            break
    return continued


def with_further_parts(item: Attribution, parts: tuple[Span, ...]) -> Attribution:
    """Return an attribution with further quotations in its content."""
    kind: Kind = "mixed" if item.content and item.kind == "indirect" else item.kind
    if not item.content:
        kind = "direct"
    return replace(item, content=item.content + parts, kind=kind)


def as_attribution(s: Sentence, item: Candidate) -> Attribution:
    """Return a candidate as spans of the text, without punctuation around them."""
    parts = []
    quoted = plain = 0
    for words in item.content:
        first, last = _without_punctuation(s, words)
        if first >= last:
            continue
        parts.append(Span(s.starts[first], s.ends[last - 1]))
        tags = s.tags[first:last]
        quoted += tags.count("Q") + tags.count("q")
        plain += bool(tags.strip("Qq,.;:-"))
    return Attribution(
        tuple(parts),
        _span(s, item.cue),
        _span(s, item.speaker) if item.speaker else None,
        "indirect" if not quoted else "mixed" if plain else "direct",
        _span(s, item.via) if item.via else None,
        item.rule,
        item.score,
        is_negated(s, item),
    )


def _without_punctuation(s: Sentence, words: WordRange) -> WordRange:
    """Return a range without the marks at its ends; "Inc." keeps its full stop."""
    first, last = words
    tags = s.tags
    while last > first and (
        tags[last - 1] in ",;:-?!"
        or (tags[last - 1] == ")" and "(" not in tags[first:last])
        or (tags[last - 1] == "." and len(s.words[last - 1]) == 1)
    ):
        last -= 1
    while first < last and tags[first] in ".,;:-":
        first += 1
    return first, last


def _span(s: Sentence, words: WordRange) -> Span:
    """Return the place of a cue or speaker in the text."""
    first, last = words
    while last - 1 > first and s.tags[last - 1] in ",-;:":
        last -= 1
    return Span(s.starts[first], s.ends[last - 1])


def attributions_in(s: Sentence) -> list[Candidate]:
    """Return the attributions of one sentence."""
    candidates: list[Candidate] = []
    subject = outer = None
    for match in CUE_VERB.finditer(s.tags):
        item = verb_candidate(s, match.start(), subject)
        if item:
            if item.content_first or not (outer and is_in_content(item, outer)):
                subject = item.speaker or subject
                outer = item
            candidates.append(item)
    quoted = list(quoted_candidates(s))
    if quoted:
        # "quoted" and "saying" are one cue here.
        candidates = [
            c
            for c in candidates
            if all(c.cue[1] <= q.zone or c.cue[0] >= q.cue[1] for q in quoted)
        ]
        candidates.extend(quoted)
    reported = as_reported_candidate(s)
    if reported:
        candidates.append(reported)
    candidates.extend(noun_candidates(s))
    candidates.extend(adjective_candidates(s))
    candidates.extend(according_candidates(s))
    if not candidates:
        candidates.extend(poll_candidates(s))
    candidates.extend(reportedly_candidates(s))
    colon = colon_candidate(s)
    colon = colon or signed_candidate(s) or clause_colon_candidate(s, candidates)
    if colon:
        candidates.append(colon)
    candidates.sort(key=lambda c: c.cue)
    return without_nested(s, candidates)
