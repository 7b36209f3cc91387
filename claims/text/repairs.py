"""Putting right what copying, printing and scanning did to a text, and saying what.

Soft hyphens, HTML's character references, line and page separators, ligatures, words
divided at line ends, lines that end inside a paragraph. The words stay as printed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims.text.canonical import undo_entities
from claims.text.visible import visible

LONGEST_EXAMPLE = 40
EXAMPLES = 3
# A line this much shorter than the widest ones was ended by somebody, not by a margin;
# one after a sentence needs less.
SHORT, SHORT_SENTENCE = 0.6, 0.85
NARROWEST, WIDEST = 20, 140  # characters in a line that a margin ended

# Ends of lines, then of pages and paragraphs, that are no line ends here.
_LINE_ENDS, _PAGE_ENDS = "\x0b\x1e\x85\u2028", "\x0c\x1d\u2029"
_SEPARATOR = re.compile(f"[{_LINE_ENDS}{_PAGE_ENDS}]")
_SOFT = re.compile("\u00ad(?:[ \t]*\n[ \t]*(?=\\S))?")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"} | {
    "ﬅ": "st",
    "ﬆ": "st",
}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_DIVIDED = re.compile(r"([^\W\d_]+)[-‐][ \t]*\n[ \t]*(\w+)")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’“»)\]]*$")
# What begins a line of its own: a list's sign or number, a dash, a name that speaks.
_OWN_LINE = re.compile(
    r"\s*(?:[-–—•*·▪]\s|\(?\d{1,2}[.)]\s|(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*\s?){1,4}:\s)"
)
# “two- and three-year terms”: nothing was divided before these.
_SUSPENDED = frozenset(
    {"and", "or", "to", "of", "und", "oder", "bis", "et", "ou", "y", "e", "o"}
    | {"ve", "veya", "og", "och"}
)
# Words that keep their hyphen: “well-known”, “self-made”.
_HYPHENATED = frozenset({"well", "self", "half"})
# How what cannot be seen is shown.
_SIGNS = str.maketrans(
    {"\u00ad": "¬"} | dict.fromkeys(f"\n{_LINE_ENDS}{_PAGE_ENDS}", "↵")
)


@dataclass(frozen=True)
class Repair:
    """One kind of thing put right: how often, and some of it before and after."""

    kind: str
    count: int
    examples: tuple[tuple[str, str], ...] = ()

    def shown(self) -> list[tuple[str, str]]:
        """Return the examples with signs for what cannot be seen."""
        return [
            (before.translate(_SIGNS), after.translate(_SIGNS))
            for before, after in self.examples
        ]


def repair(text: str, *, keep_lines: bool = False) -> tuple[str, tuple[Repair, ...]]:
    r"""Return a text put right, and what was put right in it.

    `keep_lines` leaves single line ends alone, for verse and tables.

    >>> repair("The har\u00adbour of Fish &amp; Co.")
    ... # doctest: +ELLIPSIS
    ('The harbour of Fish & Co.', (Repair(kind='references', count=1, ...
    >>> repair("The ferry stops in June, the coun-\ncil of Lindvik said on Monday.")[0]
    'The ferry stops in June, the council of Lindvik said on Monday.'
    """
    work = _Work(text.replace("\r\n", "\n").replace("\r", "\n"))
    work.apply("references", undo_entities)
    work.replace("separators", _SEPARATOR, _as_line_end)
    work.replace("soft hyphens", _SOFT, lambda _match: "")
    work.apply("invisible", visible)
    work.replace("ligatures", _LIGATURE, lambda match: _LIGATURES[match[0]])
    if not keep_lines:
        width = _margin(work.text)
        if width:
            words = {word.casefold() for word in re.findall(r"[\w-]+", work.text)}
            work.replace("divided", _DIVIDED, lambda match: _joined(match, words))
            work.unwrap(width)
        elif _lines_are_paragraphs(work.text):
            work.count("paragraphs", len(re.findall(r"\n+", work.text.strip())))
            work.text = re.sub(r"\s*\n\s*", "\n\n", work.text.strip())
    return work.text, tuple(work.repairs)


class _Work:
    """A text on its way, with what was done to it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.repairs: list[Repair] = []

    def count(
        self, kind: str, count: int, examples: Iterable[tuple[str, str]] = ()
    ) -> None:
        if count:
            self.repairs.append(Repair(kind, count, tuple(examples)[:EXAMPLES]))

    def replace(
        self, kind: str, pattern: re.Pattern[str], with_: Callable[[re.Match[str]], str]
    ) -> None:
        """Replace each match; keep the words around the first ones as examples."""
        examples: dict[tuple[str, str], None] = {}
        count = 0

        def replaced(match: re.Match[str]) -> str:
            nonlocal count
            new = with_(match)
            if new == match[0]:
                return new
            count += 1
            if len(examples) < EXAMPLES:
                before, after = _word_around(match)
                examples[before + match[0] + after, before + new + after] = None
            return new

        self.text = pattern.sub(replaced, self.text)
        self.count(kind, count, examples)

    def apply(self, kind: str, change: Callable[[str], str]) -> None:
        """Apply a change of single characters and count the lines that it touched."""
        if (changed := change(self.text)) == self.text:
            return
        pairs = [
            (old, new)
            for old, new in zip(
                self.text.split("\n"), changed.split("\n"), strict=False
            )
            if old != new
        ]
        shown = [pair for pair in pairs if max(map(len, pair)) <= LONGEST_EXAMPLE]
        self.text = changed
        self.count(kind, len(pairs) or 1, shown)

    def unwrap(self, width: int) -> None:
        """Join the lines that a margin ended; part the paragraphs between them."""
        joined, blocks = 0, []  # type: int, list[str]
        for block in _BLANK_LINES.split(self.text.strip("\n")):
            first, *lines = block.split("\n")
            part, last = [first], first
            for line in lines:
                if _ends_paragraph(last, line, width):
                    blocks.append(" ".join(part))
                    part = []
                else:
                    joined += 1
                part.append(line.strip())
                last = line
            blocks.append(" ".join(part))
        self.text = "\n\n".join(blocks)
        self.count("lines", joined)


def _as_line_end(separator: re.Match[str]) -> str:
    return "\n" if separator[0] in _LINE_ENDS else "\n\n"


def _word_around(match: re.Match[str]) -> tuple[str, str]:
    """Return the rest of the word before and after a match."""
    text = match.string
    before = re.search(r"\S{0,20}$", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"\S{0,20}", text[match.end() : match.end() + 20])
    return before[0] if before else "", after[0] if after else ""


def _joined(match: re.Match[str], words: set[str]) -> str:
    """Return a word that a line's end divided, in one piece, its own hyphen kept."""
    first, second = match.groups()
    if second.casefold() in _SUSPENDED and second.islower():
        return f"{first}- {second}"
    with_hyphen = f"{first}-{second}"
    if with_hyphen.casefold() in words or first.casefold() in _HYPHENATED:
        return with_hyphen
    if (first + second).casefold() in words:
        return first + second
    return first + second if second[0].islower() else with_hyphen


def _inner_lines(text: str) -> list[str]:
    """Return the lines that are not the last of their paragraph."""
    blocks = _BLANK_LINES.split(text.strip())
    return [line.rstrip() for block in blocks for line in block.split("\n")[:-1]]


def _margin(text: str) -> int:
    """Return the width at which a margin ended the text's lines, 0 where none did."""
    lines = _inner_lines(text)
    if not lines:
        return 0
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10]
    open_ends = sum(not _SENTENCE_END.search(line) for line in lines)
    full = sum(length >= SHORT * width for length in lengths)
    longer = sum(len(line) > 1.25 * width for line in text.split("\n"))
    is_wrapped = (
        NARROWEST <= width <= WIDEST
        and open_ends >= 0.3 * len(lines)
        and full >= 0.5 * len(lines)
        and longer <= 0.05 * len(lines)
    )
    return width if is_wrapped else 0


def _lines_are_paragraphs(text: str) -> bool:
    """Return whether single line ends part the paragraphs of a text."""
    lines = _inner_lines(text)
    ends = sum(bool(_SENTENCE_END.search(line)) for line in lines)
    return (
        len(lines) > len(_BLANK_LINES.findall(text.strip())) and ends > len(lines) / 2
    )


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    length = len(line.strip())
    if length < SHORT * width or _OWN_LINE.match(following):
        return True
    is_sentence = _SENTENCE_END.search(line.rstrip()) is not None
    indented = following[:1] in " \t\u3000" and line[:1] not in " \t\u3000"
    return is_sentence and (length < SHORT_SENTENCE * width or indented)
