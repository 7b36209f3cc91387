"""Attributions whose cue is no verb: nouns, adjectives, "according to"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .candidates import Candidate
from .cues import ADJECTIVES, NOUNS
from .phrases import clause_end, phrase_end, subject_after, subject_before
from .sentences import Sentence, WordRange
from .words import word_set

# "made the claim that": the speaker is the subject of the verb before the noun.
LIGHT_VERBS = word_set(
    """
    announce announced back backed declare declared defend defended defends drop
    dropped express expressed expresses expressing gave give gives giving had has
    have having held hold holds issue issued issues issuing launch launched made
    make makes making offer offered offering offers outline outlined pledge pledged
    question questioned questions raise raised raises raising reiterate reiterated
    reiterating release released renew renewed repeat repeated repeating repeats
    share shared shares sharing show showed shows threw throw voice voiced voices
    voicing
    """
)
COPULAS = word_set(
    """
    is are was were be been being am feel feels felt seem seems seemed sound sounded
    sounds remain remains remained become became appear appears appeared
    """
)
POSSESSIVES = word_set("his her their its my our your")
# Whose claim or plan it is, where the cue begins, and the rule.
Owner = tuple[WordRange, int, str]
VIEWS = word_set("opinion view words eyes estimation judgement judgment")
SURVEYS = frozenset(["poll", "survey"])
# ", the treasurer," and ", who counts the votes" belong to the source.
DESCRIBED = re.compile(
    r",(?:w[^,.;:?!-]{1,40}|[DNX#Jae][^,.;:?!vVBHMdQ-]{0,20})(?=,|[.?!;:]?\Z)"
)


def noun_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield the attributions that hang on a noun of saying, thinking or wishing."""
    if NOUNS.keys().isdisjoint(s.words):
        return
    for at, word in enumerate(s.words):
        cue = NOUNS.get(word)
        if cue is not None and at + 2 < len(s.words):
            found = _noun(s, at, cue.follows)
            if found:
                yield found


def _noun(s: Sentence, at: int, follows: frozenset[str]) -> Candidate | None:
    """Return the attribution of "Lee's claim that", "a claim by Lee that"."""
    words = s.words
    k = at + 1
    source = None
    if words[k] in ("by", "from", "among") and "by" not in follows:
        source = subject_after(s, k + 1)
        if not source or source[1] + 1 >= len(words):
            return None
        k = source[1]
    if words[k] not in follows:
        return None
    content = _content_of_noun(s, k)
    if content is None:
        return None
    first, rule = at, "noun by"
    if source is None:
        found = _owner(s, at)
        if found is None:
            return None
        source, first, rule = found
    return Candidate(
        [content], (first, at + 1), source, rule, 0.4, first, lemma=words[at]
    )


def _content_of_noun(s: Sentence, k: int) -> WordRange | None:
    """Return the content that begins with "that", "to" or a preposition at `k`."""
    tags = s.tags
    if s.words[k] == "that":
        if tags[k + 1] in "VvBHMde":
            return None
        return k, clause_end(s, k + 1, commas=False)
    if s.words[k] == "to" and tags[k + 1] in "ZNvgR":
        return k, clause_end(s, k + 1)
    return k + 1, phrase_end(s, k + 1)


def _owner(s: Sentence, at: int) -> Owner | None:
    """Return the owner of a noun: "Lee's claim", "his claim", "Lee made a claim"."""
    tags, words = s.tags, s.words
    j = at - 1
    if j >= 0 and tags[j] == "R":
        # "Lee's aides still question whether": a verb
        return None
    while j >= 0 and tags[j] in "NJeRZg#X":
        j -= 1
    if j < 0:
        return None
    if tags[j] == "x":
        return _possessor(s, j, at)
    if words[j] in POSSESSIVES:
        if j == 0 or words[j - 1] not in LIGHT_VERBS:
            # "discussed his plans": the verb attributes, or nothing does.
            acted = j > 0 and tags[j - 1] in "vVZGgeE"
            return None if acted else ((j, j + 1), j + 1, "noun possessive")
        # "renewed his call": who renewed it?
        j -= 1
    elif tags[j] == "D":
        j -= 1
    return _subject_of_light_verb(s, j)


def _possessor(s: Sentence, j: int, at: int) -> Owner | None:
    """Return the owner whose name ends with "Lee's" at `j`."""
    tags = s.tags
    first = j
    while first > 0 and j - first < 4 and tags[first - 1] in "NX":
        first -= 1
    if first > 0 and tags[first - 1] == "D":
        first -= 1
    if first and tags[first - 1] in "vVZGgeEP" and s.words[at + 1] != "that":
        # "discussed Lee's plans for it": not Lee who says so here
        return None
    return (first, j + 1), j + 1, "noun possessive"


def _subject_of_light_verb(s: Sentence, j: int) -> Owner | None:
    """Return the subject of "made", "renewed" and the like at or before `j`."""
    tags, words = s.tags, s.words
    while j >= 0 and tags[j] in "NJe" and words[j] not in LIGHT_VERBS:
        j -= 1
    if j < 0 or words[j] not in LIGHT_VERBS:
        return None
    verb = _first_of_group(tags, j)
    source = subject_before(s, verb - 1)
    if source is None or "B" in tags[verb:j]:
        return None
    return source, verb, "noun light verb"


def _first_of_group(tags: str, j: int) -> int:
    """Return where the auxiliaries and adverbs before a verb begin."""
    while j > 0 and tags[j - 1] in "RnBHMd":
        j -= 1
    return j


def adjective_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield "is confident that ...", "was critical of ..."."""
    if ADJECTIVES.keys().isdisjoint(s.words):
        return
    for at, word in enumerate(s.words):
        cue = ADJECTIVES.get(word)
        if cue is not None and 0 < at < len(s.words) - 2:
            found = _adjective(s, at, cue.follows)
            if found:
                yield found


def _adjective(s: Sentence, at: int, follows: frozenset[str]) -> Candidate | None:
    """Return the attribution of an adjective after a form of "be" or "feel"."""
    tags, words = s.tags, s.words
    j = at - 1
    while j >= 0 and tags[j] in "Rn":
        j -= 1
    if j < 0:
        return None
    contracted = tags[j] == "p" and ("'" in words[j] or "’" in words[j])
    if words[j] not in COPULAS and not contracted:
        return None
    content = _content_of_adjective(s, at + 1, follows)
    if content is None:
        return None
    verb = j if contracted else _first_of_group(tags, j)
    source: WordRange | None
    if contracted:
        source = (j, j + 1)
    elif verb > 0 and tags[verb - 1] == "w":
        source = (verb - 1, verb)
    else:
        source = subject_before(s, verb - 1)
    if source is None or words[source[0]] in ("it", "there", "it's"):
        return None
    return Candidate(
        [content], (verb, at + 1), source, "adjective", 0.5, source[0], lemma=words[at]
    )


def _content_of_adjective(
    s: Sentence, k: int, follows: frozenset[str]
) -> WordRange | None:
    """Return the content that begins at `k`, with "that", "to" or a preposition."""
    word = s.words[k]
    if word in follows:
        if word == "that":
            return k, clause_end(s, k + 1, commas=False)
        if word == "to":
            return k, clause_end(s, k + 1)
        return k + 1, clause_end(s, k + 1)
    if "that" in follows and s.tags[k] in "pDX" and word != "one":
        return k, clause_end(s, k + 1, commas=False)
    return None


def according_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield "according to the report, ..." in all its places."""
    words = s.words
    if "according" not in words and "per" not in words and VIEWS.isdisjoint(words):
        return
    for at in range(len(words) - 1):
        width = 0
        if words[at] == "according" and words[at + 1] == "to":
            width = 2
        elif words[at] == "per" and _is_source(s, at):
            width = 1
        elif (
            words[at] == "in"
            and words[at + 1 : at + 4 : 2] == ("the", "of")
            and words[at + 2] in VIEWS
        ):
            # "in the opinion of the union"
            width = 4
        if width and at + width < len(words):
            found = _according(s, at, width)
            if found:
                yield found
        elif words[at] in VIEWS and "in" in words[max(0, at - 6) : at]:
            found = _in_view(s, at)
            if found:
                yield found


def _is_source(s: Sentence, at: int) -> bool:
    """Return whether "per" names a source: "per the report", but not "per person"."""
    tags = s.tags
    if tags[at] != "P" or s.words[at + 1] in ("a", "an"):
        return False
    # "Per Moe" may be a name.
    return (
        tags[at + 1] == "D" if at == 0 else tags[at - 1] == "," and tags[at + 1] in "DX"
    )


def _in_view(s: Sentence, at: int) -> Candidate | None:
    """Return the attribution of "in Lee's view, ...", "Rents, in his view, fell"."""
    tags, words = s.tags, s.words
    if tags[at - 1] != "x" and words[at - 1] not in POSSESSIVES:
        return None
    first = at - 1
    while first > 1 and tags[first] in "xXN" and tags[first - 1] in "DXN":
        first -= 1
    start = first - 1
    if start < 0 or words[start] != "in":
        return None
    after = at + 1 + (tags[at + 1] in ",-:")
    content = [(after, len(tags))]
    if start:
        # "Rents, in his view, fell", "rents must fall, in his view"
        pauses = tags[start - 1] in ",-" and tags[at + 1] in ",-."
        if words[at] == "words" or not pauses:
            return None
        content.insert(0, (0, start - 1))
        if tags[after:].strip(".?!") == "":
            content.pop()
    return Candidate(
        content,
        (at, at + 1),
        (first, at),
        "in the view of",
        0.8,
        start,
        content_first=True,
        lemma="view",
    )


def _according(s: Sentence, at: int, width: int) -> Candidate | None:
    """Return the attribution of "according to", which is `width` words long."""
    tags = s.tags
    source = _source_after(s, at, width)
    if source is None:
        return None
    before = at
    while before > 0 and tags[before - 1] in "R,-":
        before -= 1
    if before and tags[before - 1] in "BH":
        return None
    # After "that", "while", a colon or a bracket only what follows is meant.
    first = before if before and tags[before - 1] in ":;(Ta" else 0
    while first < before and tags[first] in "cb,":
        first += 1
    if before > first:
        source, content = _around_source(tags, (first, before), source)
    else:
        comma = source[1]
        if tags[comma : comma + 1] != ":":
            comma = tags.find(",", comma)
        if comma < 0 or comma > source[1] + 25:
            return None
        source = (source[0], comma)
        content = [(comma + 1, len(tags))]
    return Candidate(
        content,
        (at, at + width),
        source,
        "according to",
        0.8,
        before,
        content_first=True,
        lemma="according",
    )


def _source_after(s: Sentence, at: int, width: int) -> WordRange | None:
    """Return who or what follows "according to", with a description of it."""
    start = at + width
    source = subject_after(s, start, apposition=False)
    if source is None:
        return (start, start + 1) if s.tags[start] in "qQ" else None
    described = DESCRIBED.match(s.tags, source[1]) if at > 2 else None
    return (source[0], described.end()) if described else source


def _around_source(
    tags: str, front: WordRange, source: WordRange
) -> tuple[WordRange, list[WordRange]]:
    """Return the source, and the content in front of it and after it."""
    size = len(tags)
    end = source[1]
    if tags[end : end + 1] in ("", *".?!;:"):
        return source, [front]
    if tags[end] in ",-" and end + 2 < size:
        return source, [front, (end + 1, size)]
    # "according to people who saw it": the source goes on.
    comma = tags.find(",", end)
    if comma < 0:
        comma = size - (tags[-1] in ".?!")
    return (source[0], comma), [front]


def poll_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield "In a poll for the Daily Post, half backed the plan"."""
    at = int(s.tags[0] in "cb")
    comma = s.tags.find(",", at, at + 16)
    if s.words[at : at + 1] != ("in",) or comma < at + 3 or len(s.tags) < comma + 4:
        return
    source = subject_after(s, at + 1, apposition=False)
    if source and not SURVEYS.isdisjoint(s.words[slice(*source)]):
        found = [(comma + 1, len(s.tags))]
        yield Candidate(
            found,
            (at, at + 1),
            source,
            "according to",
            0.6,
            at,
            content_first=True,
            lemma="according",
        )


def reportedly_candidates(s: Sentence) -> Iterator[Candidate]:
    """Yield "Lee has reportedly left": nobody is named as its source."""
    if "reportedly" not in s.words:
        return
    at = s.words.index("reportedly")
    subject = subject_before(s, _first_of_group(s.tags, at) - 1)
    if subject and at + 1 < len(s.words):
        content = [subject, (at + 1, clause_end(s, at + 1))]
        yield Candidate(
            content,
            (at, at + 1),
            None,
            "raising",
            0.5,
            subject[0],
            lemma="reportedly",
        )
