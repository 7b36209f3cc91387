"""Where an article begins in a text, and its paragraphs: of no language."""

from __future__ import annotations

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
DATELINE = re.compile(r"\s*date \d{4}-\d\d-\d\d +(?=\S)")


def paragraphs(text: str) -> Iterator[re.Match[str]]:
    """Yield the paragraphs of an article, which empty lines part."""
    return PARAGRAPH.finditer(text, body_start(text))


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
    rest = len(text) - len(text[line_end:].lstrip())
    return rest if text.startswith(headline, rest) else match.end()
