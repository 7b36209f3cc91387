"""Find the attributions in a text: who said what."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from claims.attribution.spans import Attribution, Kind, Span

from .candidates import Candidate
from .colons import clause_colon_candidate, colon_candidate
from .name_words import is_outlet
from .negation import is_negated
from .nominal import (
    according_candidates,
    adjective_candidates,
    noun_candidates,
)
from .phrases import FINITE
from .quoted import quoted_candidates
from .sentences import Sentence, WordRange, sentences_of
from .verbs import verb_candidate
from .words import word_set

CUE_VERB = re.compile(r"[VZGE]")
RELAYING = word_set("report write say note quote cite add tell according")
# What may stand between a cue and the outlet that relays it.
GAP = re.compile(r"(?:[RYPDNXx#]|[Pt][DNX]+)*,\Z")


# Rules whose content is no clause.
OBJECT_RULES = frozenset(["object", "preposition", "infinitive", "gerund"])
NOUN_RULES = frozenset(["noun by", "noun possessive", "noun light verb", "adjective"])


NEXT_QUOTATION = re.compile(r"[,;][cbas]?[RPYDNX]{0,4},?[Qq](?=,?[^Qq]*[VZ])")


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
    records: list[Record] = []
    sentences = list(sentences_of(text))
    continued: Record | None = None
    paragraph = -1
    for sentence in sentences:
        # A sentence of quotations alone goes on with what was said before it.
        alone = bool(sentence.quotations) and not sentence.tags.strip("Qq.,-")
        if sentence.paragraph != paragraph:
            if sentence.paragraph != paragraph + 1 or not alone:
                continued = None
            paragraph = sentence.paragraph
        if alone and continued:
            continued.further.extend(
                Span(q.start, q.end) for q in sentence.quotations.values()
            )
            continue
        found = _records_of(sentence)
        records.extend(found)
        continued = _continued_by_quotation(found)
    for record in records:
        if record.further:
            record.attribution = with_further_parts(
                record.attribution, tuple(record.further)
            )
    return [record for record in records if record.attribution.content], sentences


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
    candidates.extend(noun_candidates(s))
    candidates.extend(adjective_candidates(s))
    candidates.extend(according_candidates(s))
    colon = colon_candidate(s)
    colon = colon or clause_colon_candidate(s, candidates)
    if colon:
        candidates.append(colon)
    candidates.sort(key=lambda c: c.cue)
    return without_nested(s, candidates)


def without_nested(s: Sentence, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that do not lie in the content of another one."""
    taken: list[Candidate] = []
    candidates = _with_own_quotations(s, candidates, taken)
    owner = _opening_attribution(s, candidates)
    if owner:
        taken.append(owner)
        stop = max(owner.cue[1], owner.relay_end)
        candidates = [
            c
            for c in candidates
            if not c.content_first and c.cue[0] >= stop and not is_in_content(c, owner)
        ]
    for item in candidates:
        if taken and is_in_content(item, taken[-1]):
            previous = taken[-1]
            cut = content_end_before(s, previous, item)
            if cut is None:
                continue
            first, last = previous.content[-1]
            previous.content[-1] = (first, max(first, min(cut, last)))
        taken.append(item)
    return taken


def _with_own_quotations(
    s: Sentence, candidates: list[Candidate], taken: list[Candidate]
) -> list[Candidate]:
    """Move the speakers of quotations that others follow from candidates to taken.

    "“No,” Lee said, and “Yes,” Kim added": each has the quotation before the cue.
    """
    following = [c for c in candidates if c.content_first]
    for inner, last in itertools.pairwise(following):
        if inner.speaker is None or s.tags[inner.content[0][1] - 1] not in "Qq":
            continue
        end = max(inner.cue[1], inner.speaker[1])
        gap = NEXT_QUOTATION.match(s.tags, end)
        if not gap or gap.end() > min(last.cue[0], (last.speaker or last.cue)[0]):
            continue
        inner.content = inner.content[:1]
        taken.append(inner)
        first = gap.end() - 1
        last.content = [(max(p[0], first), p[1]) for p in last.content if p[1] > first]
        stop = end
        candidates = [c for c in candidates if c.cue[0] >= stop]
    return candidates


def _opening_attribution(s: Sentence, candidates: list[Candidate]) -> Candidate | None:
    """Return the attribution whose content begins the sentence, before its cue.

    The last cue that follows its words owns the sentence up to it, but for an outlet
    that only relays what another cue says.
    """
    following = [c for c in candidates if c.content_first]
    if not following:
        return None
    last = following.pop()
    for inner in following:
        if _only_relays(s, inner, last):
            inner.via = last.speaker
            inner.content = [p for p in inner.content if p[0] < inner.cue[0]]
            inner.relay_end = last.cue[1]
            return inner
    return _relayed(s, candidates, last) or last


def _only_relays(s: Sentence, inner: Candidate, last: Candidate) -> bool:
    """Return whether the last cue only passes on what the cue before it says."""
    if last.lemma not in RELAYING or not last.speaker or inner.speaker is None:
        return False
    if s.tags[last.speaker[0]] == "p":
        return False
    start = min(last.speaker[0], last.cue[0])
    end = max(inner.cue[1], inner.speaker[1])
    return end < start and bool(GAP.match(s.tags[end:start]))


def _relayed(
    s: Sentence, candidates: list[Candidate], last: Candidate
) -> Candidate | None:
    """Return who speaks in "Lee said that rents fell, Daily Post reported".

    That is the cue in front, if the last one only relays; else None.
    """
    if not last.speaker or s.tags[last.speaker[0]] == "p":
        return None
    outlet = " ".join(s.words[last.speaker[0] : last.speaker[1]])
    start = min(last.speaker[0], last.cue[0])
    if last.lemma != "report" and not is_outlet(outlet):
        return None
    if last.lemma not in RELAYING or s.tags[start - 1 : start] != ",":
        return None
    for inner in candidates:
        if _opens_sentence(s, inner, start):
            inner.via = last.speaker
            inner.relay_end = last.cue[1]
            first = inner.content[-1][0]
            inner.content[-1] = (first, max(first + 1, start - 1))
            return inner
    return None


def _opens_sentence(s: Sentence, inner: Candidate, end: int) -> bool:
    """Return whether a cue stands at the front, and its content reaches up to `end`."""
    return (
        inner.speech
        and not inner.content_first
        and inner.speaker is not None
        and inner.cue[1] < end
        and inner.content[-1][1] >= end - 1
        and s.tags[: inner.speaker[0]].strip("Rcb,PYDN") == ""
    )


def is_in_content(item: Candidate, other: Candidate) -> bool:
    """Return whether a cue lies in the content of another one."""
    return any(first <= item.cue[0] < last for first, last in other.content)


def content_end_before(s: Sentence, previous: Candidate, item: Candidate) -> int | None:
    """Return where the content of a cue ends because the next cue begins, or None."""
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


def _next_speaker(s: Sentence, previous: Candidate, item: Candidate) -> int | None:
    """Return where "Lee said yes, but Kim said no" turns to the second speaker."""
    tags = s.tags
    if not item.speaker or item.content_first:
        return None
    and_at = tags.rfind("c", *item.speaker)
    if previous.rule in OBJECT_RULES and and_at > previous.content[-1][0]:
        # "called it a farce and Vik said": not the farce and Vik
        item.speaker = (and_at + 1, item.speaker[1])
    at = item.speaker[0] - 1
    while at > 0 and tags[at] == "R":
        at -= 1
    first = previous.content[-1][0]
    if at <= first:
        return None
    turns = tags[at] == ";" or (tags[at] in "cbsa" and tags[at - 1] in ",;")
    if not turns and tags[at] in "ca" and item.rule not in NOUN_RULES:
        # "attacked Vik after Moe accused him": an object ends where a clause begins.
        turns = previous.rule in OBJECT_RULES or _second_says(s, previous, item, at)
    return at if turns else None


def _second_says(s: Sentence, previous: Candidate, item: Candidate, at: int) -> bool:
    """Return whether "and" turns to another: "Lee said rents fell and Kim said no"."""
    return (
        s.tags[at] == "c"
        and previous.rule in ("bare", "told bare")
        and previous.speech
        and item.speech
        and FINITE.search(s.tags, previous.content[-1][0], at) is not None
    )
