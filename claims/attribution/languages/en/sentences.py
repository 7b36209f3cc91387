"""Split a text into paragraphs, sentences and words, each word with its class.

A quotation counts as one word of class Q, so that the sentence around it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from claims.attribution.quotes import Quotation, find_quotations

from .cues import CUE_CLASSES
from .gazetteer import GIVEN_WORDS, PREFIXED
from .lines import paragraphs_of
from .tagging import corrected
from .words import ABBREVIATIONS, MAY_END, word_classes, word_set

SOFT_HYPHEN = "\u00ad"
WORD = re.compile(
    r"\w+(?:[-'’.&/\u00ad]\w+|,\d+)*(?:(?<=s)['’](?!\w))?|--+|\.\.\.+|[^\w\s]"
)
INITIALS = re.compile(r"(?:\w\.)*\w\Z")
# A headline is one sentence, in the present.
SECOND_SENTENCE = re.compile(r"[.?!](?<=[a-z]{4}.) +[^\W\d_a-z]")
SAID = re.compile(r"said\b(?<=\bsaid)")
PUNCTUATION = {
    "—": "-",
    "―": "-",
    "–": "-",
    "--": "-",
    "...": ".",
    "…": ".",
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    ".": ".",
    "?": "?",
    "!": "?",
    "$": "#",
    "€": "#",
    "£": "#",
    "%": "#",
    "-": "-",
    "•": "-",
    "|": "-",
}
CLASSES = {**word_classes(), **CUE_CLASSES, **PUNCTUATION}
# Two word numbers of a sentence: the first word, and the one after the last.
WordRange = tuple[int, int]
# Start and end in the text of a word, or of a quotation as a whole.
Token = tuple[int, int, Quotation | None]
# Longer stretches without a full stop are cut, so that no step looks further than this.
MAX_WORDS = 250
CLAUSE_STARTERS = word_set("the a an he she it they we i in on but and this that")


@dataclass(slots=True)
class Sentence:
    """One sentence: class, lower-case form, start and end of each word.

    `reverse` holds the letters from right to left, for patterns that look back.
    """

    tags: str
    reverse: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotations: dict[int, Quotation]
    paragraph: int
    title: bool = False


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order.

    >>> [s.words for s in sentences_of("Mr. Lee left. He said no.")]
    [('mr.', 'lee', 'left', '.'), ('he', 'said', 'no', '.')]
    """
    running = False
    for number, (start, end) in enumerate(paragraphs_of(text)):
        quotations = find_quotations(text, start, end, running)
        tokens = _tokens_of(text, start, end, quotations)
        yield from _sentences_of_paragraph(text, tokens, number)
        running = bool(quotations) and not quotations[-1].closed


def _tokens_of(
    text: str, start: int, end: int, quotations: list[Quotation]
) -> list[Token]:
    """Return the words and the quotations of a paragraph, in order."""
    tokens: list[Token] = []
    at = start
    for quotation in quotations:
        tokens += _words_of(text, at, quotation.start)
        tokens.append((quotation.start, quotation.end, quotation))
        at = quotation.end
    return tokens + _words_of(text, at, end)


def _words_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words of a stretch without quotations."""
    return [(m.start(), m.end(), None) for m in WORD.finditer(text, start, end)]


@dataclass(slots=True)
class _Draft:
    """The words of a sentence whose end is not reached yet."""

    paragraph: int
    title: bool
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quotations: dict[int, Quotation] = field(default_factory=dict)

    def sentence(self) -> Sentence:
        """Return the sentence that these words make."""
        tags = corrected(self.tags, self.words)
        # Tuples of words and numbers are nothing the garbage collector keeps looking
        # at, so that its work does not grow with the number of sentences kept.
        return Sentence(
            tags,
            tags[::-1],
            tuple(self.words),
            tuple(self.starts),
            tuple(self.ends),
            self.quotations,
            self.paragraph,
            self.title,
        )


def _sentences_of_paragraph(
    text: str, tokens: list[Token], number: int
) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph."""
    title = _is_title(text, tokens)
    draft = _Draft(number, title)
    tags, words, starts, ends = draft.tags, draft.words, draft.starts, draft.ends
    skip = -1
    for at, (start, end, quotation) in enumerate(tokens):
        if at == skip:
            continue
        if quotation is not None:
            draft.quotations[len(words)] = quotation
            word, tag = '"', "q" if _is_phrase(text, quotation) else "Q"
            closing = _quotation_ends_sentence(text, tokens, at, draft)
        else:
            raw = text[start:end]
            word, tag, may_change = _read(raw)
            if may_change and _is_name(raw, word, tag, draft, text[end : end + 2]):
                tag = "X"
            elif raw == "May" and _is_month(draft, text[end + 1 : end + 2]):
                tag = "Y"
            if text[end : end + 1] == "." and _is_abbreviation(
                text, tokens, at, raw, word
            ):
                end += 1
                word += "."
                skip = at + 1
            closing = tag in ".?;)" and _mark_ends_sentence(text, tokens, at, draft)
        tags.append(tag)
        words.append(word)
        starts.append(start)
        ends.append(end)
        if closing or len(words) >= MAX_WORDS:
            yield draft.sentence()
            draft = _Draft(number, title)
            tags, words = draft.tags, draft.words
            starts, ends = draft.starts, draft.ends
    if words:
        yield draft.sentence()


def _is_name(raw: str, word: str, tag: str, draft: _Draft, after: str) -> bool:
    """Return whether a capital makes a name of a word that is none in small letters.

    A capital inside a sentence does, but not that of "In" after a colon. "Theresa May"
    and "Wei He" are names because of the name in front, "Rose Hill" of the one after.
    """
    if word in GIVEN_WORDS and after[1:].isupper() and tag in "vVZMe":
        return True
    if raw in ("A", "I") and after[:1] == "." and draft.tags[-1:] == ["X"]:
        # "Ida A. Holt"
        return True
    if tag in "Mp" and draft.words and not draft.title:
        return draft.tags[-1] == "X" and len(raw) > 1 and raw.isalpha()
    if tag in "ow":
        return raw in ("US", "WHO") and not after[1:].isupper()
    if raw[0] == word[0] or draft.title or not draft.words:
        return False
    if tag not in "veNgVZGERasP":
        return False
    return tag not in "RasP" or draft.words[-1] not in ".:-"


def _is_month(draft: _Draft, after: str) -> bool:
    """Return whether "May" is no verb: "in May", "on May 20"."""
    return after.isdigit() or draft.words[-1:] in (["in"], ["on"], ["since"])


def _quotation_ends_sentence(
    text: str, tokens: list[Token], at: int, draft: _Draft
) -> bool:
    """Return whether the sentence ends with the full stop inside a quotation."""
    start, end, _quotation = tokens[at]
    if at + 1 == len(tokens) or end - start <= 2:
        return False
    inner = text[start:end].rstrip("'’\"”»“")[-1:]
    if not inner or inner not in ".?!…":
        return False
    # '"Why?" Lee asked' goes on, 'Lee asked: "Why?"' does not.
    mark = "." if draft.tags and draft.tags[-1] in ":,VGZ" else inner
    return _begins_sentence(text, tokens, at + 1, mark)


def _mark_ends_sentence(text: str, tokens: list[Token], at: int, draft: _Draft) -> bool:
    """Return whether a full stop, semicolon or bracket ends its sentence."""
    if at + 1 == len(tokens):
        return False
    _start, end, _quotation = tokens[at]
    mark = text[end - 1]
    if mark == ";":
        return "\n" in text[end : tokens[at + 1][0]]
    if mark in ")]" and not (draft.tags and draft.tags[-1] in ".?"):
        # Only "(He said so.) The council ..." ends with a bracket.
        return False
    return _stop_ends_sentence(text, tokens, at)


def _is_abbreviation(
    text: str, tokens: list[Token], at: int, raw: str, word: str
) -> bool:
    """Return whether the full stop after a word belongs to it: "Mr.", "U.S."."""
    end = tokens[at][1]
    if at + 2 >= len(tokens) or tokens[at + 1][0] != end:
        return False
    if text[end + 1] in ",;:" and raw[0].isalpha():
        # "R-S.C.," and "Inc.,": only an abbreviation has both marks.
        return True
    if word.split("-")[-1] not in ABBREVIATIONS and not (
        INITIALS.match(raw) and raw[0].isalpha()
    ):
        return False
    following = text[tokens[at + 2][0]]
    if word == "no":
        return following.isdigit()
    may_end = word in MAY_END or (len(raw) > 2 and "." in raw)
    capital = following.isupper() or not following.isalnum()
    return not (may_end and capital and _starts_clause(text, tokens, at + 2))


@lru_cache(maxsize=16384)
def _read(raw: str) -> tuple[str, str, bool]:
    """Return a word in small letters, its class, and whether a capital may change it.

    >>> _read("Said"), _read("Holt")
    (('said', 'V', True), ('holt', 'X', False))
    """
    word = raw.lower().replace(SOFT_HYPHEN, "")
    tag = CLASSES.get(word, "")
    return word, tag or _class_by_shape(raw, word), tag != "" and raw != word


def _class_by_shape(raw: str, word: str) -> str:
    """Return the class of a word that no list knows, from its shape."""
    first = raw[0]
    if first.isdigit():
        return "#"
    if PREFIXED.match(raw):
        return "X"
    if raw[-2:] in ("'s", "’s", "s'", "s’"):
        return "x"
    if first.isupper():
        return "X"
    if word.endswith("ly"):
        return "R"
    if word.endswith("ing") and len(word) > 4:
        return "g"
    if (
        word.endswith("ed")
        and word != "op-ed"
        and len(word) > 3
        and not word.endswith("eed")
    ):
        return "e"
    return "N" if first.isalpha() else "'"


def _stop_ends_sentence(text: str, tokens: list[Token], at: int) -> bool:
    """Return whether the full stop at this place ends the sentence."""
    a, _b, quotation = tokens[at + 1]
    if quotation is not None:
        return True
    first = text[a]
    return not first.islower() and (first.isalnum() or first in "([—-•@#$*")


def _starts_clause(text: str, tokens: list[Token], at: int) -> bool:
    """Return whether a word is one that often begins a sentence."""
    start, end, _quotation = tokens[at]
    return text[start:end].lower() in CLAUSE_STARTERS


def _begins_sentence(text: str, tokens: list[Token], at: int, mark: str) -> bool:
    """Return whether a sentence begins after a quotation that ends with a full stop."""
    a, b, quotation = tokens[at]
    if quotation is not None:
        return True
    if not text[a].isupper():
        return text[a] in "([" or text[a].isdigit()
    if _only_says(text, tokens, at):
        return False
    if mark != ".":
        # '"Why?" Lee asked.' goes on; so does '"Why?" the mayor asked.'
        before = ""
        for a, b, quotation in tokens[at : at + 7]:
            if quotation is not None or (
                text[a] in ".?!" and before not in ABBREVIATIONS
            ):
                break
            before = text[a:b].lower()
            if CLASSES.get(text[a:b]) == "V":
                return False
    return True


def _only_says(text: str, tokens: list[Token], at: int) -> bool:
    """Return whether a name and a verb are all that follows: '"No." Ida Holt said.'"""
    for number, (start, end, quotation) in enumerate(tokens[at : at + 4]):
        if quotation is not None or (not text[start].isupper() and not number):
            return False
        if CLASSES.get(text[start:end]) == "V":
            following = tokens[at + number + 1 : at + number + 2]
            return number > 0 and (not following or text[following[0][0]] == ".")
        if not text[start].isupper():
            return False
    return False


def _is_phrase(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation is a few words inside somebody's sentence."""
    start, end = quotation.start, quotation.end
    if end - start > 60 or not quotation.closed:
        return False
    inner = text[start:end].strip("\"'’‘“”«»„`")
    return (
        not inner.endswith((".", ",", "?", "!", "…", "-", "—")) and inner.count(" ") < 6
    )


def _is_title(text: str, tokens: list[Token]) -> bool:
    """Return whether most words of a paragraph are capitalised."""
    if not 3 < len(tokens) < 40:
        return False
    start, end = tokens[0][0], tokens[-1][1]
    if SECOND_SENTENCE.search(text, start, end) or SAID.search(text, start, end):
        return False
    words = [
        text[a] for a, b, q in tokens if q is None and b - a > 3 and text[a].isalpha()
    ]
    return len(words) > 2 and sum(c.isupper() for c in words) > 0.7 * len(words)
