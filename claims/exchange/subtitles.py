"""Reading subtitles: WebVTT and SubRip (SRT) as paragraphs, each after its speaker.

The voice of a WebVTT cue (`<v Ida Holt>`) becomes `Ida Holt: ...`, as transcripts have
it; cues of one voice become one paragraph until somebody pauses after a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

PAUSE = 2.0  # seconds between two cues that part paragraphs, after a sentence
LONG_PARAGRAPH = 600  # characters after which the end of a sentence is enough

_TIMES = re.compile(
    r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})[ \t]*-->[ \t]*"
    r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
# A cue that names or changes who speaks: “IDA HOLT: ...”, “- Yes.”, “>> No.”
_NEW_SPEAKER = re.compile(r"(?:[-–—]\s?\S|>>|(?:[^\W\d_a-z][\w.’'-]*\s?){1,4}:\s)")


@dataclass(frozen=True)
class Cue:
    """What is shown at a time: from and to in seconds, its voice, its words."""

    start: float
    end: float
    voice: str
    words: str


def is_subtitles(text: str) -> bool:
    """Return whether a text is WebVTT or begins like SubRip."""
    lines = text.lstrip("\ufeff \t\r\n")[:200].splitlines()
    return bool(lines) and (
        re.match(r"WEBVTT(?:[ \t]|$)", lines[0]) is not None
        or any(_TIMES.match(line.strip()) for line in lines[:2])
    )


def title_of_subtitles(text: str) -> str:
    """Return what stands after WEBVTT in the first line, or ""."""
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    return first.removeprefix("WEBVTT").strip(" \t-–—") if "WEBVTT" in first else ""


def paragraphs_of_subtitles(text: str) -> list[str]:
    r"""Return the paragraphs that are spoken in subtitles.

    >>> paragraphs_of_subtitles(
    ...     "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida Holt>Rents\nrose.</v>\n\n"
    ...     "00:02.500 --> 00:03.000\n<v Ida Holt>Wages did not."
    ... )
    ['Ida Holt: Rents rose. Wages did not.']
    """
    paragraphs: list[str] = []
    last: Cue | None = None
    for cue in cues(text):
        if last is None or _begins_paragraph(cue, last, paragraphs[-1]):
            named = cue.voice and (last is None or cue.voice != last.voice)
            paragraphs.append(f"{cue.voice}: {cue.words}" if named else cue.words)
        else:
            paragraphs[-1] += f" {cue.words}"
        last = cue
    return paragraphs


def cues(text: str) -> Iterator[Cue]:
    """Yield the cues of WebVTT or SRT; notes, styles and numbers have no times."""
    shown = ""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        at = next((n for n, line in enumerate(lines) if "-->" in line), None)
        times = at is not None and _TIMES.search(lines[at])
        if at is None or not times:
            continue
        spoken = []
        for line in lines[at + 1 :]:
            plain = " ".join(unescape(_TAG.sub("", line)).split())
            # Captions that roll show a line again with the one after it.
            if plain and plain != shown:
                spoken.append((line, plain))
                shown = plain
        yield from _by_voice(spoken, _seconds(times, 1), _seconds(times, 5))


def _by_voice(spoken, start: float, end: float) -> Iterator[Cue]:
    """Yield a cue for each voice within one, or for each dash of a dialogue."""
    voice = ""
    words: list[str] = []
    for line, plain in spoken:
        named = _VOICE.search(line)
        changes = named is not None or re.match(r"[-–—]\s?\S", plain)
        if changes and words:
            yield Cue(start, end, voice, " ".join(words))
            words, start = [], end
        if named:
            voice = " ".join(unescape(named[1]).split())
        words.append(plain)
    if words:
        yield Cue(start, end, voice, " ".join(words))


def _begins_paragraph(cue: Cue, last: Cue, paragraph: str) -> bool:
    if cue.voice != last.voice or _NEW_SPEAKER.match(cue.words):
        return True
    if not _SENTENCE_END.search(last.words):
        return False
    return cue.start - last.end >= PAUSE or len(paragraph) > LONG_PARAGRAPH


def _seconds(times: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (
        int(times[first + n] or 0) for n in range(4)
    )
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
