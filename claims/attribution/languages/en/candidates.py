"""Candidate attributions and cue verbs, before overlapping ones are removed."""

from __future__ import annotations

from dataclasses import dataclass

from .cues import Cue
from .sentences import WordRange


@dataclass(slots=True)
class Candidate:
    """A possible attribution: speaker, cue and content in word numbers of a sentence.

    `zone` is where the words that belong to the cue begin, `content_first` says that
    the content stands before the cue, `speech` that a free quotation may follow.
    """

    content: list[WordRange]
    cue: WordRange
    speaker: WordRange | None
    rule: str
    score: float
    zone: int
    content_first: bool = False
    lemma: str = ""
    speech: bool = False
    via: WordRange | None = None
    relay_end: int = 0


@dataclass(slots=True)
class VerbCue:
    """A cue verb found in a sentence: its words, its form and its speaker.

    `inherited` says that the speaker is taken from the clause before.
    """

    cue: Cue
    at: int
    words: WordRange
    form: str
    speaker: WordRange | None
    inherited: bool
    zone: int

    @property
    def end(self) -> int:
        """Where the words of the cue end."""
        return self.words[1]

    def candidate(
        self, content: list[WordRange], rule: str, score: float, zone: int | None = None
    ) -> Candidate:
        """Return a candidate with this cue and the content that follows it."""
        return Candidate(
            content,
            self.words,
            self.speaker,
            rule,
            score,
            self.zone if zone is None else zone,
            lemma=self.cue.lemma,
            speech="f" in self.cue.frames,
        )

    def content_first(
        self, content: list[WordRange], rule: str, score: float
    ) -> Candidate:
        """Return a candidate with this cue and the content in front of it."""
        found = self.candidate(content, rule, score, zone=0)
        found.content_first = True
        return found
