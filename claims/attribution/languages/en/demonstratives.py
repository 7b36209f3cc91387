"""“That”, “this” and “those” where no words before them tell what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

POINTING = re.compile(r"\b[Tt][Hh](?:is|at|ese|ose|IS|AT|ESE|OSE)\b")
# "That is wrong", "“This will not stand": at the front of a clause, before its verb
BEFORE_VERB = re.compile(
    r"['’](?:s|ll|d|re)\b"
    r"| (?:is|was|are|were|will|would|has|had|have|can|could|may|might|must|should"
    r"|does|did|do|means|meant|makes|made|shows|showed|comes|came|goes|went|happens"
    r"|happened|isn['’]t|wasn['’]t|doesn['’]t|didn['’]t|won['’]t)\b",
    re.IGNORECASE,
)
CLAUSE_FRONT = re.compile(
    r"(?:\A|[.?!:;,“\"‘(]\s*|\b(?:and|but|that|because|if|said|says|say) )\Z",
    re.IGNORECASE,
)
# "a plan “that is new”", but "said “that is wrong”"
OF_A_NOUN = re.compile(r"\b(?:an?|the|no|any) (?:\w+ )?\w+ [“\"‘]\Z")
# "Rents fell by half. That is new.": the sentence before tells what is meant.
SENTENCE_END = re.compile(
    r"(?<![\w’'-])(?:[\w’'-]+[ ,]+){2,}[\w’'-]+[.?!…][”\"]? [“\"]?(?:\w|\Z)"
)
# "We are far from that.", "Holt believes this."
AT_END = re.compile(r"[.,;!?”\"’]|\Z")
BEFORE_END = re.compile(
    r"\b(?:(from|of|about|to|with|for|on|at|by|like)|do|does|did|done|say|said|believe"
    r"|believes|know|knows|think|see|want|wants|deny|denied|confirmed|rejected|denies"
    r"|doubts|disputed|confirm) \Z",
    re.IGNORECASE,
)
# No word of these patterns that goes before is longer, with the blank after it.
LONGEST_BEFORE = 10
# "those days", "these prisoners", but "those who" and "those at the harbour"
THOSE_WITH_NOUN = re.compile(
    r"th(?:ese|ose) (?!days\b(?! (?:when|of))(?<=these days)|two\b|who\b|in\b|at\b"
    r"|on\b|of\b|with\b|from\b|whose\b|that\b|\w+ed\b|\w+ing\b)"
    r"(?:[\w-]+ )?[\w-]+s\b(?! (?:who|that|which|whom|whose|where|when|of|with|\w+ing"
    r"|\w+ed)\b)",
    re.IGNORECASE,
)
# "ten letters, that were sent": a relative clause
PLURAL = (" are", " were", " have", " do")


def demonstratives(wording: str) -> Iterator[tuple[int, str]]:
    """Yield "that", "this" and "those" where no words before them tell what is meant.

    >>> list(demonstratives("Nobody has agreed to that. Those boats are old."))
    [(21, 'that')]
    """
    for match in POINTING.finditer(wording):
        at, end = match.span()
        if (
            _opens_clause(wording, at, end)
            or _ends_clause(wording, at, end)
            or THOSE_WITH_NOUN.match(wording, at)
        ) and not SENTENCE_END.search(wording, 0, at):
            yield at, match.group()


def _opens_clause(wording: str, at: int, end: int) -> bool:
    """Return whether a pointing word is the subject of a clause: "That is wrong"."""
    if wording[at:end] == "that" and OF_A_NOUN.search(wording, 0, at):
        return False
    verb = BEFORE_VERB.match(wording, end)
    if not verb or (
        wording[at:end].lower() == "that" and verb.group().endswith(PLURAL)
    ):
        return False
    return bool(CLAUSE_FRONT.search(wording, max(0, at - LONGEST_BEFORE), at))


def _ends_clause(wording: str, at: int, end: int) -> bool:
    """Return whether a pointing word ends a clause: "far from that", "said this"."""
    if not AT_END.match(wording, end):
        return False
    before = BEFORE_END.search(wording, max(0, at - LONGEST_BEFORE), at)
    return before is not None and (
        before[1] is not None or wording[end : end + 1] != ","
    )
