"""Quotation marks of German, French and Spanish, with incises and dialogue dashes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from claims.attribution.quotes import Quotation

GERMAN = {"„": '“”"', "»": "«", "«": "»", "“": "”", '"': '"“”', "‚": "‘", "›": "‹"}
ROMANCE = {"«": "»", "“": "”", '"': '"”', "„": "”“", "‹": "›"}
MARK = re.compile(r"[„“”\"»«‚‘›‹]")
DIALOGUE = re.compile(r"[—–]\s?")
# "..., a réagi le préfet. ...": the verb, and its subject up to the next stop.
FRENCH_INCISE = re.compile(
    r",\s(?:lui\s|leur\s|nous\s|se\s|s['’])?"
    r"(?:(?:a|ont|avait|avaient|est)(?:-t)?(?:-(?:ils?|elles?|on))?\s(?:\w+ment\s|aussi\s"
    r"|encore\s|ensuite\s|également\s)?)?(\w+)(?:-t)?(?:-(?:ils?|elles?|on)\b|\s(?=\w))"
    r"[^,.;:!?«»]{0,80}(?:,\s[^,.;:!?«»]{0,60})??[,.]"
)
SPANISH_INCISE = re.compile(
    r"\s?[—–]\s?(?:(?:le|les|nos|se)\s)?(?:(?:ha|han|había)\s)?(\w+)\b[^—–»”\"]{0,120}"
    r"(?:[—–][.,;]?|(?=\Z))"
)
Finder = Callable[[str, int, int, bool], list[Quotation]]


def finder(
    pairs: Mapping[str, str],
    verbs: frozenset[str] = frozenset(),
    incise: re.Pattern[str] | None = None,
) -> Finder:
    """Return what finds the quotations of a paragraph by pairs of marks.

    `verbs` are the forms by which an incise inside a quotation is known.
    """

    def find(text: str, start: int, end: int, running: bool = False) -> list[Quotation]:
        found = _dialogue(text, start, end, verbs) if incise is SPANISH_INCISE else []
        found = found or _by_marks(text, start, end, running, pairs)
        found = _without_incises(text, found, verbs, incise) if incise else found
        return [q for q in found if any(c.isalnum() for c in text[q.start : q.end])]

    return find


def _by_marks(
    text: str, start: int, end: int, running: bool, pairs: Mapping[str, str]
) -> list[Quotation]:
    """Return the quotations between pairs of marks; the last may be left open."""
    found: list[Quotation] = []
    opened = -1
    closers = ""
    for match in MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if opened >= 0:
            if mark in closers and at > opened + 1:
                found.append(_quotation(text, opened, at + 1, True))
                opened = -1
        elif mark in pairs and _may_open(text, at, start, end):
            opened, closers = at, pairs[mark]
        elif running and not found:
            found.append(_quotation(text, start, at + 1, True))
    if opened >= 0:
        last = opened + len(text[opened:end].rstrip())
        if last > opened + 1:
            found.append(_quotation(text, opened, last, False))
    return found


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    """Return whether a mark may begin a quotation: not at the end of a word."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in "„«»›‹" and not before.isalnum():
        return text[at] in "„«" or not after.isspace()
    return not before.isalnum() and not after.isspace() and before not in ".,!?"


def _quotation(text: str, start: int, end: int, closed: bool) -> Quotation:
    """Return a quotation without blanks at its ends, and whether it has a capital."""
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    first = next((c for c in text[start:end] if c.isalnum()), "")
    return Quotation(start, end, closed, first.isupper())


def _dialogue(
    text: str, start: int, end: int, verbs: frozenset[str]
) -> list[Quotation]:
    """Return the spoken words of a Spanish paragraph that begins with a dash."""
    dash = DIALOGUE.match(text, start, end)
    if not dash:
        return []
    return _without_incises(
        text,
        [_quotation(text, dash.end(), end, True)] if dash.end() < end else [],
        verbs,
        SPANISH_INCISE,
    )


def _without_incises(
    text: str,
    found: list[Quotation],
    verbs: frozenset[str],
    incise: re.Pattern[str],
) -> list[Quotation]:
    """Return quotations cut where a verb of saying interrupts them."""
    cut: list[Quotation] = []
    for quotation in found:
        start = quotation.start
        for match in incise.finditer(text, start, quotation.end):
            if match.group(1).lower() not in verbs or match.start() <= start + 1:
                continue
            cut.append(_quotation(text, start, match.start(), True))
            start = match.end()
            if text[start - 1 : start] in ",." and incise is FRENCH_INCISE:
                start -= 1
            while start < quotation.end and text[start] in " \u00a0,.;":
                start += 1
        if start < quotation.end and any(
            c.isalnum() for c in text[start : quotation.end]
        ):
            cut.append(_quotation(text, start, quotation.end, quotation.closed))
        elif start == quotation.start:
            cut.append(quotation)
    return cut


def forms_of(table: str) -> frozenset[str]:
    """Return the forms in a table of verbs, without stars."""
    return frozenset(
        form.rstrip("*")
        for line in table.splitlines()
        for form in line.split("|")[1].split()
    )
