"""Split any pasted text into its sentences, those within quotations too, in place."""

from __future__ import annotations

import re

from claims.attribution.languages.en.sentences import sentences_of
from claims.text.canonical import Place

LINE = re.compile(r"[^\n]+")
OPENING, CLOSING = "“”„‟«»\"'‘‚([ ", "“”„‟«»\"'’)]"
# A quotation would count as one word.
_UNQUOTED = str.maketrans(dict.fromkeys('“”„‟«»"', " "))


def sentences(text: str) -> list[Place]:
    r"""Return the place of each sentence of a text, in order; nothing is left out.

    >>> text = "Lee said: “We pay. You do not.” All left.\n- Rents"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Lee said: “We pay.', 'You do not.”', 'All left.', '- Rents']
    """
    found: list[Place] = []
    at = 0
    for sentence in sentences_of(text.translate(_UNQUOTED)):
        start, end = sentence.starts[0], sentence.ends[-1]
        while start > at and text[start - 1] in OPENING:
            start -= 1
        while end < len(text) and text[end] in CLOSING:
            end += 1
        # Captions and rows of tables are no sentences to the reader of articles.
        found += _lines(text, at, start)
        found.append((start, end))
        at = end
    found += _lines(text, at, len(text))
    return [_trimmed(text, *place) for place in found]


def _lines(text: str, start: int, end: int) -> list[Place]:
    """Return the lines of a stretch that have a word."""
    lines = (match.span() for match in LINE.finditer(text, start, end))
    return [place for place in lines if any(map(str.isalnum, text[slice(*place)]))]


def _trimmed(text: str, start: int, end: int) -> Place:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
