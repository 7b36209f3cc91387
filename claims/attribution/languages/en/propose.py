"""Propose claims to an editor: attributions with speaker, date, kind and wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from claims.attribution.proposals import Proposal, Resolution, StatedOn
from claims.attribution.spans import Attribution, Span
from claims.attribution.stored import SpeakerIndex, StoredSpeaker

from .checkability import checkability
from .dates import issued_on, stated_on
from .documents import DOCUMENTS
from .doubts import noticed
from .find import Record, find_records
from .modality import PHRASES
from .nobody import names_nobody
from .people import People
from .pronouns import EMPTY_IT
from .references import references
from .speakers import Resolver
from .statements import is_statement
from .wording import word_claim
from .words import word_set

GOING_ON = word_set("also further again later too")
# In the words around a cue, which is "¤" there: "§ said as he introduced her"
AS_SOMEBODY = re.compile(
    r"¤ {1,3}(?:\w+ ){0,3}?(?:as|when|while|before|after|in|at|during|of|with|on)"
    r" (he|his|she|her)\b",
    re.IGNORECASE,
)
OWN_PAPER = re.compile(
    r"(?:its|his|her|their) (?:[\w.-]+ ){0,3}(?:reports?|filings?|records?|documents?"
    r"|disclosures?|returns?|statements?|forms?)\b"
)
PRESENT = word_set(
    "say says argue argues believe believes think thinks write writes tell"
)
NOBODY_NAMED = ("passive", "raising")
ASKING = word_set("ask question press wonder inquire quiz grill")


def propose(
    text: str,
    published_on: date | None = None,
    speakers: Iterable[StoredSpeaker] | SpeakerIndex = (),
) -> list[Proposal]:
    """Return a proposal for every statement in a text, in the order of the text.

    An attribution that only tells an act or a mood is none. For many texts, give the
    desk's speakers as one SpeakerIndex.

    >>> text = "Mayor Ida Holt met the press. She said on Friday rents had risen by 4%."
    >>> desk = [StoredSpeaker(3, "Ida Holt")]
    >>> found = propose(text, date(2024, 5, 6), desk)[0]
    >>> found.speaker_words, found.speaker_name, found.speaker_key
    ('She', 'Ida Holt', 3)
    >>> found.speaker_reason
    '“she” read as Ida Holt, the person named before; “Ida Holt” is a stored name'
    >>> found.stated_on.isoformat(), found.wording
    ('2024-05-03', 'Rents had risen by 4%.')
    """
    records, sentences = find_records(text)
    index = speakers if isinstance(speakers, SpeakerIndex) else SpeakerIndex(speakers)
    resolver = Resolver(text, sentences)
    proposals = []
    for record, around in zip(records, _surroundings(text, records), strict=True):
        item = record.attribution
        who = _resolved(resolver, record, text, around)
        words = who.words or _spoken(text, item)
        if not _is_offered(text, record, who, words):
            continue
        match = index.find(words, _first_of(who))
        others = who.joint[1:]
        act = item.rule.removeprefix("inherited ").startswith(PHRASES)
        wording = word_claim(text, record, who, resolver.people)
        stated = _stated(text, item, words, around, published_on)
        doubts = noticed(text, record, who, around, wording, stated, published_on)
        reason = f"{who.reason}; {match[1]}" if match else who.reason
        proposals.append(
            Proposal(
                item,
                words,
                who.joint[0] if who.joint else who.name,
                who.kind,
                reason,
                match[0] if match else None,
                item.via.of(text) if item.via else None,
                stated,
                checkability(item.words(text), record.found.lemma, act),
                wording.text,
                wording.open_words,
                wording.open_reason,
                others,
                tuple(index.key_of(name) for name in others),
                who.is_sure,
                () if wording.open_words else references(wording.text),
                doubts,
            )
        )
    return proposals


def _resolved(resolver: Resolver, record: Record, text: str, around: str) -> Resolution:
    """Return who is meant by the words for a speaker."""
    span = record.attribution.speaker
    asks = record.found.lemma in ASKING
    who = resolver.resolve(span, asks=asks, goes_on=_goes_on(record))
    return _checked(who, record, text, around, resolver.people)


def _checked(
    who: Resolution, record: Record, text: str, around: str, people: People
) -> Resolution:
    """Return who speaks, or nobody where the sentence shows that it is another one."""
    if _speaks_of(who, record, text):
        reason = f"the words speak of {who.name} as of somebody else"
        who = Resolution(None, "person", reason)
    if _is_of_other_gender(around, who, people):
        reason = f"the sentence speaks of somebody else than {who.name}"
        who = Resolution(None, "person", reason)
    if who.name and ", including " in _spoken(text, record.attribution):
        # "Several clerks, including Holt, said": not she alone
        who = Resolution(None, "group", "others have said it with the one named")
    if who.name and OWN_PAPER.match(_spoken(text, record.attribution)):
        # "according to its FEC reports": not the commission
        who = Resolution(None, "unnamed", "a paper of somebody else's")
    if who.kind == "person" and _is_plural(text, record.attribution):
        # "Bakers supporting Ms. Holt have said": it is not she who did.
        reason = "the verb is plural, so more than one speaks"
        who = Resolution(None, "group", reason)
    return who


def _spoken(text: str, item: Attribution) -> str:
    """Return the words for a speaker, or nothing."""
    return item.speaker.of(text) if item.speaker else ""


def _stated(
    text: str, item: Attribution, words: str, around: str, published_on: date | None
) -> StatedOn:
    """Return the day of a statement, or of a document: "a May poll"."""
    cue = item.cue.of(text).lower() if item.cue else ""
    found = stated_on(around, published_on, is_present=cue in PRESENT)
    is_document = not DOCUMENTS.isdisjoint(words.lower().split())
    if found.basis == "article_date" and is_document:
        return issued_on(words, published_on) or found
    return found


def _is_offered(text: str, record: Record, who: Resolution, words: str) -> bool:
    """Return whether an attribution is a statement, and of somebody who can make one.

    Somebody has said what is quoted, whatever stands there: an editor may know who.
    """
    if not is_statement(text, record):
        return False
    item = record.attribution
    if who.name or who.joint:
        return True
    first, last = record.found.speaker or (0, 0)
    if last - first == 1 and record.sentence.tags[first] in "wT":
        # "someone who said so"
        return False
    if item.kind == "direct":
        return True
    if not item.speaker:
        # "The fair is expected to open": nobody says so
        return not item.rule.removeprefix("inherited ").startswith(NOBODY_NAMED)
    return not (names_nobody(words) or EMPTY_IT.match(text, item.speaker.start))


def _first_of(who: Resolution) -> Resolution:
    """Return the first of several who speak together, or who speaks alone."""
    return replace(who, name=who.joint[0], kind="person") if who.joint else who


def _speaks_of(who: Resolution, record: Record, text: str) -> bool:
    """Return whether a quotation names the one whom "he said" is read as."""
    item = record.attribution
    words = _spoken(text, item).lower()
    guessed = words in ("he", "she") or not who.is_sure
    if item.kind != "direct" or not guessed or not who.name:
        return False
    surname, said = who.name.split()[-1], item.words(text)
    return surname in said and bool(
        re.search(rf"(?<!\w){re.escape(surname)}(?!\w|['’]s)", said)
    )


def _is_of_other_gender(around: str, who: Resolution, people: People) -> bool:
    """Return whether "Holt said as he left" cannot be the Holt who is a woman."""
    own = people.gender_of(who.name or "") if who.kind == "person" else ""
    match = AS_SOMEBODY.search(around) if own else None
    return match is not None and (match[1].lower() in ("he", "his")) != (own == "he")


def _goes_on(record: Record) -> bool:
    """Return whether a cue says that its speaker has spoken before: "also said"."""
    words = record.sentence.words
    first, last = record.found.cue
    also = not GOING_ON.isdisjoint(words[max(0, first - 1) : last + 1])
    speaks = record.found.speech and record.attribution.kind != "indirect"
    return (also and (speaks or record.found.lemma in ("say", "tell"))) or (
        record.found.lemma in ("add", "continue")
    )


def _is_plural(text: str, item: Attribution) -> bool:
    """Return whether the verb of a cue has more than one subject: "have said"."""
    first = item.cue.of(text).split(" ")[0].lower() if item.cue else ""
    words = _spoken(text, item).lower()
    return first in ("have", "are", "were", "haven't", "aren't", "weren't") and (
        words not in ("i", "you", "we", "they", "who", "which", "that")
    )


def _surroundings(text: str, records: list[Record]) -> list[str]:
    """Return, for each record, the words of its sentence that are nobody's content."""
    neighbours = [None, *records, None]
    return [
        _without_content(text, record, _part_of_sentence(text, before, record, after))
        for before, record, after in zip(
            neighbours, records, neighbours[2:], strict=False
        )
    ]


def _part_of_sentence(
    text: str, before: Record | None, record: Record, after: Record | None
) -> Span:
    """Return the part of a sentence that belongs to one of its attributions."""
    s = record.sentence
    start, end = s.starts[0], s.ends[-1]
    if before and before.sentence is s:
        content = before.attribution.content
        start = max(start, max(part.end for part in content if part.start < end))
    if after and after.sentence is s:
        item = after.attribution
        first = min(span.start for span in (*item.content, item.cue) if span)
        end = min(end, max(first, start))
    cue = record.attribution.cue
    if cue and record.attribution.rule.startswith("inherited"):
        # "Rents rose on Monday, she said, adding that ...": not the day of adding
        start = max(start, text.rfind(",", start, cue.start) + 1)
    return Span(start, end)


def _where(part: tuple[Span, str]) -> tuple[int, int]:
    """Return the key by which the parts of a sentence are sorted: their places."""
    return part[0].start, part[0].end


def _without_content(text: str, record: Record, place: Span) -> str:
    """Return the words of a place, with signs for content, speaker and cue in them."""
    item = record.attribution
    parts = [(part, " | ") for part in item.content]
    parts += [
        (span, sign)
        for span, sign in ((item.speaker, " § "), (item.cue, " ¤ "))
        if span
    ]
    pieces = []
    spot = place.start
    for part, sign in sorted(parts, key=_where):
        if part.start >= place.end:
            break
        if part.start > spot:
            pieces.append(text[spot : part.start])
        pieces.append(sign)
        spot = max(spot, part.end)
    if place.end > spot:
        pieces.append(text[spot : place.end])
    return "".join(pieces)
