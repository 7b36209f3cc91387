"""Which attributions stay where several claim the same words, and where each ends."""

from __future__ import annotations

import itertools
import re

from .candidates import Candidate
from .name_words import is_outlet
from .phrases import FINITE
from .sentences import Sentence
from .words import word_set

RELAYING = word_set("report write say note quote cite add tell according")
# What may stand between a cue and the outlet that relays it.
GAP = re.compile(r"(?:[RYPDNXx#]|[Pt][DNX]+)*,\Z")
NEXT_QUOTATION = re.compile(r"[,;][cbas]?[RPYDNX]{0,4},?[Qq](?=,?[^Qq]*[VZ])")
# Rules whose content is no clause.
OBJECT_RULES = frozenset(["object", "preposition", "infinitive", "gerund"])
NOUN_RULES = frozenset(["noun by", "noun possessive", "noun light verb", "adjective"])


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
