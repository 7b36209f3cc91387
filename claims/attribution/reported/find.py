"""Find the attributions of a German, French or Spanish text."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found, Record, record_of, without_marks
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence, sentences_of
from claims.attribution.spans import Span

from . import german, romance
from .according import according_candidates
from .colon import introduced_by_colon
from .content import Reading
from .following import (
    GOES_ON,
    follows_in_subjunctive,
    of_previous_sentence,
    points_back,
    with_quotations,
)
from .hits import Hit
from .prefixes import turns_of, without_prefix
from .subjects import Subjects

JOINTS = frozenset(
    [
        "und",
        "et",
        "y",
        "e",
        "aunque",
        "mais",
        "aber",
        "doch",
        "pero",
        ",",
        ";",
        "en",
        "tout",
    ]
)


def find_records(text: str, language: Language) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions of a text with their sentences, and all sentences."""
    sentences = list(sentences_of(text, language))
    records: list[Record] = []
    last: Record | None = None
    previous: Sentence | None = None
    turns = turns_of(text, sentences, language)
    subjects = Subjects(text, language)
    for s in (without_prefix(text, sentence) for sentence in sentences):
        if s.paragraph in turns:
            last = previous = None
            continue
        near = previous is not None and s.paragraph == previous.paragraph
        if s.is_quotations_only() and last and (near or not last.attribution.content):
            if last.found.speech:
                last.further += [Span(q.start, q.end) for q in s.quotations.values()]
            previous = s
            continue
        found = [record_of(s, item) for item in attributions_in(text, s, language)]
        if not found and near and last and follows_in_subjunctive(s, last, language):
            last.further.append(_whole(s))
            last.found.rule = GOES_ON
            previous = s
            continue
        if (
            not found
            and near
            and previous
            and (last is None or last.sentence is not previous)
        ):
            back = points_back(text, s, language)
            found = [of_previous_sentence(previous, s, back)] if back else []
        subjects.take_in(s, found)
        records += found
        last = found[-1] if found else None
        previous = s
    records += [record for record in turns.values() if record]
    records = [with_quotations(record) for record in records]
    records = [record for record in records if record.attribution.content]
    records.sort(key=lambda r: (_place(r), r.attribution.content[0].start))
    return records, sentences


def _place(record: Record) -> int:
    """Return where the cue of an attribution begins."""
    cue = record.attribution.cue
    return cue.start if cue else 0


def _whole(s: Sentence) -> Span:
    """Return the place of a sentence without the stop at its end."""
    first, last = without_marks(s, (0, len(s.words)))
    return Span(s.starts[first], s.ends[max(first + 1, last) - 1])


def attributions_in(text: str, s: Sentence, language: Language) -> list[Found]:
    """Return the attributions of one sentence, none inside the content of another."""
    order = german if language.tables.verb_second else romance
    candidates = according_candidates(text, s, language)
    taken: list[Found] = []
    inherited: Words | None = None
    for hit in order.hits_in(text, s, language):
        item = _read(text, s, hit, language, taken, inherited)
        if item and _is_sound(item):
            taken = [other for other in taken if not _owns(item, other)]
            taken.append(item)
            inherited = item.speaker or inherited
    taken = [item for item in taken if not _relayed(item, candidates, s)]
    for item in candidates:
        if len(item.content) > 1 and any(_overlap(item, other) for other in taken):
            del item.content[1:]
        if not any(_overlap(item, other) for other in taken):
            taken.append(item)
    if not taken:
        introduced = introduced_by_colon(text, s, language)
        taken = [introduced] if introduced else []
    taken.sort(key=lambda item: item.cue)
    return taken


def _is_sound(item: Found) -> bool:
    """Return whether no content is empty, or overlaps its own cue."""
    begin, end = item.cue
    return all(
        first < last and (last <= begin or end <= first) for first, last in item.content
    )


def _relayed(item: Found, candidates: list[Found], s: Sentence) -> bool:
    """Return whether a verb stands in what a source relays: "Selon Holt, ..."."""
    if item.rule.startswith(("quotation before", "clause before")):
        return False
    return any(
        len(outer.content) == 1
        and outer.cue[1] <= outer.content[0][0] <= item.cue[0] < outer.content[0][1]
        and outer.content[0][1] == len(s.words)
        for outer in candidates
    )


def _read(
    text: str,
    s: Sentence,
    hit: Hit,
    language: Language,
    taken: list[Found],
    inherited: Words | None,
) -> Found | None:
    """Return the attribution of a verb that may stand beside those taken, or None."""
    floor, outer = _floor(hit, taken)
    reading = Reading(text, s, hit, language, floor, inherited)
    item = reading.read()
    if outer is None:
        return item
    if item and _cuts(s, outer, item, hit, joined=reading.joined):
        return item
    # "A says that B fell, said C" is C's.
    whole = Reading(text, s, hit, language, 0, inherited).read()
    if whole and whole.rule.startswith(("clause before", "quotation before")):
        return whole if whole.content[0][0] <= outer.cue[0] else None
    return None


def _owns(item: Found, other: Found) -> bool:
    """Return whether the cue of another attribution lies in words before a cue."""
    return item.rule.startswith(("clause before", "quotation before")) and any(
        first <= other.cue[0] < last for first, last in item.content
    )


def _floor(hit: Hit, taken: list[Found]) -> tuple[int, Found | None]:
    """Return where the words for a verb may begin, and whose content it lies in."""
    floor = 0
    for item in taken:
        for first, last in item.content:
            if first <= hit.words[0] < last:
                return first, item
        floor = max(floor, item.end if item.end <= hit.words[0] else 0)
    return floor, None


def _cuts(s: Sentence, outer: Found, item: Found, hit: Hit, *, joined: bool) -> bool:
    """Cut the content of an attribution where another verb takes over, if it does."""
    if joined:
        at = hit.lead - 1
        while at > 0 and s.words[at - 1] in JOINTS:
            at -= 1
    elif item.speaker and item.speaker[0] > 1:
        at = item.speaker[0] - 1
        if s.words[at] not in JOINTS or s.words[at - 1] != ",":
            return False
        at -= 1
    else:
        return False
    first, last = outer.content[-1]
    if not first < at < last:
        return False
    outer.content[-1] = (first, at)
    return True


def _overlap(item: Found, other: Found) -> bool:
    """Return whether one attribution lies in the words of another one."""
    inside = any(first <= item.cue[0] < last for first, last in other.content)
    return inside or any(first <= other.cue[0] < last for first, last in item.content)
