"""Find the attributions in a Turkish text: the cue comes last, the speaker first."""

from __future__ import annotations

from collections.abc import Collection

from claims.attribution.engine.records import Found, Record, carry_speakers, records_of
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence, sentences_of

from .contents import STOPS, attribution_of
from .cues import PASSIVE, cues_in
from .sources import according_in, is_relayed
from .subjects import GENITIVE, is_subject_noun
from .suffixes import OBLIQUE, bare, lower

# The longest name in front of a colon.
LONGEST_NAME = 9
QUESTIONS = frozenset(["soru", "cevap", "yanıt", "fotoğraf", "kaynak", "haber"])


def find_records(text: str, language: Language) -> tuple[list[Record], list[Sentence]]:
    """Return the attributions of a text with their sentences, and all sentences."""
    sentences = list(sentences_of(text, language))
    names = names_in(text, sentences)
    found = records_of(sentences, lambda s: attributions_in(text, s, names))
    carry_speakers(text, sentences, found, language, _is_active)
    return found, sentences


def _is_active(record: Record) -> bool:
    """Return whether a cue has a subject, printed or left out."""
    found = record.found
    if found.lemma in PASSIVE or found.rule.startswith("participle"):
        return False
    if record.attribution.speaker or not found.rule.startswith("clause"):
        return found.rule != "colon" or not found.unexplained
    # "Arama sürüyor" may hide a subject, "Aramanın sürdüğünü" has none.
    first = record.sentence.words[found.content[0][0]]
    return bool(GENITIVE.search(first) or OBLIQUE.search(first))


def names_in(text: str, sentences: list[Sentence]) -> frozenset[str]:
    """Return the words, in small letters, with a capital inside a sentence."""
    return frozenset(
        lower(bare(text[start:end]))
        for s in sentences
        for start, end in zip(s.starts[1:], s.ends[1:], strict=True)
        if text[start].isupper()
    )


def attributions_in(text: str, s: Sentence, names: Collection[str]) -> list[Found]:
    """Return the attributions of one sentence, in the order of their cues."""
    start = after_dateline(text, s)
    source = according_in(text, s, start)
    if source is None:
        return _of_cues(text, s, start, names) or _name_and_colon(text, s, names)
    if not is_relayed(s, source):
        return [source]
    found = _of_cues(text, s, source.content[0][0], names)
    for item in found:
        item.via = source.speaker
    return found or [source]


def _of_cues(text: str, s: Sentence, start: int, names: Collection[str]) -> list[Found]:
    """Return the attributions of the verbs after a word, in their order."""
    found: list[Found] = []
    subject = None
    floor = start
    goes_on = False
    for match in cues_in(s):
        if match.words[0] < floor:
            continue
        item = attribution_of(text, s, match, floor, names, goes_on)
        if not item:
            continue
        if match.kind == "participle":
            subject = item.subject or subject
        elif item.speaker is None and subject:
            item.speaker = subject
            item.rule = f"inherited {item.rule}"
        else:
            subject = item.speaker or subject
        # "diyen Uzun'u eleştirdi": whom a participle describes is the object after it.
        described = match.kind == "participle" and item.subject != item.speaker
        floor = match.words[1] if described else item.end
        goes_on = match.kind != "while"
        if not goes_on:
            # "Kaya, “...” derken, Uzun ... söyledi": somebody else goes on.
            subject = None
        found.append(item)
    return found


def after_dateline(text: str, s: Sentence) -> int:
    """Return where a sentence begins after "ANKARA (AA) -" or "Soru:", or 0."""
    if s.words[0] in QUESTIONS and s.words[1:2] == (":",):
        return 2
    dash = next(
        (at for at in range(1, min(len(s.words), 9)) if s.words[at] in "-–—"), 0
    )
    place = text[s.starts[0] : s.ends[max(0, dash - 1)]]
    return dash + 1 if dash and (place.isupper() or "(" in place) else 0


def _name_and_colon(text: str, s: Sentence, names: Collection[str]) -> list[Found]:
    """Return Kaya: “...”, without a verb; also an answer in an interview."""
    words = s.words
    for at in range(1, min(len(words), LONGEST_NAME)):
        if words[at] in ',"' or words[at] in STOPS:
            return []
        if words[at] == ":":
            speaker, cue = (0, at), (at, at + 1)
            if words[0] in QUESTIONS or not _may_speak(text, s, at):
                return []
            if at + 1 == len(words):
                return [Found([], cue, speaker, "name", 0.8)]
            content = [(at + 1, len(words))]
            if at + 1 in s.quotations:
                return [Found(content, cue, speaker, "name", 0.8)]
            if not _is_name(text, s, at, names):
                return []
            found = Found(content, cue, speaker, "answer", 0.8, speech=False)
            found.to_paragraph_end = True
            return [found]
    return []


def _may_speak(text: str, s: Sentence, end: int) -> bool:
    """Return whether words in front of a colon may be a speaker."""
    last = s.words[end - 1]
    first, final = s.starts[0], s.starts[end - 1]
    return is_subject_noun(last) or (text[first].isupper() and text[final].isupper())


def _is_name(text: str, s: Sentence, end: int, names: Collection[str]) -> bool:
    """Return whether the words in front of a colon are a name, titles before it."""
    capitals = all(text[start].isupper() for start in s.starts[:end])
    headline = s.paragraph == 0 and end < LONGEST_NAME // 2
    return capitals and (s.words[end - 1] in names or headline)
