"""Wording of a claim that is never false: the printed words, or the printed sentence.

Words are changed only at their ends. What points to a speaker, a day or to something
said before stays in quotation marks, with the speaker's name before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.attribution.proposals import Checkability, Resolution
from claims.attribution.spans import Attribution

from .records import Record
from .tables import Language
from .text import Sentence

MARKS = "\"'“”‘’«»„‚‹›`\u00a0 "


@dataclass(frozen=True, slots=True)
class Wording:
    """The proposed wording of a claim, and which words it leaves open, and why."""

    text: str
    open_words: tuple[str, ...] = ()
    open_reason: str = ""


def wording(
    text: str, record: Record, resolution: Resolution, language: Language
) -> Wording:
    """Return the claim as one sentence."""
    item = record.attribution
    if item.kind == "direct" and not item.negated:
        return with_open_words(
            _of_quotation(text, item, resolution, language), language
        )
    parts = [part.of(text) for part in item.content]
    if len(parts) == 1 and not item.negated:
        words = parts[0].split()
        if language.has("complementizers", language.lower(words[0])):
            words = words[1:]
        plain = sentence(" ".join(words))
        stands = record.found.rule == "colon" or (
            record.found.rule == "complementizer" and language.tables.clause_stands
        )
        if stands and plain and not is_open(plain, language):
            return Wording(plain)
    return with_open_words(sentence(printed(text, record.sentence)), language)


def with_open_words(words: str, language: Language) -> Wording:
    """Return a wording with the words named that it leaves open."""
    found = tuple(dict.fromkeys(_open_words(words, language)))
    listed = ", ".join(f"“{word}”" for word in found)
    reason = f"the words do not tell whom or what {listed} means" if found else ""
    return Wording(words, found, reason)


def _of_quotation(
    text: str, item: Attribution, resolution: Resolution, language: Language
) -> str:
    """Return the words of a quotation, or the speaker and the quotation."""
    words = _joined([part.of(text).strip(MARKS) for part in item.content])
    if not is_open(words, language) and words[:1].isupper():
        return sentence(words)
    who = resolution.name or (item.speaker.of(text) if item.speaker else "")
    return f"{who}: “{words}”" if who else sentence(words)


def _joined(parts: list[str]) -> str:
    """Return the parts of a quotation as one, with their stops.

    >>> _joined(["Die Mieten steigen,", "und zwar schnell."])
    'Die Mieten steigen, und zwar schnell.'
    >>> _joined(["Nein", "Niemals"])
    'Nein. Niemals'
    """
    words = ""
    for part in parts:
        part = " ".join(part.split())
        if words and part[:1].isupper() and words[-1] not in ".?!…":
            words = words.rstrip(" ,;:") + "."
        words = f"{words} {part}".strip()
    return words.rstrip(" ,;:-–—")


def is_open(words: str, language: Language) -> bool:
    """Return whether words point to who speaks, to when, or to something before."""
    points = language.tables.points_elsewhere
    return bool(points and points(words)) or any(_open_words(words, language))


def _open_words(words: str, language: Language) -> Iterator[str]:
    """Yield the words that point to who speaks, to when, or to something before."""
    for match in language.word.finditer(words):
        if language.lower(match.group()) in language.pointing:
            yield match.group()


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


def checkability(words: str, _record: Record, language: Language) -> Checkability:
    """Return whether, and how, the words of a claim can be checked."""
    low = [language.lower(match.group()) for match in language.word.finditer(words)]
    if sum(word[0].isalnum() for word in low) < 2 or "?" in low[-2:]:
        return "vague"
    for name, kind in KINDS:
        if any(language.has(name, word) for word in low):
            return kind
    return "checkable"


KINDS: tuple[tuple[str, Checkability], ...] = (
    ("ought", "opinion"),
    ("future", "prediction"),
    ("judgements", "opinion"),
)
