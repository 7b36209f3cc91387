"""A text as paragraphs, sentences and words, each word with its class.

A quotation counts as one word of class Q, so that the sentence around it stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cues import CUE_CLASSES
from .quotes import Quotation, find_quotations
from .words import ABBREVIATIONS, MAY_END, listed, word_classes

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
WORD = re.compile(r"\w+(?:[-'’.&/]\w+|,\d+)*(?:(?<=s)['’](?!\w))?|--+|\.\.\.+|[^\w\s]")
INITIALS = re.compile(r"(?:\w\.)*\w\Z")
DATELINE = re.compile(r"\s*date \d{4}-\d\d-\d\d +(?=\S)")
PUNCTUATION = {
    "—": "-",
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
# Longer stretches without a full stop are cut, so that no step looks further than this.
LONGEST = 250


@dataclass(slots=True)
class Sentence:
    """One sentence: for each word a letter of class, small letters and two offsets.

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


def body_start(text: str) -> int:
    """Return where the article begins: after a dateline and a repeated headline.

    >>> text = "date 2024-05-02 Rents fall\\n\\nRents fall\\n\\nThe council met."
    >>> text[body_start(text):].split("\\n")[0]
    'Rents fall'
    """
    match = DATELINE.match(text)
    if not match:
        return 0
    line_end = text.find("\n", match.end())
    if line_end < 0:
        return match.end()
    headline = text[match.end() : line_end].strip()
    rest = re.compile(r"\s*").match(text, line_end).end()
    return rest if text.startswith(headline, rest) else match.end()


def sentences_of(text: str):
    """Yield the sentences of a text in order.

    >>> [s.words for s in sentences_of("Mr. Lee left. He said no.")]
    [('mr.', 'lee', 'left', '.'), ('he', 'said', 'no', '.')]
    """
    running = False
    for number, match in enumerate(PARAGRAPH.finditer(text, body_start(text))):
        start, end = match.span()
        quotations = find_quotations(text, start, end, running)
        yield from _paragraph(text, start, end, quotations, number)
        running = bool(quotations) and not quotations[-1].closed


def _words_of(text: str, start: int, end: int, quotations: list[Quotation]):
    """Yield (start, end, quotation or None) for each word and quotation."""
    at = start
    for quotation in quotations:
        for match in WORD.finditer(text, at, quotation.start):
            yield match.start(), match.end(), None
        yield quotation.start, quotation.end, quotation
        at = quotation.end
    for match in WORD.finditer(text, at, end):
        yield match.start(), match.end(), None


def _paragraph(text, start, end, quotations, number):
    tokens = list(_words_of(text, start, end, quotations))
    title = _is_title(text, tokens)
    tags: list[str] = []
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quoted: dict[int, Quotation] = {}
    last = len(tokens) - 1
    skip = -1
    for at, (a, b, quotation) in enumerate(tokens):
        if at == skip:
            continue
        closing = False
        if quotation is not None:
            quoted[len(words)] = quotation
            word, tag = '"', "Q"
            if _is_phrase(text, quotation):
                tag = "q"
            if at < last and quotation.end - quotation.start > 2:
                inner = text[b - 2] if text[b - 2] not in "'’\"" else text[b - 3]
                if inner in ".?!…":
                    # '"Why?" Lee asked' goes on, 'Lee asked: "Why?"' does not.
                    mark = "." if tags and tags[-1] in ":," else inner
                    closing = _begins_sentence(text, tokens, at + 1, mark)
        else:
            raw = text[a:b]
            word = raw.lower()
            tag = CLASSES.get(word)
            first = raw[0]
            if tag is None:
                tag = _guess(raw, first, word)
            elif tag == "o" and raw == "US":
                tag = "X"
            elif (
                first != word[0]
                and words
                and not title
                and tag in "veNgVZGERasP"
                and (words[-1] not in ".:-" or tag not in "RasP")
            ):
                # A capital inside a sentence: a name, but not "In" after a colon.
                tag = "X"
            if _keeps_stop(text, tokens, at, raw, word):
                b += 1
                word += "."
                skip = at + 1
            if at < last and tag in ".?;":
                closing = (
                    "\n" in text[b : tokens[at + 1][0]]
                    if tag == ";"
                    else _ends(text, tokens, at)
                )
            elif tag == ")" and at < last and tags and tags[-1] in ".?":
                # "(He said so.) The council ..."
                closing = _ends(text, tokens, at)
        tags.append(tag)
        words.append(word)
        starts.append(a)
        ends.append(b)
        if closing or len(words) >= LONGEST:
            yield _made(tags, words, starts, ends, quoted, number, title)
            tags, words, starts, ends, quoted = [], [], [], [], {}
    if words:
        yield _made(tags, words, starts, ends, quoted, number, title)


def _made(tags, words, starts, ends, quoted, number, title) -> Sentence:
    # Tuples of words and numbers are nothing the garbage collector keeps looking at,
    # so that its work does not grow with the number of sentences kept.
    classes = _settled(tags, words)
    return Sentence(
        classes,
        classes[::-1],
        tuple(words),
        tuple(starts),
        tuple(ends),
        quoted,
        number,
        title,
    )


PLURAL_NOUN = re.compile(
    r"(?<=[DxfPTt])[vV]|(?<=[tfP][NJR])[vV](?=[fPew,.])|(?<=[vVG])[vV]|[vV](?=R?[vVBHMde])"
)


def _settled(tags: list[str], words: list[str]) -> str:
    """Return the classes as a string, with verbs that must be plural nouns as nouns."""
    joined = "".join(tags)
    changed = False
    for match in PLURAL_NOUN.finditer(joined):
        at = match.start()
        word = words[at]
        if word.endswith("s") and word not in ("was", "says", "has"):
            tags[at] = "N"
            changed = True
    return "".join(tags) if changed else joined


def _keeps_stop(text, tokens, at, raw, word) -> bool:
    """Return whether the full stop after a word belongs to it: "Mr.", "U.S."."""
    b = tokens[at][1]
    last = len(tokens) - 1
    if at + 1 >= last or text[b : b + 1] != "." or tokens[at + 1][0] != b:
        return False
    if text[b + 1] in ",;:" and raw[0].isalpha():
        # "R-S.C.," and "Inc.,": only an abbreviation has both marks.
        return True
    if word not in ABBREVIATIONS and not (INITIALS.match(raw) and raw[0].isalpha()):
        return False
    following = text[tokens[at + 2][0]]
    if word == "no":
        return following.isdigit()
    may_end = word in MAY_END or (len(raw) > 2 and "." in raw)
    capital = following.isupper() or not following.isalnum()
    return not (may_end and capital and _starts_clause(text, tokens, at + 2))


def _guess(raw: str, first: str, word: str) -> str:
    """Return the class of a word that no list knows, from its shape."""
    if first.isdigit():
        return "#"
    if raw[-2:] in ("'s", "’s", "s'", "s’"):
        return "x"
    if first.isupper():
        return "X"
    if word.endswith("ly"):
        return "R"
    if word.endswith("ing") and len(word) > 4:
        return "g"
    if word.endswith("ed") and len(word) > 3 and not word.endswith("eed"):
        return "e"
    return "N" if first.isalpha() else "'"


def _ends(text, tokens, at):
    """Return whether the full stop at this place ends the sentence."""
    a, _b, quotation = tokens[at + 1]
    if quotation is not None:
        return True
    first = text[a]
    return not first.islower() and (first.isalnum() or first in "([—-•@#$*")


CLAUSE_STARTERS = listed("the a an he she it they we i in on but and this that")


def _starts_clause(text, tokens, at):
    a, b, _ = tokens[at]
    return text[a:b].lower() in CLAUSE_STARTERS


def _begins_sentence(text, tokens, at, mark):
    """Return whether a sentence begins after a quotation that ends with a full stop."""
    a, b, quotation = tokens[at]
    if quotation is not None:
        return True
    if not text[a].isupper():
        return text[a] in "([" or text[a].isdigit()
    if mark != ".":
        # '"Why?" Lee asked.' goes on; so does '"Why?" the mayor asked.'
        for a, b, quotation in tokens[at : at + 7]:
            if quotation is not None or text[a] in ".?!":
                break
            if CLASSES.get(text[a:b]) == "V":
                return False
    return True


def _is_phrase(text, quotation):
    """Return whether a quotation is a few words inside somebody's sentence."""
    start, end = quotation.start, quotation.end
    if end - start > 60 or not quotation.closed:
        return False
    inner = text[start:end].strip("\"'’‘“”«»„`")
    return (
        not inner.endswith((".", ",", "?", "!", "…", "-", "—")) and inner.count(" ") < 6
    )


def _is_title(text, tokens):
    """Return whether most words of a paragraph are capitalised."""
    if not 3 < len(tokens) < 40:
        return False
    words = [
        text[a] for a, b, q in tokens if q is None and b - a > 3 and text[a].isalpha()
    ]
    return len(words) > 2 and sum(c.isupper() for c in words) > 0.7 * len(words)
