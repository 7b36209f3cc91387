"""Claims proposed to an editor: attributions with speaker, day, kind and wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .checkability import Checkability, checkability
from .dates import StatedOn, stated_on
from .find import Record, find_records
from .names import SpeakerKind, parse_name
from .phrases import subject_before
from .sentences import Sentence
from .spans import Attribution
from .speakers import Resolver
from .stored import SpeakerIndex, StoredSpeaker
from .wording import self_contained

# Rules whose content is no sentence of its own.
PHRASES = (
    "object",
    "infinitive",
    "preposition",
    "gerund",
    "noun",
    "adjective",
    "told to",
    "told about",
    "asked about",
    "asked to",
    "relative",
    "passive",
    "raising",
    "whether",
    "told whether",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One attribution, and everything the program proposes about it.

    `speaker_words` are the article's words, `speaker_name` the name they stand for
    (None while open) and `speaker_reason` why. `speaker_key` is the stored speaker.
    """

    attribution: Attribution
    speaker_words: str
    speaker_name: str | None
    speaker_kind: SpeakerKind
    speaker_reason: str
    speaker_key: object | None
    via_name: str | None
    stated: StatedOn
    checkability: Checkability
    wording: str

    @property
    def stated_on(self) -> date | None:
        """The day of the statement, or the first day of its month or year."""
        return self.stated.day

    @property
    def precision(self) -> str:
        """How exactly the day is known."""
        return self.stated.precision

    @property
    def basis(self) -> str:
        """What the day is taken from."""
        return self.stated.basis


def propose(
    text: str,
    published_on: date | None = None,
    speakers: Iterable[StoredSpeaker] | SpeakerIndex = (),
) -> list[Proposal]:
    """Return a proposal for every attribution of a text, in the order of the text.

    For many texts, give the desk's speakers as one SpeakerIndex.

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
    resolutions = [resolver.resolve(r.attribution.speaker) for r in records]
    surnames = resolver.directory.surnames()
    around = _surroundings(text, records)
    previous = {
        id(s): before for before, s in zip([None, *sentences], sentences, strict=False)
    }
    proposals = []
    for record, resolution, near in zip(records, resolutions, around, strict=True):
        item = record.attribution
        words = item.speaker.of(text) if item.speaker else ""
        match = index.find(words, resolution)
        reason = resolution.reason
        if match:
            reason = f"{reason}; {match[1]}"
        cue = item.cue.of(text) if item.cue else ""
        act = item.rule.removeprefix("inherited ").startswith(PHRASES)
        content = item.words(text)
        proposals.append(
            Proposal(
                item,
                words,
                resolution.name,
                resolution.kind,
                reason,
                match[0] if match else None,
                item.via.of(text) if item.via else None,
                stated_on(near, cue, published_on),
                checkability(content, record.found.lemma, act),
                _wording(
                    text, record, resolution, content, cue, act, previous, surnames
                ),
            )
        )
    return proposals


def _surroundings(text: str, records: list[Record]) -> list[str]:
    """Return, for each record, the words of its sentence that are nobody's content."""
    result = []
    for at, record in enumerate(records):
        s = record.sentence
        start, end = s.starts[0], s.ends[-1]
        if at and records[at - 1].sentence is s:
            before = records[at - 1].attribution
            start = max(start, max(p.end for p in before.content if p.start < end))
        if at + 1 < len(records) and records[at + 1].sentence is s:
            after = records[at + 1].attribution
            first = min(p.start for p in (*after.content, after.cue) if p)
            end = min(end, max(first, start))
        pieces = []
        spot = start
        for part in record.attribution.content:
            if part.start >= end:
                break
            if part.start > spot:
                pieces.append(text[spot : part.start])
            spot = max(spot, part.end)
        if end > spot:
            pieces.append(text[spot:end])
        result.append(" | ".join(pieces))
    return result


def _wording(text, record, resolution, content, cue, act, previous, surnames) -> str:
    item = record.attribution
    parts = [part.of(text) for part in item.content]
    clause = not act
    if item.rule in ("passive", "raising") and len(parts) == 2:
        return self_contained(
            [f"{parts[0]} {cue} {parts[1]}"],
            speaker=None,
            speaker_words="",
            cue="",
            person=False,
            clause=True,
            surnames=surnames,
        )
    return self_contained(
        parts,
        speaker=resolution.name,
        speaker_words=item.speaker.of(text) if item.speaker else "Somebody",
        cue=cue,
        person=resolution.kind == "person",
        clause=clause,
        topic=_topic(text, previous.get(id(record.sentence))),
        surnames=surnames,
    )


def _topic(text: str, s: Sentence | None) -> str | None:
    """Return the subject of a sentence where it is a thing and not a person."""
    if s is None:
        return None
    for at, tag in enumerate(s.tags[:40]):
        if tag in "BHMdvV" and at:
            found = subject_before(s, at - 1)
            if not found or s.tags[found[0]] == "p":
                return None
            words = text[s.starts[found[0]] : s.ends[found[1] - 1]]
            if parse_name(words).kind in ("person", "group"):
                return None
            return words[0].lower() + words[1:] if s.tags[found[0]] == "D" else words
    return None
