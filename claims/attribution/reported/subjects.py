"""Who the subject is where a Spanish sentence leaves it out: the one named last."""

from __future__ import annotations

from dataclasses import replace

from claims.attribution.engine.names import is_title
from claims.attribution.engine.records import Record
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence
from claims.attribution.spans import Span

from . import romance
from .colon import is_person


class Subjects:
    """The subject of the latest sentences, for verbs that have none of their own."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.last: Span | None = None
        # Sentences since the subject was named.
        self.age = 0

    def take_in(self, s: Sentence, records: list[Record]) -> None:
        """Take in a sentence, and give its attributions the subject they lack."""
        if self.language.tables.verb_second:
            return
        self.age += 1
        opening = self._opening(s)
        if opening:
            self.last, self.age = opening, 0
        for record in records:
            item = record.attribution
            if item.speaker is None and item.cue:
                if self.last and self.age < 2 and self.last.end <= item.cue.start:
                    record.attribution = replace(item, speaker=self.last)
                    self.age = 0
            elif item.speaker and (record.found.speech or record.found.lemma == "para"):
                self.last, self.age = item.speaker, 0

    def _opening(self, s: Sentence) -> Span | None:
        """Return the person with whom a sentence begins, as its subject."""
        begin = 0
        comma = s.words.index(",") if "," in s.words[:20] else 0
        first = s.words[0]
        if comma and (
            self.language.has("prepositions", first)
            or self.language.has("adverbs", first)
            or first.endswith(romance.PARTICIPIAL)
        ):
            begin = comma
        while begin < len(s.words) - 1 and (
            s.words[begin] in romance.JOINTS or not s.words[begin][0].isalnum()
        ):
            begin += 1
        if self.language.has("adverbs", s.words[begin]):
            return None
        end = romance.noun_phrase_end(self.text, s, begin, self.language)
        whole = romance.with_apposition(self.text, s, end, self.language)
        if end <= begin or s.words[begin] in self.language.forms:
            return None
        if s.words[begin].endswith(romance.PARTICIPIAL) and not is_title(
            s.words[begin], self.language
        ):
            return None
        if not is_person(self.text, s, begin, end, (begin, whole), self.language):
            return None
        return Span(s.starts[begin], s.ends[whole - 1])
