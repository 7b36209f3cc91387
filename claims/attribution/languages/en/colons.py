"""Attributions by a colon or dash: "Ida Holt: “No.”", "“No.” — Ida Holt"."""

from __future__ import annotations

import re

from .candidates import Candidate
from .sentences import Sentence, WordRange
from .subjects import clause_subject
from .transcripts import NO_SPEAKERS
from .words import WRITINGS, word_set

COLON = re.compile(r"(?=[^:]*X)[DNXxfPR#]{1,9}:(?=[Qq])")
TITLE_COLON = re.compile(r"X[XNfD#]{0,4}:(?=[^:]*[pvVBHMdeZgGqQ])")
# A first line that is no longer may be a headline; these tell what follows it.
MOST_WORDS = 25
KINDS = NO_SPEAKERS | word_set(
    """
    analysis commentary editorial exclusive explainer feature interview letter live
    obituary opinion profile quiz review transcript
    """
)
LABELS = word_set("guide roundup recap timeline faq primer checklist glance")
# "“Rents fell.” — Ida Holt, baker": a pull quote, or one of a row of letters
SIGNED = re.compile(r"(?:-?[Qq])+-(X[Xf]{0,4})(?:,[^,;:?QqvVBHMdZ-]{1,12})?[.?]?\Z")
# "The letter makes a case: “Rents fell.”"
CLAUSE_COLON = re.compile(r":(?=Q)")


def colon_candidate(s: Sentence) -> Candidate | None:
    """Return the attribution of "Tone Haugland: ..." at the front of a sentence."""
    match = COLON.match(s.tags)
    rule = "colon"
    if not match and (s.title or (s.paragraph == 0 and len(s.tags) < MOST_WORDS)):
        match = TITLE_COLON.match(s.tags)
        rule = "headline colon"
    if not match or (rule == "headline colon" and not KINDS.isdisjoint(s.words[:1])):
        return None
    end = match.end()
    if s.words[end - 2] in LABELS:
        # "News Guide: Rents fell"
        return None
    return Candidate(
        [(end, len(s.tags))], (end - 1, end), (0, end - 1), rule, 0.7, 0, lemma=":"
    )


def is_dateline(rule: str, speaker: str) -> bool:
    """Return whether the colon of a first line follows a place, and nobody's name.

    >>> is_dateline("headline colon", "NORRVIK")
    True
    >>> is_dateline("headline colon", "Ida Holt")
    False
    """
    return rule == "headline colon" and speaker.isupper() and " " not in speaker


def signed_candidate(s: Sentence) -> Candidate | None:
    """Return the attribution of "“No.” — Ida Holt", a quotation with its signature."""
    match = SIGNED.match(s.tags)
    if not match:
        return None
    first = match.start(1)
    return Candidate(
        [(0, first - 1)],
        (first - 1, first),
        (first, match.end() - (s.tags[match.end() - 1] in ".?")),
        "signature",
        0.85,
        0,
        content_first=True,
        lemma="-",
    )


def clause_colon_candidate(s: Sentence, taken: list[Candidate]) -> Candidate | None:
    """Return the attribution of "Holt was clear: “No.”", if no cue takes the words."""
    match = CLAUSE_COLON.search(s.tags)
    if not match or match.start() < 2:
        return None
    at = match.end()
    if not s.quotations[at].capital or any(
        first <= at < last for item in taken for first, last in item.content
    ):
        return None
    speaker = clause_subject(s, at - 1)
    if speaker is None or not _may_speak(s, speaker):
        return None
    cue = _verb_after(s, speaker, at - 1)
    return Candidate(
        [(at, len(s.tags))], cue, speaker, "clause and colon", 0.6, 0, lemma=":"
    )


def _may_speak(s: Sentence, speaker: WordRange) -> bool:
    """Return whether a subject is somebody, or something that is written."""
    first, last = speaker
    if s.words[first] in ("it", "there", "it's", "there's", "it’s", "there’s"):
        return False
    return bool(
        set("Xp").intersection(s.tags[first:last])
        or WRITINGS.intersection(s.words[first:last])
    )


def _verb_after(s: Sentence, speaker: WordRange, end: int) -> WordRange:
    """Return the verb that follows a subject, with its auxiliaries."""
    first = last = speaker[1]
    while last < end and s.tags[last] in "RnBHMdvVe":
        last += 1
    return (first, last) if last > first else (end, end + 1)
