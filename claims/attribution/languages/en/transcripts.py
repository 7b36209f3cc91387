"""Find the turns of an interview, a debate or a sitting: "Ida Holt: They fell."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.spans import Span

from .words import word_set

_WORD = r"[A-Z][\w.'’-]*"
_NAME = (
    rf"{_WORD}(?:[ ](?:{_WORD}|of|for|the|and|in|de|la|van|der|von|bin)){{0,7}}"
    r"(?:[ ]?\([^()\n]{1,60}\)){0,2}"
)
LABEL = re.compile(
    rf"^[ \t]*[\"“”]?(?:Q\d+\.?[ ])?(?:({_NAME})[ ]?:|([QA])\.)"
    r"(?:[ \t]+|[ \t]*\n)(?=\S)",
    re.MULTILINE,
)
# What is noted between the turns is nobody's words: "(Applause.)"
LINE = re.compile(r"(?![\"“”]?[(\[][^()\[\]\n]*[)\]]\s*$)[^\n]*\S[^\n]*", re.MULTILINE)
CLOSED = re.compile('["”]')
SENTENCE_END = re.compile(r"[.?!…][”\"’)\]]*\s*\Z")
QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
QUESTION = re.compile(r"(?:[^.?!]*\?)+\s*\Z")
# What stands before a colon and is nobody: days, places of a form, parts of a page.
NO_SPEAKERS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december today tomorrow
    address admission bottom breaking caption cast category contact correction cost
    date deadline directed director distance duration email entry example fact from
    headline highlights image ingredients length location map method more name note
    notes now opening opinion pages phone photo picture place points price prices
    published rating read related result results runtime score serves site source
    sources step subject summary tags tel telephone tickets time times tip title to
    topic update updated venue verdict video warning watch weather website what when
    where why
    """
)
# Of a text without two turns of one speaker, so many words make a turn.
SHORT = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next begins: label and paragraphs."""

    label: Span
    parts: tuple[Span, ...]


def turns_of(text: str) -> list[Turn]:
    """Return the turns of a transcript, in order; of another text none.

    >>> text = "Daily Post: Did rents fall?\\n\\nIda Holt: They did. By 4%."
    >>> [(t.label.of(text), t.parts[0].of(text)) for t in turns_of(text)]
    [('Daily Post', 'Did rents fall?'), ('Ida Holt', 'They did. By 4%')]
    """
    if ":" not in text and "Q." not in text:
        return []
    labels = [
        match
        for match in LABEL.finditer(text)
        if (match[1] or match[2]).split()[0].lower() not in NO_SPEAKERS
    ]
    if len(labels) < 2:
        return []
    ends = [match.start() for match in labels[1:]] + [len(text)]
    turns = []
    for match, end in zip(labels, ends, strict=True):
        last = match is labels[-1]
        parts = _parts(text, match.end(), end, last)
        if parts:
            turns.append(Turn(Span(*match.span(1 if match[1] else 2)), parts))
    return turns if _is_transcript(text, turns) else []


def is_question(text: str, turn: Turn) -> bool:
    """Return whether a turn only asks, which is no claim."""
    label = turn.label.of(text)
    words = text[turn.parts[0].start : turn.parts[-1].end + 1]
    return label in ("Q", "Question") or bool(QUESTION.match(words))


def is_portrait(label: str, words: str) -> bool:
    """Return whether words after a name and a colon tell of the one who is named.

    >>> is_portrait("Holt", "A miracle. Ida Holt has seen her lead fall.")
    True
    >>> is_portrait("Holt", "I have seen my lead fall.")
    False
    """
    name = re.escape(label.split()[-1]) if label else ""
    told = QUOTED.sub("", words)
    return bool(name) and bool(re.search(rf"(?<!\w){name}(?!\w)", told))


def _parts(text: str, start: int, end: int, last: bool) -> tuple[Span, ...]:
    """Return the paragraphs of a turn; of the last turn the first one alone."""
    parts = []
    for match in LINE.finditer(text, start, end):
        words = match.group()
        first = match.start() + len(words) - len(words.lstrip())
        if words.lstrip()[0] in '"“”' and not CLOSED.search(words[1:]):
            # Each paragraph of a quoted transcript begins with a mark.
            first += 1
        stop = match.start() + len(words.rstrip().rstrip(".,;:").rstrip())
        if stop > first:
            parts.append(Span(first, stop))
        if last and parts:
            break
    return tuple(parts)


def _is_transcript(text: str, turns: list[Turn]) -> bool:
    """Return whether labels at the front of lines are those of people who speak.

    One asks, or speaks twice; most speak in sentences, and most lines are theirs.
    """
    if len(turns) < 2:
        return False
    names = [turn.label.of(text) for turn in turns]
    if len(set(names)) < 2:
        return False
    asked = any(is_question(text, turn) for turn in turns)
    if not asked and len(set(names)) == len(names):
        return False
    sentences = sum(
        bool(SENTENCE_END.search(text, turn.parts[-1].start, turn.parts[-1].end + 1))
        and text.count(" ", turn.parts[0].start, turn.parts[-1].end) >= SHORT - 1
        for turn in turns
    )
    return 2 * sentences >= len(turns)
