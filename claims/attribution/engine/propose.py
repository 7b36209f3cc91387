"""Make the rules of a language from its tables, and proposals from its attributions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from claims.attribution.proposals import Checkability, Proposal, Resolution
from claims.attribution.rules import Rules
from claims.attribution.spans import Attribution
from claims.attribution.stored import SpeakerIndex

from .days import stated_on
from .find import find_records
from .records import Record
from .speakers import Resolver
from .tables import Language, Tables
from .text import Sentence
from .wording import Wording, checkability, with_open_words, wording


@dataclass(frozen=True, slots=True)
class Method:
    """The steps from text to proposal; a language may have its own for some."""

    find: Callable[[str, Language], tuple[list[Record], list[Sentence]]] = find_records
    resolver: type[Resolver] = Resolver
    checkability: Callable[[str, Record, Language], Checkability] = checkability
    wording: Callable[[str, Record, Resolution, Language], Wording] = wording


def rules_from(tables: Tables, method: Method | None = None) -> Rules:
    """Return the rules of a language that its tables describe."""
    language = Language.of(tables)
    steps = method or Method()

    def find(text: str) -> list[Attribution]:
        return [record.attribution for record in steps.find(text, language)[0]]

    def propose(
        text: str, published_on: date | None, speakers: SpeakerIndex
    ) -> list[Proposal]:
        records, sentences = steps.find(text, language)
        resolver = steps.resolver(text, sentences, language)
        proposals = []
        for record in records:
            item = record.attribution
            resolution = resolver.resolve(record)
            words = item.speaker.of(text) if item.speaker else ""
            match = speakers.find(words, resolution)
            reason = f"; {match[1]}" if match else ""
            worded = steps.wording(text, record, resolution, language)
            outside = [tables.bare(word) for word in words_outside(record)]
            proposals.append(
                Proposal(
                    item,
                    words,
                    resolution.name,
                    resolution.kind,
                    resolution.reason + reason,
                    match[0] if match else None,
                    item.via.of(text) if item.via else None,
                    stated_on(outside, published_on, language),
                    steps.checkability(item.words(text), record, language),
                    worded.text,
                    worded.open_words,
                    worded.open_reason,
                    is_sure=resolution.is_sure,
                    noticed=("speaker",) if _is_half_named(resolution) else (),
                )
            )
        return proposals

    def open_words(words: str) -> tuple[str, ...]:
        return with_open_words(words, language).open_words

    return Rules(find, propose, open_words)


def words_outside(record: Record) -> list[str]:
    """Return the words of a sentence that are nobody's content."""
    s: Sentence = record.sentence
    content = record.attribution.content
    return [
        word
        for word, start in zip(s.words, s.starts, strict=True)
        if word != '"' and not any(c.start <= start < c.end for c in content)
    ]


def _is_half_named(who: Resolution) -> bool:
    """Return whether only one name is known of a person, or of what may be one."""
    may_be_one = who.kind in ("person", "unnamed")
    return may_be_one and who.name is not None and " " not in who.name
