"""Wording of a claim that is never false: the printed words, or the printed sentence.

Words are changed only at their ends. What points to a speaker, a day or to something
said before stays in quotation marks, with the speaker's name before it.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.attribution.proposals import Checkability, Resolution
from claims.attribution.spans import Attribution

from .records import Record
from .tables import Language
from .text import Sentence

MARKS = "\"'“”‘’«»„‚‹›`\u00a0 "


def wording(
    text: str, record: Record, resolution: Resolution, language: Language
) -> str:
    """Return the claim as one sentence."""
    item = record.attribution
    if item.kind == "direct":
        return _of_quotation(text, item, resolution, language)
    parts = [part.of(text) for part in item.content]
    rule = record.found.rule
    if rule == "previous sentence":
        return sentence(parts[0])
    if record.found.denied:
        return sentence(printed(text, record.sentence))
    if len(parts) == 1 and _stands(parts[0], rule, language):
        first, *rest = parts[0].split()
        words = rest if language.has("complementizers", language.lower(first)) else None
        return sentence(" ".join(words if words is not None else [first, *rest]))
    return sentence(printed(text, record.sentence))


def _stands(words: str, rule: str, language: Language) -> bool:
    """Return whether reported words are a sentence that needs nothing around it."""
    if is_open(words, language):
        return False
    if rule in ("complementizer", "according to", "clause before"):
        return language.tables.clause_stands
    return rule == "colon"


def _of_quotation(
    text: str, item: Attribution, resolution: Resolution, language: Language
) -> str:
    """Return the words of a quotation, or the speaker and the quotation."""
    parts = [part.of(text).strip(MARKS).rstrip(",").strip() for part in item.content]
    words = " ".join(_joined(part for part in parts if part).split())
    if not is_open(words, language) and words[:1].isupper():
        return sentence(words)
    who = resolution.name or (item.speaker.of(text) if item.speaker else "")
    return f"{who}: “{words}”" if who else sentence(words)


def _joined(parts: Iterable[str]) -> str:
    """Return the parts of a quotation as one text, a full stop before a capital.

    >>> _joined(["Wir haben keine Wahl", "Die Pfeiler sind alt."])
    'Wir haben keine Wahl. Die Pfeiler sind alt.'
    """
    words = ""
    for part in parts:
        if words and words[-1] not in ".?!…:" and part[0].isupper():
            words += "."
        words += f" {part}" if words else part
    return words


def is_open(words: str, language: Language) -> bool:
    """Return whether words point to who speaks, to when, or to something before."""
    low = [language.lower(match.group()) for match in language.word.finditer(words)]
    return any(
        language.has(name, word)
        for word in low
        for name in ("open_words", "he", "she", "it", "they")
    )


def printed(text: str, s: Sentence) -> str:
    """Return a sentence as it is printed."""
    return " ".join(text[s.starts[0] : s.ends[-1]].split())


def sentence(words: str) -> str:
    """Return words with a capital and a full stop.

    >>> sentence("die Mieten sind gefallen,")
    'Die Mieten sind gefallen.'
    """
    words = words.strip(" ,;:-–—")
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words[-1] in '.?!…”“»"' else words + "."


def checkability(words: str, language: Language, letters: str = "") -> Checkability:
    """Return whether, and how, the words of a claim can be checked.

    `letters` are those of the cue in its table.
    """
    low = [language.lower(match.group()) for match in language.word.finditer(words)]
    if sum(word[0].isalnum() for word in low) < 2 or "?" in low[-2:]:
        return "vague"
    for letter, kind in LETTER_KINDS:
        if letter in letters:
            return kind
    for name, kind in KINDS:
        if any(language.has(name, word) for word in low):
            return kind
    return "checkable"


LETTER_KINDS: tuple[tuple[str, Checkability], ...] = (
    ("a", "reported_act"),
    ("p", "promise"),
    ("e", "prediction"),
)
KINDS: tuple[tuple[str, Checkability], ...] = (
    ("ought", "opinion"),
    ("future", "prediction"),
    ("judgements", "opinion"),
)
