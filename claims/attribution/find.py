"""Find who said what in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .candidates import Found
from .names import is_outlet
from .nominal import (
    according_candidates,
    adjective_candidates,
    colon_candidate,
    noun_candidates,
)
from .sentences import Sentence, sentences_of
from .spans import Attribution, Span
from .verbs import verb_candidate
from .words import listed

CANDIDATE = re.compile(r"[VZGE]")
RELAYING = listed("report write say note quote cite add tell according")
# What may stand between a cue and the outlet that relays it.
GAP = re.compile(r"(?:[RYPDNXx#]|[Pt][DNX]+)*,\Z")


@dataclass(slots=True)
class Record:
    """An attribution with the sentence it was found in."""

    attribution: Attribution
    sentence: Sentence
    found: Found
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
    records: list[Record] = []
    sentences = list(sentences_of(text))
    # The attribution that a quotation standing alone continues.
    open_at = -1
    # A cue at the end of a sentence that waits for its quotation.
    paragraph = -1
    for sentence in sentences:
        quotations = sentence.quotations
        alone = bool(quotations) and not sentence.tags.strip("Qq.,-")
        if sentence.paragraph != paragraph:
            if sentence.paragraph != paragraph + 1 or not alone:
                open_at = -1
            paragraph = sentence.paragraph
        if alone and open_at >= 0:
            records[open_at].further.extend(
                Span(q.start, q.end) for q in quotations.values()
            )
            continue
        open_at = -1
        closed = False
        for item in attributions_in(sentence):
            made = as_attribution(text, sentence, item)
            if made.content or not item.content:
                records.append(Record(made, sentence, item))
                if closed:
                    continue
                if item.speech:
                    open_at = len(records) - 1
                elif not item.rule.startswith("inherited"):
                    open_at = -1
                # A quotation before its cue goes on, whoever else is mentioned.
                closed = item.left and made.kind != "indirect"
    for record in records:
        if record.further:
            record.attribution = extended(record.attribution, tuple(record.further))
    return [record for record in records if record.attribution.content], sentences


def extended(item: Attribution, parts: tuple[Span, ...]) -> Attribution:
    """Return an attribution with further quotations in its content."""
    kind = "mixed" if item.content and item.kind == "indirect" else item.kind
    if not item.content:
        kind = "direct"
    return replace(item, content=item.content + parts, kind=kind)


def as_attribution(text: str, s: Sentence, item: Found) -> Attribution:
    """Return a candidate as stretches of the text, without punctuation around them."""
    parts = []
    quoted = plain = 0
    for first, last in item.content:
        while last > first and (
            s.tags[last - 1] in ",;:-?!"
            or (s.tags[last - 1] == ")" and "(" not in s.tags[first:last])
            or (s.tags[last - 1] == "." and len(s.words[last - 1]) == 1)
        ):
            last -= 1
        while first < last and s.tags[first] in ".,;:-":
            first += 1
        if first >= last:
            continue
        parts.append(Span(s.starts[first], s.ends[last - 1]))
        inside = s.tags[first:last]
        quoted += inside.count("Q") + inside.count("q")
        plain += bool(inside.strip("Qq,.;:-"))
    return Attribution(
        tuple(parts),
        _span(s, item.cue),
        _span(s, item.speaker) if item.speaker else None,
        "indirect" if not quoted else "mixed" if plain else "direct",
        _span(s, item.via) if item.via else None,
        item.rule,
        item.score,
    )


def _span(s: Sentence, words: tuple[int, int]) -> Span:
    first, last = words
    while last - 1 > first and s.tags[last - 1] in ",-;:":
        last -= 1
    return Span(s.starts[first], s.ends[last - 1])


def attributions_in(s: Sentence) -> list[Found]:
    """Return the attributions of one sentence."""
    reverse = s.tags[::-1]
    candidates: list[Found] = []
    subject = outer = None
    for match in CANDIDATE.finditer(s.tags):
        item = verb_candidate(s, reverse, match.start(), subject)
        if item:
            if not (outer and inside(item, outer)):
                subject = item.speaker or subject
                outer = item
            candidates.append(item)
    candidates.extend(noun_candidates(s, reverse))
    candidates.extend(adjective_candidates(s, reverse))
    candidates.extend(according_candidates(s))
    colon = colon_candidate(s)
    if colon:
        candidates.append(colon)
    candidates.sort(key=lambda c: c.cue)
    return choose(s, candidates)


def choose(s: Sentence, candidates: list[Found]) -> list[Found]:
    """Return the candidates that do not lie in the words of another one."""
    taken: list[Found] = []
    left = [c for c in candidates if c.left]
    if left:
        # The last cue that follows its words owns the sentence up to it.
        owner = left[-1]
        for inner in left[:-1]:
            if relays(s, inner, owner):
                inner.via = owner.speaker
                inner.content = [p for p in inner.content if p[0] < inner.cue[0]]
                inner.relay_end = owner.cue[1]
                owner = inner
                break
        if not owner.via:
            owner = relayed(s, candidates, owner)
        stop = max(owner.cue[1], owner.relay_end)
        taken.append(owner)
        candidates = [
            c
            for c in candidates
            if not c.left and c.cue[0] >= stop and not inside(c, owner)
        ]
    for item in candidates:
        if taken and inside(item, taken[-1]):
            previous = taken[-1]
            cut = split_at(s, previous, item)
            if cut is None:
                continue
            first, last = previous.content[-1]
            previous.content[-1] = (first, max(first, min(cut, last)))
        taken.append(item)
    return taken


def relays(s: Sentence, inner: Found, owner: Found) -> bool:
    """Return whether the last cue only passes on what the cue before it says."""
    if owner.lemma not in RELAYING or not owner.speaker or inner.speaker is None:
        return False
    if s.tags[owner.speaker[0]] == "p":
        return False
    start = min(owner.speaker[0], owner.cue[0])
    end = max(inner.cue[1], inner.speaker[1])
    return end < start and bool(GAP.match(s.tags[end:start]))


def relayed(s: Sentence, candidates: list[Found], owner: Found) -> Found:
    """Return who speaks in "Lee said that rents fell, Daily Post reported".

    That is the cue in front, if the last one only relays; else the last one.
    """
    if not owner.speaker or s.tags[owner.speaker[0]] == "p":
        return owner
    outlet = " ".join(s.words[owner.speaker[0] : owner.speaker[1]])
    start = min(owner.speaker[0], owner.cue[0])
    if owner.lemma != "report" and not is_outlet(outlet):
        return owner
    if owner.lemma not in RELAYING or s.tags[start - 1 : start] != ",":
        return owner
    for inner in candidates:
        if (
            inner.speech
            and not inner.left
            and inner.speaker
            and inner.cue[1] < start
            and inner.content[-1][1] >= start - 1
            and s.tags[: inner.speaker[0]].strip("Rcb,PYDN") == ""
        ):
            inner.via = owner.speaker
            inner.relay_end = owner.cue[1]
            first = inner.content[-1][0]
            inner.content[-1] = (first, max(first + 1, start - 1))
            return inner
    return owner


def inside(item: Found, other: Found) -> bool:
    """Return whether a cue lies in the words of another one."""
    return any(first <= item.cue[0] < last for first, last in other.content)


def split_at(s: Sentence, previous: Found, item: Found) -> int | None:
    """Return where the words of a cue end because the next cue begins, or None."""
    tags = s.tags
    zone = item.zone
    first = previous.content[-1][0]
    if item.speaker and item.speaker[0] < previous.cue[0] < item.speaker[1]:
        # "Lee, who says it works, added ...": the first words end at the comma.
        item.speaker = (item.speaker[0], max(item.speaker[0] + 1, previous.cue[0] - 1))
        return item.cue[0] - 1
    if not item.rule.startswith("inherited"):
        return _next_speaker(s, previous, item)
    if zone <= first + 1:
        return None
    return zone if tags[zone] in "cb" or tags[zone - 1] in ",Qq" else None


def _next_speaker(s: Sentence, previous: Found, item: Found) -> int | None:
    """Return where "Lee said yes, but Kim said no" turns to the second speaker."""
    tags = s.tags
    if not item.speaker or item.left:
        return None
    at = item.speaker[0] - 1
    while at > 0 and tags[at] == "R":
        at -= 1
    first = previous.content[-1][0]
    if at <= first + 1:
        return None
    turns = tags[at] == ";" or (tags[at] in "cbsa" and tags[at - 1] in ",;")
    return at if turns else None
