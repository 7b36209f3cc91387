"""Wording of a claim: a clause that stands alone, a quotation, or the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.attribution.engine import wording as plain
from claims.attribution.engine.records import Record
from claims.attribution.engine.tables import Language
from claims.attribution.engine.wording import Wording
from claims.attribution.proposals import Checkability, Resolution

from .following import GOES_ON

# Rules whose content is a sentence of its own, where the language lets it stand.
SENTENCES = frozenset(["according to", "clause before", "complementizer"])
INSIDE = frozenset(["quotation", "quotation before, alleged", "colon, alleged"])
ACTS = frozenset(["object", "infinitive"])
AGAIN = re.compile(r"\b(?:et|y|e|mais|pero|ni)\s(?:que\b|qu['’])")
ENDED = re.compile(r"[.?!…][”“»«\"’‘›‹\s]*\Z")


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
        words = [plain.printed(text, record.sentence), *after]
        return plain.with_open_words(" ".join(map(ended, words)), language)
    if item.kind == "direct" and not item.negated and rule not in INSIDE:
        return _of_quotation(text, record, resolution, language)
    if rule == "previous sentence" and not item.negated:
        return plain.with_open_words(ended(parts[0]), language)
    if len(parts) == 1 and rule in SENTENCES and not item.negated:
        clause = _clause(parts[0], language)
        if clause:
            return Wording(clause)
    return plain.with_open_words(ended(plain.printed(text, record.sentence)), language)


def _clause(words: str, language: Language) -> str | None:
    """Return reported words as a sentence, or None where they may not be one.

    They begin with a noun phrase, for Spanish leaves a subject out; no second "que"
    goes on with them, and nothing in them points elsewhere.
    """
    if not language.tables.clause_stands or AGAIN.search(words):
        return None
    tokens = [match.group() for match in language.word.finditer(words)]
    if tokens and language.has("complementizers", language.lower(tokens[0])):
        words = words[len(tokens[0]) :].lstrip()
        tokens = tokens[1:]
        if not tokens:
            return None
        opens = tokens[0][0].isupper()
    else:
        opens = not language.tables.drops_subjects
    first = language.lower(tokens[0])
    if plain.is_open(words, language):
        return None
    if not (opens or language.has("articles", first) or first[0].isdigit()):
        return None
    return ended(words[0].upper() + words[1:])


def _of_quotation(
    text: str, record: Record, resolution: Resolution, language: Language
) -> Wording:
    """Return the words of a quotation, or the speaker and the quotation."""
    item = record.attribution
    words = joined(part.of(text).strip(plain.MARKS).strip() for part in item.content)
    words = words.rstrip(",;")
    if words[:1].isupper() and not plain.is_open(words, language):
        return Wording(ended(words))
    who = resolution.name or (item.speaker.of(text) if item.speaker else "")
    if who:
        return plain.with_open_words(f"{who}: “{words}”", language)
    return plain.with_open_words(ended(words), language)


def ended(words: str) -> str:
    """Return words with a full stop, where they have no stop.

    >>> ended("Er sagt »Nein.«"), ended("Er sagt «no»")
    ('Er sagt »Nein.«', 'Er sagt «no».')
    """
    words = " ".join(words.split()).rstrip(",;:–—- ")
    return words if not words or ENDED.search(words) else words + "."


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
    return " ".join(words.split())


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
