"""Split a text of any language into paragraphs, sentences and words.

A quotation counts as one word, so that the sentence around it stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.attribution.paragraphs import paragraphs
from claims.attribution.quotes import Quotation

from .tables import Language

# Longer stretches without a full stop are cut, so that no step looks further than this.
MAX_WORDS = 250
# A line shorter than this, without a stop, is a line of its own: a headline, a caption.
SHORT_LINE = 50
STOPS = frozenset(".?!…")
# Start and end in the text of a word, or of a quotation as a whole.
Token = tuple[int, int, Quotation | None]


@dataclass(slots=True)
class Sentence:
    """One sentence: its words in small letters, and places; quotations as `"`."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotations: dict[int, Quotation]
    paragraph: int

    def is_quotations_only(self) -> bool:
        """Return whether a sentence has nothing but quotations and marks."""
        return bool(self.quotations) and not any(
            word[0].isalnum() for word in self.words
        )


@dataclass(slots=True)
class _Draft:
    """The words of a sentence whose end is not reached yet."""

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quotations: dict[int, Quotation] = field(default_factory=dict)


def sentences_of(text: str, language: Language) -> Iterator[Sentence]:
    """Yield the sentences of a text in order."""
    running = False
    for number, match in enumerate(paragraphs(text)):
        start = match.start()
        end = start + len(match.group().rstrip())
        quotations = language.tables.quotations(text, start, end, running)
        tokens: list[Token] = []
        at = start
        for quotation in quotations:
            tokens += _words_of(text, at, quotation.start, language)
            tokens.append((quotation.start, quotation.end, quotation))
            at = quotation.end
        tokens += _words_of(text, at, end, language)
        yield from _sentences_of_paragraph(text, tokens, number, language)
        running = bool(quotations) and not quotations[-1].closed


def _words_of(text: str, start: int, end: int, language: Language) -> list[Token]:
    """Return the words of a stretch without quotations."""
    found = language.word.finditer(text, start, end)
    return [(match.start(), match.end(), None) for match in found]


def _sentences_of_paragraph(
    text: str, tokens: list[Token], number: int, language: Language
) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph."""
    draft = _Draft()
    for at, (start, end, quotation) in enumerate(tokens):
        if quotation is not None:
            draft.quotations[len(draft.words)] = quotation
            word = '"'
        else:
            word = language.lower(text[start:end])
        draft.words.append(word)
        draft.starts.append(start)
        draft.ends.append(end)
        if (
            len(draft.words) >= MAX_WORDS
            or at + 1 == len(tokens)
            or _ends(text, tokens, at, language)
        ):
            yield Sentence(
                tuple(draft.words),
                tuple(draft.starts),
                tuple(draft.ends),
                draft.quotations,
                number,
            )
            draft = _Draft()


def _ends(text: str, tokens: list[Token], at: int, language: Language) -> bool:
    """Return whether a sentence ends after a word that another one follows."""
    start, end, quotation = tokens[at]
    following = tokens[at + 1][0]
    breaks = "\n" in text[end:following] and not text[following].islower()
    if breaks and _is_line(text, start, end):
        return True
    if quotation is not None:
        return _quotation_ends(text, tokens, at, language)
    if text[start] not in STOPS:
        return False
    if tokens[at + 1][2] is None and text[following].islower():
        return False
    if tokens[at + 1][2] is None and text[following] in ",;:)-–—":
        return False
    return text[start:end] != "." or not _is_abbreviation(text, tokens, at, language)


def _is_line(text: str, start: int, end: int) -> bool:
    """Return whether the line that ends here is short: a headline, not running text."""
    return end - (text.rfind("\n", max(0, start - SHORT_LINE), start) + 1) < SHORT_LINE


def _is_abbreviation(
    text: str, tokens: list[Token], at: int, language: Language
) -> bool:
    """Return whether the full stop at this place belongs to the word before it."""
    if at == 0 or tokens[at - 1][1] != tokens[at][0] or tokens[at - 1][2] is not None:
        return False
    start, end, _ = tokens[at - 1]
    word = language.lower(text[start:end])
    if word.isdigit():
        first, last, _ = tokens[at + 1]
        month = language.lower(text[first:last]) in language.months
        return month or (language.tables.ordinal_stop and len(word) < 3)
    if language.has("abbreviations", word):
        return True
    return end - start == 1 and text[start].isupper()


def _quotation_ends(
    text: str, tokens: list[Token], at: int, language: Language
) -> bool:
    """Return whether the sentence ends with the stop inside a quotation."""
    start, end, _ = tokens[at]
    inside = text[start:end].rstrip("\"'’”“»«›‹ \u00a0")
    if not inside or inside[-1] not in STOPS:
        return False
    first, last, quotation = tokens[at + 1]
    if quotation is not None:
        return True
    if not text[first].isupper():
        return text[first].isdigit()
    if at and text[tokens[at - 1][0]] in ":,":
        return True
    # „Wirklich?“ Holt sagte es: a cue soon after the quotation goes with it.
    for first, last, quotation in tokens[at + 1 : at + 8]:
        if quotation is not None or text[first] in ".?!,;:":
            break
        if language.lower(text[first:last]) in language.forms:
            return False
    return True
