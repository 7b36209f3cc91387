"""Make the rules of a language from its tables, and proposals from its attributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from claims.attribution.proposals import Proposal
from claims.attribution.rules import Rules
from claims.attribution.spans import Attribution
from claims.attribution.stored import SpeakerIndex

from .days import stated_on
from .find import find_records
from .records import Record
from .speakers import Resolver
from .tables import Language, Tables
from .text import Sentence
from .wording import checkability, wording

Records = tuple[list[Record], list[Sentence]]


def rules_from(
    tables: Tables, finder: Callable[[str, Language], Records] = find_records
) -> Rules:
    """Return the rules of a language that its tables describe.

    `finder` finds the attributions where tables alone do not.
    """
    language = Language.of(tables)

    def find(text: str) -> list[Attribution]:
        return [record.attribution for record in finder(text, language)[0]]

    def propose(
        text: str, published_on: date | None, speakers: SpeakerIndex
    ) -> list[Proposal]:
        records, sentences = finder(text, language)
        resolver = Resolver(text, sentences, language)
        return [
            proposal(text, record, resolver, language, published_on, speakers)
            for record in records
        ]

    return Rules(find, propose)


def proposal(
    text: str,
    record: Record,
    resolver: Resolver,
    language: Language,
    published_on: date | None,
    speakers: SpeakerIndex,
) -> Proposal:
    """Return what is proposed about one attribution."""
    item = record.attribution
    cue = item.cue
    resolution = resolver.resolve(
        item.speaker, cue.of(text) if cue else "", cue.start if cue else 0
    )
    words = item.speaker.of(text) if item.speaker else ""
    match = speakers.find(words, resolution)
    return Proposal(
        item,
        words,
        resolution.name,
        resolution.kind,
        f"{resolution.reason}; {match[1]}" if match else resolution.reason,
        match[0] if match else None,
        item.via.of(text) if item.via else None,
        stated_on(words_outside(record), published_on, language),
        checkability(item.words(text), language, record.found.letters),
        wording(text, record, resolution, language),
    )


def words_outside(record: Record) -> list[str]:
    """Return the words of a sentence that are nobody's content."""
    s: Sentence = record.sentence
    content = record.attribution.content
    return [
        word
        for word, start in zip(s.words, s.starts, strict=True)
        if word != '"' and not any(c.start <= start < c.end for c in content)
    ]
