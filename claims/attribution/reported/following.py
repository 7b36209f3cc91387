"""Sentences that go on with what was said, or say who said the one before."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found, Record, record_of
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence
from claims.attribution.spans import Kind, Span

from . import german, romance
from .hits import Hit

# Subjunctives of the past, for present ones that look like indicatives.
PAST_SUBJUNCTIVE = frozenset(
    [
        "hätte",
        "hätten",
        "wäre",
        "wären",
        "würde",
        "würden",
        "könnten",
        "müssten",
        "dürften",
        "sollten",
    ]
)
# The rule of an attribution that later sentences in the subjunctive go on with.
GOES_ON = "subjunctive"
# "Das kündigte Holt an", "Así lo anunció Holt", "C'est ce qu'a annoncé Holt".
POINTERS: dict[str, list[tuple[str, ...]]] = {
    "de": [("das",), ("dies",)],
    "es": [("así", "lo")],
    "fr": [
        ("c'", "est", "ce", "qu'"),
        ("c’", "est", "ce", "qu’"),
        ("c'", "est", "ce", "que"),
        ("c’", "est", "ce", "que"),
    ],
}


def with_quotations(record: Record) -> Record:
    """Return an attribution with the quotations of later sentences in its content."""
    if not record.further:
        return record
    item = record.attribution
    kind: Kind = "direct" if not item.content else item.kind
    if record.found.rule == GOES_ON:
        kind = "indirect" if kind == "indirect" else "mixed"
    elif item.content and kind == "indirect":
        kind = "mixed"
    content = item.content + tuple(record.further)
    record.attribution = replace(item, content=content, kind=kind)
    return record


def follows_in_subjunctive(s: Sentence, last: Record, language: Language) -> bool:
    """Return whether the first finite verb of a sentence is in the subjunctive.

    Where the words before are in it, that of the past counts too: "hätten", "müssten".
    """
    if not language.sets["subjunctive"]:
        return False
    after = last.found.rule == GOES_ON or any(
        language.has("subjunctive", word) for word in last.sentence.words
    )
    for at, word in enumerate(s.words):
        if language.has("subjunctive", word) or (after and word in PAST_SUBJUNCTIVE):
            if _is_in_side_clause(s, at, language):
                continue
            return True
        if language.has("finite", word) or word == ":":
            return False
    return False


def _is_in_side_clause(s: Sentence, at: int, language: Language) -> bool:
    """Return whether a verb stands in a clause like "ob die Deiche sicher seien"."""
    begin = german.clause_start(s, at)
    first = s.words[begin]
    return begin > 0 and (
        language.has("complementizers", first)
        or language.has("questions", first)
        or (language.has("conjunctions", first) and first not in ("und", "aber"))
    )


def points_back(text: str, s: Sentence, language: Language) -> Found | None:
    """Return the attribution of "Das sagte Holt am Montag", without its content."""
    lead = next(
        (p for p in POINTERS.get(language.tables.code, ()) if s.words[: len(p)] == p),
        None,
    )
    if lead is None:
        return None
    order: ModuleType = german if language.tables.verb_second else romance
    hits: list[Hit] = order.hits_in(text, s, language)
    for hit in hits:
        if hit.negated or hit.has("x") or not hit.has("t"):
            continue
        begin = hit.verb if language.tables.verb_second else hit.lead
        speaker: Words | None = None
        if begin <= len(lead):
            speaker = order.speaker_after(text, s, hit, language)
        elif not language.tables.verb_second:
            speaker = order.speaker_before(text, s, hit, language, len(lead))
        if speaker:
            return Found([], hit.words, speaker, "previous sentence", 0.8)
    return None


def of_previous_sentence(previous: Sentence, s: Sentence, found: Found) -> Record:
    """Return an attribution whose content is the sentence before."""
    record = record_of(s, found)
    last = len(previous.words)
    while last > 1 and previous.words[last - 1] in ".!?":
        last -= 1
    content = Span(previous.starts[0], previous.ends[last - 1])
    record.attribution = replace(record.attribution, content=(content,))
    record.found.speech = False
    return record
