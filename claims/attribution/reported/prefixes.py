"""Clock times and datelines before a sentence, and turns of a transcript."""

from __future__ import annotations

import re
from collections import Counter

from claims.attribution.engine.records import Found, Record
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence
from claims.attribution.spans import Attribution, Span

# "14.32 Uhr: ...", "14:32 – ...", "18h05. ...", "Norderfurt (npa) – ..."
PREFIX = re.compile(
    r"(?:\d{1,2}(?:[.:]\d\d|\s?h\s?(?:\d\d)?)(?:\s?(?:Uhr|horas|h))?\s?"
    r"[:.–—|-]?\s+"
    r"|[^\W\d_][\w .’'-]{1,30}(?:\s?\([^)\n]{2,25}\)\.?\s?[:.–—-]{1,2}\s+"
    r"|,\s\d{1,2}\.?\s\w{3,9}\.?\s?(?:\([^)\n]{2,25}\)\.?\s?)?[–—-]\s+))"
)
TURN = re.compile(
    r"(?P<name>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,5})"
    r"(?: \([^)\n]{1,40}\))?\s?(?P<colon>:)\s"
)
ASKS = frozenset(["frage", "question", "pregunta", "p", "q"])


def without_prefix(text: str, s: Sentence) -> Sentence:
    """Return a sentence without a clock time or dateline in front of it."""
    match = PREFIX.match(text, s.starts[0])
    if not match:
        return s
    cut = next((n for n, start in enumerate(s.starts) if start >= match.end()), 0)
    if not 0 < cut < len(s.words) - 1 or any(at < cut for at in s.quotations):
        return s
    return Sentence(
        s.words[cut:],
        s.starts[cut:],
        s.ends[cut:],
        {at - cut: quotation for at, quotation in s.quotations.items()},
        s.paragraph,
    )


def turns_of(
    text: str, sentences: list[Sentence], language: Language
) -> dict[int, Record | None]:
    """Return the turns of a transcript by paragraph: "Holt: ..."; None for a question.

    A text is a transcript when three paragraphs begin with a name and a colon, and one
    name does so twice.
    """
    first: dict[int, Sentence] = {}
    last: dict[int, Sentence] = {}
    for s in sentences:
        first.setdefault(s.paragraph, s)
        last[s.paragraph] = s
    matches = {number: TURN.match(text, s.starts[0]) for number, s in first.items()}
    names = Counter(m["name"] for m in matches.values() if m and _is_name(m["name"]))
    if sum(names.values()) < 3 or max(names.values()) < 2:
        return {}
    turns: dict[int, Record | None] = {}
    for number, match in matches.items():
        if not match or match["name"] not in names:
            continue
        asks = language.lower(match["name"]) in ASKS
        start, end = match.end(), last[number].ends[-1]
        while start < end and text[start].isspace():
            start += 1
        turns[number] = (
            None
            if asks or start >= end
            else _turn(match, Span(start, end), first[number])
        )
    return turns


def _is_name(words: str) -> bool:
    """Return whether words may name a speaker: with capitals, or short."""
    return all(word[0].isupper() or len(word) < 4 for word in words.split())


def _turn(match: re.Match[str], content: Span, s: Sentence) -> Record:
    """Return the attribution of a turn; its colon is the cue."""
    item = Attribution(
        (content,),
        Span(*match.span("colon")),
        Span(*match.span("name")),
        "direct",
        None,
        "turn",
        0.9,
    )
    return Record(item, s, Found([], (0, 1), None, "turn", 0.9))
