"""Clauses that cannot stand alone: what in them belongs to the sentence around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .sentences import CLASSES

NO_SUBJECT = re.compile(
    r"(?:with|about|over|against|on|for|of|from|into|still|also|even|again)\b",
    re.IGNORECASE,
)
GERUND = re.compile(
    r"\A(?:by|after|before|without|while|in|for) \w+ing\b", re.IGNORECASE
)
SECOND_CUE = re.compile(
    r"\b(?:and|but) that [“\"'‘]{0,2}\w+"
    r"|\b(?:and|but|while|,) \w+ing (?:that|how|why|it)\b"
)
# What may be its speaker's act, or the author's own remark
OWN_ASIDE = re.compile(
    r", (?!(?:includ|accord|regard|concern|consider|depend|start|beginn|dur|be|exclud"
    r"|noth|everyth|someth|anyth|morn|even)ing\b)[a-z]+ing\b"
    r"|(?:--?|[—–]) ?(?:but|and|yet|though)\b"
    r"|, while\b|, an? (?:[\w-]+ ){0,2}(?:result|message|sign|reference|nod|move|signal"
    r"|reminder|departure|contrast|claim|charge|line|echo|jab|dig|shot|swipe|shift"
    r"|reversal|warning)\b"
)
# "said that it moved on Friday's broadcast of": where it was said
VENUE = re.compile(
    r"\b(?:on|during|in) (?:[\w.’' ]{0,30}[’']s?|an?|the) (?:[\w-]+ )?"
    r"(?:broadcast|episode|edition|show|program|programme|interview|podcast|newscast)\b"
)
# "in a poll, conducted in May, Holt led": its noun stands elsewhere
OPENING_PARTICIPLE = re.compile(
    r"\A(?:\w+ed|taken|done|made|held|led) (?:in|by|from|on|between|for|at) [^,]+, "
)
NOT_ALONE = (GERUND, SECOND_CUE, OWN_ASIDE, VENUE, OPENING_PARTICIPLE)


def needs_its_sentence(clause: str) -> bool:
    """Return whether a reported clause would say something else if it stood alone.

    >>> needs_its_sentence("rents fell, citing her own figures")
    True
    >>> needs_its_sentence("rents had fallen")
    False
    """
    if NO_SUBJECT.match(clause) and "," not in clause:
        # "argued with the host on how", "still ranks"
        return True
    return any(pattern.search(clause) for pattern in NOT_ALONE)


def adds_a_remark(parts: Sequence[str]) -> bool:
    """Return whether the last part of what was said is a noun phrase of the author's.

    >>> adds_a_remark(("Rents fell", "a sad story"))
    True
    >>> adds_a_remark(("If rents fall", "we stay"))
    False
    """
    first = parts[-1].strip().split(" ")[0].lower()
    return len(parts) > 1 and CLASSES.get(first, "") in ("D", "#")
