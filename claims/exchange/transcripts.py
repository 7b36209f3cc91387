"""Transcripts line by line: who says each sentence, and when, as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.attribution.languages.en.sentences import sentences_of
from claims.exchange.subtitles import cues, is_subtitles
from claims.text.canonical import canonical
from claims.text.time_marks import clock

# “Ida Holt: ...” at the head of a paragraph, “IDA HOLT: ...”, “- ” or “>> ” before it.
SPEAKER = re.compile(
    r"(?:[-–—]\s?|>>\s?)?((?:[^\W\d_a-z][\w.’'-]*[ ]?){1,4}):\s+(?=\S)"
)
# Names and words put in before a cue have at most so many characters.
NEAR = 1000
# Where no full stop ends a sentence.
LONGEST_LINE = 400


@dataclass(frozen=True)
class Line:
    """A sentence at its place in a transcript, its speaker and second, if known."""

    number: int
    start: int
    end: int
    words: str
    speaker: str = ""
    second: float | None = None

    @property
    def clock(self) -> str:
        """The time from the beginning: 1:02:03."""
        if self.second is None:
            return ""
        return clock(int(self.second))


def times_of(source: str, body: str) -> list[tuple[int, int]]:
    r"""Return (place in the body, second) of the cues of subtitles, in order.

    >>> times_of("WEBVTT\n\n00:01.000 --> 00:02.000\nRents rose.", "Rents rose.")
    [(0, 1)]
    """
    if not is_subtitles(source):
        return []
    found, at, passed = [], 0, 0
    for cue in cues(source):
        words = canonical(cue.words)
        # Words that somebody has changed are not found again hours later.
        place = body.find(words, at, at + passed + len(words) + NEAR)
        passed += len(words)
        if place >= 0:
            found.append((place, int(cue.start)))
            at, passed = place + len(words), 0
    return found


def lines_of(body: str, times: Iterable[tuple[int, int]] = ()) -> list[Line]:
    r"""Return the sentences of a transcript that say something.

    >>> [(line.speaker, line.words) for line in lines_of("Ida Holt: We pay. All do.")]
    [('Ida Holt', 'We pay.'), ('Ida Holt', 'All do.')]
    """
    lines: list[Line] = []
    speaker, left, second = "", sorted(times), None
    for paragraph in re.finditer(r"[^\n]+", body):
        start = paragraph.start()
        named = SPEAKER.match(paragraph[0])
        if named:
            speaker = named[1].strip()
            start += named.end()
        for first, last in _sentences(body, start, paragraph.end()):
            while left and left[0][0] <= first:
                second = left.pop(0)[1]
            words = body[first:last]
            lines.append(Line(len(lines) + 1, first, last, words, speaker, second))
    return lines


def _sentences(body: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield the places of the sentences between two places, nothing left out."""
    at = start
    stops = [start + each.ends[-1] for each in sentences_of(body[start:end])]
    for stop in [*stops, end]:
        words = body[at:stop]
        if any(map(str.isalnum, words)):
            first = at + len(words) - len(words.lstrip())
            yield first, at + len(words.rstrip())
            at = stop
