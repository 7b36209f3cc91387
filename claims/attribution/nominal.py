"""Attributions whose cue is no verb: "according to", nouns and adjectives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .candidates import Found
from .cues import ADJECTIVES, NOUNS
from .phrases import clause_end, phrase_end, subject_after, subject_before
from .sentences import Sentence
from .words import listed

# "made the claim that": the speaker is the subject of the verb before the noun.
LIGHT = listed(
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
COPULAS = listed(
    """
    is are was were be been being am feel feels felt seem seems seemed sound sounded
    sounds remain remains remained become became appear appears appeared
    """
)
POSSESSIVES = listed("his her their its my our your")


def noun_candidates(s: Sentence, reverse: str) -> Iterator[Found]:
    """Yield the attributions that hang on a noun of saying, thinking or wishing."""
    for at, word in enumerate(s.words):
        cue = NOUNS.get(word)
        if cue is not None and at + 2 < len(s.words):
            found = _noun(s, reverse, at, cue.follows)
            if found:
                yield found


def _noun(s: Sentence, reverse: str, at: int, follows: frozenset[str]) -> Found | None:
    tags, words = s.tags, s.words
    size = len(tags)
    k = at + 1
    source = None
    if words[k] in ("by", "from", "among") and "by" not in follows:
        source = subject_after(tags, k + 1)
        if not source or source[1] + 1 >= size:
            return None
        k = source[1]
    following = words[k]
    if following not in follows:
        return None
    if following == "that":
        if tags[k + 1] in "VvBHMde":
            return None
        content = (k, clause_end(s, k + 1, commas=False))
    elif following == "to" and tags[k + 1] in "ZNvgR":
        content = (k, clause_end(s, k + 1))
    else:
        content = (k + 1, phrase_end(s, k + 1))
    first, rule = at, "noun by"
    if source is None:
        found = _owner(s, reverse, at)
        if found is None:
            return None
        source, first, rule = found
    return Found([content], (first, at + 1), source, rule, 0.4, first, lemma=words[at])


def _owner(s: Sentence, reverse: str, at: int):
    """Return whose claim or plan it is, where the cue begins, and the rule."""
    tags, words = s.tags, s.words
    j = at - 1
    while j >= 0 and tags[j] in "NJeRZg#X":
        j -= 1
    if j >= 0 and tags[j] == "x":
        first = j
        while first > 0 and j - first < 4 and tags[first - 1] in "NX":
            first -= 1
        if first > 0 and tags[first - 1] == "D":
            first -= 1
        if first and tags[first - 1] in "vVZGgeEP" and words[at + 1] != "that":
            # "discussed Lee's plans for it": not Lee who says so here
            return None
        return (first, j + 1), j + 1, "noun possessive"
    if j >= 0 and words[j] in POSSESSIVES:
        if j == 0 or words[j - 1] not in LIGHT:
            # "discussed his plans": the verb attributes, or nothing does.
            acted = j > 0 and tags[j - 1] in "vVZGgeE"
            return None if acted else ((j, j + 1), j + 1, "noun possessive")
        # "renewed his call": who renewed it?
        j -= 1
    elif j >= 0 and tags[j] == "D":
        j -= 1
    while j >= 0 and tags[j] in "NJe" and words[j] not in LIGHT:
        j -= 1
    if j < 0 or words[j] not in LIGHT:
        return None
    verb = j
    while verb > 0 and tags[verb - 1] in "RnBHMd":
        verb -= 1
    source = subject_before(tags, reverse, verb - 1)
    if source is None or "B" in tags[verb:j]:
        return None
    return source, verb, "noun light verb"


def adjective_candidates(s: Sentence, reverse: str) -> Iterator[Found]:
    """Yield "is confident that ...", "was critical of ..."."""
    for at, word in enumerate(s.words):
        cue = ADJECTIVES.get(word)
        if cue is not None and 0 < at < len(s.words) - 2:
            found = _adjective(s, reverse, at, cue.follows)
            if found:
                yield found


def _adjective(
    s: Sentence, reverse: str, at: int, follows: frozenset[str]
) -> Found | None:
    tags, words = s.tags, s.words
    j = at - 1
    while j >= 0 and tags[j] in "Rn":
        j -= 1
    if j < 0:
        return None
    contracted = tags[j] == "p" and ("'" in words[j] or "’" in words[j])
    if words[j] not in COPULAS and not contracted:
        return None
    k = at + 1
    following = words[k]
    if following in follows:
        if following == "that":
            content = (k, clause_end(s, k + 1, commas=False))
        elif following == "to":
            content = (k, clause_end(s, k + 1))
        else:
            content = (k + 1, clause_end(s, k + 1))
    elif "that" in follows and tags[k] in "pDX" and following != "one":
        content = (k, clause_end(s, k + 1, commas=False))
    else:
        return None
    verb = j
    if contracted:
        source = (j, j + 1)
    else:
        while verb > 0 and tags[verb - 1] in "RnBHMd":
            verb -= 1
        if verb > 0 and tags[verb - 1] == "w":
            source = (verb - 1, verb)
        else:
            source = subject_before(tags, reverse, verb - 1)
    if source is None or words[source[0]] in ("it", "there", "it's"):
        return None
    return Found(
        [content], (verb, at + 1), source, "adjective", 0.5, source[0], lemma=words[at]
    )


def according_candidates(s: Sentence) -> Iterator[Found]:
    """Yield "according to the report, ..." in all its places."""
    words = s.words
    for at in range(len(words) - 2):
        width = 0
        if words[at] == "according" and words[at + 1] == "to":
            width = 2
        elif (
            words[at] == "in"
            and words[at + 2] in VIEWS
            and words[at + 1 : at + 4 : 2] == ("the", "of")
        ):
            # "in the opinion of the union"
            width = 4
        if width and at + width < len(words):
            found = _according(s, at, width)
            if found:
                yield found


# ", the treasurer," and ", who counts the votes" belong to the source.
DESCRIBED = re.compile(
    r",(?:w[^,.;:?!-]{1,40}|[DNX#Jae][^,.;:?!vVBHMdQ-]{0,20})(?=,|[.?!;:]?\Z)"
)
VIEWS = listed("opinion view words eyes estimation judgement judgment")
COLON = re.compile(r"(?=[^:]*X)[DNXxfPR#]{1,9}:(?=[Qq])")
TITLE_COLON = re.compile(r"X[XNfD#]{0,4}:(?=[^:]*[vVBHMdeZ])")


def colon_candidate(s: Sentence) -> Found | None:
    """Return the attribution of "Tone Haugland: ..." at the front of a sentence."""
    match = COLON.match(s.tags)
    rule = "colon"
    if not match and s.title:
        match = TITLE_COLON.match(s.tags)
        rule = "headline colon"
    if not match:
        return None
    end = match.end()
    return Found(
        [(end, len(s.tags))], (end - 1, end), (0, end - 1), rule, 0.7, 0, lemma=":"
    )


def _according(s: Sentence, at: int, width: int) -> Found | None:
    tags = s.tags
    size = len(tags)
    source = subject_after(tags, at + width, apposition=False)
    if source and at > 2:
        more = DESCRIBED.match(tags, source[1])
        source = (source[0], more.end() if more else source[1])
    if source is None:
        if tags[at + width] not in "qQ":
            return None
        source = (at + width, at + width + 1)
    before = at
    while before > 0 and tags[before - 1] in "R,-":
        before -= 1
    if before and tags[before - 1] in "BH":
        return None
    # After "that", "while", a colon or a bracket only what follows is meant.
    first = before if before and tags[before - 1] in ":;(Ta" else 0
    while first < before and tags[first] in "cb,":
        first += 1
    end = source[1]
    content = []
    if before > first:
        content.append((first, before))
        if end < size and tags[end] in ",-" and end + 2 < size:
            content.append((end + 1, size))
        elif end < size and tags[end] not in ".?!;:":
            # "according to people who saw it": the source goes on.
            comma = tags.find(",", end)
            if comma < 0:
                comma = size - (tags[-1] in ".?!")
            source = (source[0], comma)
    else:
        comma = end if tags[end : end + 1] == ":" else tags.find(",", end)
        if comma < 0 or comma > end + 25:
            return None
        source = (source[0], comma)
        content.append((comma + 1, size))
    return Found(
        content,
        (at, at + width),
        source,
        "according to",
        0.8,
        before,
        left=True,
        lemma="according",
    )
