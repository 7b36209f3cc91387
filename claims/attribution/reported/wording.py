"""Wording of a claim: a clause that stands alone, a quotation, or the sentence."""

from __future__ import annotations

from collections.abc import Iterable

from claims.attribution.engine import wording as plain
from claims.attribution.engine.records import Record
from claims.attribution.engine.tables import Language
from claims.attribution.engine.wording import Wording
from claims.attribution.proposals import Checkability, Resolution

from .following import GOES_ON

# Rules whose content is a sentence of its own, where the language lets it stand.
SENTENCES = frozenset(["according to", "clause before"])
ACTS = frozenset(["object", "infinitive"])


def wording(
    text: str, record: Record, resolution: Resolution, language: Language
) -> Wording:
    """Return the claim as one sentence, in the words of the text."""
    item = record.attribution
    rule = record.found.rule
    parts = [part.of(text) for part in item.content]
    if rule == GOES_ON:
        last = record.sentence.ends[-1]
        after = [part.of(text) for part in item.content if part.start >= last]
        words = plain.sentence(plain.printed(text, record.sentence))
        whole = " ".join([words, *(plain.sentence(part) for part in after)])
        return plain.with_open_words(whole, language)
    if rule == "previous sentence" and not item.negated:
        return plain.with_open_words(plain.sentence(parts[0]), language)
    if rule == "quotation":
        # A quotation inside a sentence is seldom one itself: a “scandal”.
        printed = plain.sentence(plain.printed(text, record.sentence))
        return plain.with_open_words(printed, language)
    if item.kind == "direct" and len(parts) > 1 and not item.negated:
        words = joined(part.strip(plain.MARKS) for part in parts)
        if words[:1].isupper() and not plain.is_open(words, language):
            return Wording(plain.sentence(words))
        who = resolution.name or (item.speaker.of(text) if item.speaker else "")
        if who:
            return plain.with_open_words(f"{who}: “{words}”", language)
    if (
        rule in SENTENCES
        and language.tables.clause_stands
        and len(parts) == 1
        and not item.negated
        and not plain.is_open(parts[0], language)
    ):
        return Wording(plain.sentence(parts[0]))
    return plain.wording(text, record, resolution, language)


def joined(parts: Iterable[str]) -> str:
    """Return the parts of a quotation as one text, a full stop before a capital.

    >>> joined(["Wir haben keine Wahl,", "Die Pfeiler sind alt."])
    'Wir haben keine Wahl. Die Pfeiler sind alt.'
    >>> joined(["Es brannte,", "und niemand kam."])
    'Es brannte, und niemand kam.'
    """
    words = ""
    for part in filter(None, parts):
        if words and part[0].isupper() and words[-1] not in ".?!…:":
            words = words.rstrip(",;") + "."
        words += f" {part}" if words else part
    return words


def checkability(words: str, record: Record, language: Language) -> Checkability:
    """Return whether, and how, the words of a claim can be checked."""
    kind = plain.checkability(words, record, language)
    if kind == "vague":
        return kind
    letters = record.found.letters
    if "p" in letters:
        return "promise"
    if record.found.rule in ACTS:
        return "reported_act"
    return "prediction" if "e" in letters else kind
