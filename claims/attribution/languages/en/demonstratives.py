"""“That”, “this” and “those” where no words before them tell what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

POINTING = re.compile(r"\bth(?:is|at|ese|ose)\b", re.IGNORECASE)
# "That is wrong", "“This will not stand": at the front of a clause, before its verb
DEMONSTRATIVE = re.compile(
    r"(?:\A|[.?!:;,“\"‘(]\s*|\b(?:and|but|that|because|if|said|says|say) )"
    r"(th(?:is|at|ese|ose))(?:['’](?:s|ll|d|re)\b"
    r"| (?:is|was|are|were|will|would|has|had|have|can|could|may|might|must|should"
    r"|does|did|do|means|meant|makes|made|shows|showed|comes|came|goes|went|happens"
    r"|happened|isn['’]t|wasn['’]t|doesn['’]t|didn['’]t|won['’]t)\b)",
    re.IGNORECASE,
)
# "Rents fell by half. That is new.": the sentence before tells what is meant.
SENTENCE_END = re.compile(r"(?:[\w’'-]+[ ,]+){2,}[\w’'-]+[.?!…][”\"]? [“\"]?(?:\w|\Z)")
# "We are far from that.", "Holt believes this."
THAT_AT_END = re.compile(
    r"\b(?:(?:from|of|about|to|with|for|on|at|by|like) (th(?:at|is|ese|ose))"
    r"(?=[.,;!?”\"’]|\Z)|(?:do|does|did|done|say|said|believe|believes|know|knows"
    r"|think|see|want|wants|deny|denied|confirmed|rejected|denies|doubts|disputed|confirm)"
    r" (th(?:at|is|ese|ose))(?=[.;!?”\"’]|\Z))",
    re.IGNORECASE,
)
# "those days", "these prisoners", but "those who" and "those at the harbour"
THOSE_WITH_NOUN = re.compile(
    r"\b(th(?:ese|ose)) (?!days\b(?! (?:when|of))(?<=these days)|two\b|who\b|in\b|at\b"
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
    if not POINTING.search(wording):
        return
    for pattern in (DEMONSTRATIVE, THAT_AT_END, THOSE_WITH_NOUN):
        for match in pattern.finditer(wording):
            number = match.lastindex or 1
            word, at = match.group(number), match.start(number)
            if pattern is DEMONSTRATIVE and (
                word.lower() == "that" and match.group().endswith(PLURAL)
            ):
                continue
            if not SENTENCE_END.search(wording, 0, at):
                yield at, word
