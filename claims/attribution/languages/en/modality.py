"""Modality of an attribution: are its words said to be so, or hoped, denied, asked?"""

from __future__ import annotations

from .find import Record
from .phrases import FINITE
from .sentences import Sentence, WordRange
from .words import word_set

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
# What is hoped, feared or demanded is not said to be so.
ATTITUDES = word_set(
    """
    hope fear wish want worry wonder imagine pretend joke demand urge ask recommend
    propose prefer require request suggest dream expect pray consider order insist
    guess quip tease agree mean suspect doubt imply insinuate hint
    """
)
BELIEVING = word_set("believe think assume feel")
# No longer than this is the first line of a text that is a headline.
HEADLINE = 120
# Verbs after which a clause without "that" is what somebody holds to be so.
BARE_CUES = word_set(
    """
    say add believe think argue claim insist warn note contend maintain admit concede
    acknowledge explain know feel report announce declare assume
    conclude vow promise swear allege assert write tweet complain
    """
)
CONDITIONS = word_set("if unless once until without when should provided except lest")
OPENERS = word_set(
    "now that after when while as since because although though once before until if"
)
CONCEDING = word_set("while although though whereas despite")
AFTERWARDS = word_set(
    "if unless provided except until but though although not or to than as so only nor"
)


def _is_contact_clause(record: Record, first: int) -> bool:
    """Return whether a clause describes a noun: "the number of boats the Post said"."""
    tags = record.sentence.tags
    before = tags[:first]
    return before[-1:] == "N" and before[0] in "DN" and not FINITE.search(before)


def is_said_to_be_so(text: str, record: Record) -> bool:
    """Return whether somebody said plainly that the words of an attribution are so.

    Not so in a denial, a wish, a question, a condition, or a headline.
    """
    item = record.attribution
    lemma = record.found.lemma
    rule = item.rule.removeprefix("inherited ")
    if item.negated or _is_headline(text, record.sentence):
        return False
    if item.kind != "direct":
        if rule.startswith(PHRASES) or lemma in ATTITUDES:
            return False
        first, last = record.found.cue
        if lemma in BELIEVING and "had" in record.sentence.words[first:last]:
            # "Lee had believed the forecast was sound": no longer
            return False
        if rule == "bare" and lemma not in BARE_CUES:
            # "told the audience" takes whom it was said to, "protests" what against
            return False
    speaker = record.found.speaker
    if speaker and rule == "bare" and _is_contact_clause(record, speaker[0]):
        return False
    if (
        speaker
        and item.kind != "direct"
        and record.sentence.words[speaker[0]]
        in (
            "you",
            "one",
            "anyone",
            "anybody",
            "someone",
        )
    ):
        # "You could leave it thinking that": nobody says so
        return False
    if speaker and item.kind != "direct" and record.sentence.tags[speaker[0]] in "wT":
        # "those who say that": the sentence goes on about them
        return False
    return not _is_unreal(record.sentence, record.found.cue, speaker)


def is_in_opening_clause(record: Record) -> bool:
    """Return whether an attribution is said by the way, before the main clause.

    "Now that Holt has claimed that rents fell, she had some explaining to do"
    """
    s, found = record.sentence, record.found
    first = s.words[1] if s.words[0] in ("but", "and", "yet", "so") else s.words[0]
    if found.speaker is None or found.content_first or first not in OPENERS:
        return False
    return "," not in s.tags[: found.cue[0]]


def is_whole(text: str, record: Record) -> bool:
    """Return whether a reported clause is all that was said: no condition beside it."""
    s, item = record.sentence, record.attribution
    if len(item.content) > 1 and item.kind == "mixed":
        return False
    if is_in_opening_clause(record):
        return False
    start = item.content[0].start
    fronted = s.words[0] in CONDITIONS or s.words[0] in CONCEDING
    if fronted and start > s.starts[0] and not record.found.content_first:
        return False
    if item.cue and item.cue.end < start:
        between = text[item.cue.end : start].lower().split()
        if not CONDITIONS.isdisjoint(word.strip(",") for word in between):
            return False
    last = max(part.end for part in item.content)
    after = text[last : s.ends[-1]].lstrip("\"'“”‘’«»„`")
    if not after or after[0] in ".;?!)…":
        return True
    if record.found.content_first and after[0] in ",-–— ":
        return True
    following = after.lstrip(" ,;:-–—").split()
    return (after[0] in ",-–—" and bool(following)) and following[
        0
    ].lower() not in AFTERWARDS


def _is_headline(text: str, s: Sentence) -> bool:
    """Return whether a sentence is a headline, or a first line like one."""
    return s.title or (
        s.paragraph == 0
        and s.ends[-1] - s.starts[0] < HEADLINE
        and s.starts[0] == len(text) - len(text.lstrip())
        and text.startswith("\n", s.ends[-1])
    )


def _is_unreal(s: Sentence, cue: WordRange, speaker: WordRange | None) -> bool:
    """Return whether something was not said but would, should or may be."""
    first, last = cue
    front = s.tags[:first]
    if "M" in front and "V" not in front and "Q" not in front and "," not in front:
        # "You could leave thinking that"
        return True
    if "M" in s.tags[first:last] or (first and s.tags[first - 1] in "tM"):
        return True
    if s.tags.rstrip("Qq)")[-1:] == "?" and s.words[-1] == "?":
        return True
    before = min(first, speaker[0] if speaker else first)
    return before > 0 and s.words[before - 1] in CONDITIONS - {"when"}
