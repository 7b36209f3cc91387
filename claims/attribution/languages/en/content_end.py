"""Where content that follows its cue ends: before a clause of the author's own."""

from __future__ import annotations

import re
from typing import NamedTuple

from .candidates import Candidate, VerbCue
from .sentences import Sentence

COORDINATED = re.compile(r",[cb]R*[vVe]")
MAIN_CLAUSE = re.compile(r",R*(?:[pDX#]|N)[NXx#JegPDfR]{0,10}R*[vVBHMde]")
MAIN_VERB = re.compile(r",R*[vVBHMde]")
TIMES = frozenset(["day", "week", "month", "year", "night", "time", "moment"])
ASIDES = frozenset(["a", "an", "compared"])


class Stretch(NamedTuple):
    """What a rule takes for the content, with the next clause still to be cut off."""

    start: int
    end: int
    rule: str
    score: float


def cut_at_next_clause(s: Sentence, verb: VerbCue, found: Stretch) -> Candidate | None:
    """Return the attribution whose content ends where another clause begins."""
    start, end, rule, score = found
    if verb.inherited:
        # A speaker taken from the clause before is the less certain one.
        rule, score = "inherited " + rule, round(score - 0.15, 2)
        if verb.words[0] == 0 and end == len(s.tags):
            # "Noting rents fell, | Lee left"
            end = _before_main_clause(s.tags, start)
    elif end == len(s.tags):
        aside = _end_of_aside(s, verb, start)
        if aside:
            end = aside
        elif _is_fronted(s, verb.zone):
            end = _before_main_clause(s.tags, start)
        else:
            # "said rents fell, and left the room"
            more = COORDINATED.search(s.tags, start + 2)
            end = more.start() if more else end
            end = _before_aside(s, start, end)
    return verb.candidate([(start, end)], rule, score) if end > start else None


def _is_fronted(s: Sentence, zone: int) -> bool:
    """Return whether a cue stands in a clause of time: "the day that Lee said no,"."""
    if zone < 1:
        return False
    of_time = s.tags[zone - 1] == "T" and s.words[zone - 2] in TIMES
    return of_time or s.tags[zone - 1] in "as"


def _before_aside(s: Sentence, start: int, end: int) -> int:
    """Return where a clause ends before a long last aside of the author's own.

    "said the pier was safe, | a view that nobody in the harbour shares"
    """
    comma = s.tags.rfind(",", start, end)
    if comma - start <= 3 or end - comma <= comma - start:
        return end
    aside = s.words[comma + 1] in ASIDES or s.tags[comma + 1] == "w"
    return comma if aside else end


def _end_of_aside(s: Sentence, verb: VerbCue, start: int) -> int:
    """Return where ", who says rents fell," ends before the main verb, or 0."""
    first = verb.speaker[0] if verb.speaker else 0
    if first < 1 or s.tags[first] != "w" or s.tags[first - 1] != ",":
        return 0
    rest = MAIN_VERB.search(s.tags, start)
    return rest.start() if rest else 0


def _before_main_clause(tags: str, start: int) -> int:
    """Return where the main clause begins: "While she said no, | others left"."""
    comma = tags.find(",", start)
    while comma > 0 and not MAIN_CLAUSE.match(tags, comma):
        comma = tags.find(",", comma + 1)
    return comma if comma > 0 else len(tags)
