"""Precision, recall and F1 of the extraction on articles marked by hand.

`python -m claims.attribution.score tests/attribution/gold` prints it, for the articles
of each language in the folder named by its code; `.../gold/tr` for one language, and
`.../gold/en/unseen` for a folder of English ones.

A gold file is an article, a line of equals signs, and one line for each attribution:

    kind: court
    published: 2031-03-06

    The article ...

    ====
    speaker words | name or - | cue | first words ~ last words + next part | outlet

"-" as a name says that the text names nobody. "-" as speaker words: no speaker at all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .extract import propose
from .folding import fold
from .languages import LANGUAGES
from .proposals import Proposal
from .spans import Span

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


class GoldError(ValueError):
    """A line of a gold file whose words are not in its article."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution as an editor marked it."""

    content: tuple[Span, ...]
    speaker: Span | None
    cue: Span
    name: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with everything an editor marked in it."""

    kind: str
    published_on: date
    text: str
    attributions: tuple[Gold, ...]


@dataclass(slots=True)
class Figures:
    """Counts over any number of articles; precision, recall and F1 from them."""

    gold: int = 0
    found: int = 0
    right: int = 0
    contents: int = 0
    resolved: int = 0
    via: int = 0
    via_right: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def precision(self) -> float:
        """Share of what was found that is right in speaker and words."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what an editor marked that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def speakers(self) -> float:
        """Share of the contents found whose speaker was named rightly."""
        return self.resolved / self.contents if self.contents else 0.0

    def __str__(self) -> str:
        return (
            f"who said what: P {100 * self.precision:.1f} R {100 * self.recall:.1f} "
            f"F1 {100 * self.f1:.1f} ({self.right} of {self.gold}, "
            f"{self.found} found); "
            f"speaker named rightly {100 * self.speakers:.1f} % "
            f"({self.resolved} of {self.contents}); "
            f"outlets {self.via_right} of {self.via}"
        )


def read_gold(path: Path) -> GoldArticle:
    """Return the article of a gold file with its attributions as spans."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    text, _, table = rest.partition("\n====\n")
    at = 0
    attributions = []
    for line in table.strip().splitlines():
        speaker, name, cue, content, *via = (part.strip() for part in line.split(" | "))
        parts: list[Span] = []
        for piece in content.split(" + "):
            span = _stretch(text, piece, parts[-1].end if parts else at, line)
            parts.append(span)
        middle = parts[0]
        attributions.append(
            Gold(
                tuple(parts),
                None if speaker == "-" else _nearest(text, speaker, middle, line),
                _nearest(text, cue, middle, line),
                None if name == "-" else name,
                via[0] if via else None,
            )
        )
        at = max(0, middle.start - 1)
    return GoldArticle(
        fields["kind"],
        date.fromisoformat(fields["published"]),
        text,
        tuple(attributions),
    )


def _stretch(text: str, piece: str, at: int, line: str) -> Span:
    """Return the place of "first words ~ last words" after a place."""
    first, _, last = piece.partition(" ~ ")
    start = text.find(first, at)
    if start < 0:
        raise GoldError(f"not in the article: {first!r} in {line!r}")
    end = start + len(first)
    if last:
        end = text.find(last, end)
        if end < 0:
            raise GoldError(f"not in the article: {last!r} in {line!r}")
        end += len(last)
    return Span(start, end)


def _nearest(text: str, words: str, near: Span, line: str) -> Span:
    """Return where words stand nearest to the content."""
    places = [Span(*m.span()) for m in re.finditer(_whole(words), text)]
    if not places:
        raise GoldError(f"not in the article: {words!r} in {line!r}")
    return min(
        places,
        key=lambda p: min(
            abs(p.start - near.end), abs(near.start - p.end), abs(p.start - near.start)
        ),
    )


def _whole(words: str) -> str:
    """Return a pattern for words that do not stand inside longer ones."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return before + re.escape(words) + after


def _words(text: str, spans: Iterable[Span | None]) -> frozenset[int]:
    """Return where the words in some spans begin."""
    return frozenset(
        m.start()
        for span in spans
        if span
        for m in WORD.finditer(text, span.start, span.end)
    )


def score(article: GoldArticle, proposals: list[Proposal]) -> Figures:
    """Return the figures of one article.

    An attribution is right when the contents share at least half of their words and the
    speakers at least one. A name is judged wherever the content was found.
    """
    text = article.text
    figures = Figures(gold=len(article.attributions), found=len(proposals))
    pairs = []
    for i, gold in enumerate(article.attributions):
        wanted = _words(text, gold.content)
        for j, proposal in enumerate(proposals):
            got = _words(text, proposal.attribution.content)
            shared = len(wanted & got) / len(wanted | got) if wanted | got else 0.0
            if shared >= 0.5:
                pairs.append((-shared, i, j))
    used_gold: set[int] = set()
    used: set[int] = set()
    for _, i, j in sorted(pairs):
        if i in used_gold or j in used:
            continue
        used_gold.add(i)
        used.add(j)
        gold, proposal = article.attributions[i], proposals[j]
        speaker = _words(text, [gold.speaker])
        found = _words(text, [proposal.attribution.speaker])
        figures.contents += 1
        figures.right += bool(speaker & found) or not (speaker or found)
        figures.resolved += names_agree(text, gold, proposal)
        if gold.via:
            figures.via += 1
            figures.via_right += proposal.via_name == gold.via
    return figures


def names_agree(text: str, gold: Gold, proposal: Proposal) -> bool:
    """Return whether the speaker is named as an editor would name him.

    Where the text names nobody, the proposal may leave the name open or keep the words.
    """
    if gold.name is None:
        words = gold.speaker.of(text) if gold.speaker else ""
        return proposal.speaker_name is None or fold(proposal.speaker_name) in fold(
            words
        )
    return fold(proposal.speaker_name or "") == fold(gold.name)


def score_folder(folder: Path) -> Figures:
    """Print the figures of the articles in a folder, and return their sum."""
    language = language_of(folder) or "en"
    total = Figures()
    for path in sorted(folder.glob("*.txt")):
        article = read_gold(path)
        found = propose(article.text, article.published_on, language=language)
        figures = score(article, found)
        print(f"{folder.name} {path.stem} ({article.kind}): {figures}")
        total += figures
    print(f"{folder.name} all: {total}")
    return total


def language_of(folder: Path) -> str | None:
    """Return the language that a folder or the nearest one around it is named by.

    >>> language_of(Path("gold/en/unseen")), language_of(Path("gold"))
    ('en', None)
    """
    names = (folder.name, *(parent.name for parent in folder.parents))
    return next((name for name in names if name in LANGUAGES), None)


def main(directory: str) -> dict[str, Figures]:
    """Print the figures of a folder, or of each language in it, and return them."""
    gold = Path(directory).resolve()
    folders = [gold / code for code in LANGUAGES if (gold / code).is_dir()] or [gold]
    return {folder.name: score_folder(folder) for folder in folders}


if __name__ == "__main__":
    main(sys.argv[1])
