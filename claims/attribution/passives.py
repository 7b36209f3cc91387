"""Attributions in the passive, and verbs that name nobody: seem, is expected to."""

from __future__ import annotations

from .candidates import Found, Words
from .cues import Cue
from .phrases import clause_end, subject_after, subject_before
from .sentences import Sentence
from .words import listed

# "was called a farce"
JUDGING = listed("consider call deem dub name label declare believe think")
ASKING = listed("tell inform ask warn advise assure")


def passive(
    s: Sentence, reverse: str, cue_words: Words, j: int, cue: Cue
) -> Found | None:
    """Return the attribution of "was told that", "was rejected by", "is expected to".

    `j` is the place of the word before the verb group.
    """
    tags, words = s.tags, s.words
    size = len(tags)
    _first, k = cue_words
    while k < size and tags[k] in "RnY":
        k += 1
    if k >= size:
        return None
    by = words[k] == "by" and k + 1 < size
    agent = subject_after(tags, k + 1) if by else None
    if cue.lemma in ASKING:
        if by:
            if agent is None or agent[1] >= size:
                return None
            k = agent[1]
        return _asked(s, cue_words, k, cue, agent)
    if by:
        subject = _subject(tags, reverse, j)
        if not agent or not subject:
            return None
        content = [subject]
        if agent[1] < size and words[agent[1]] in ("to", "as", "of", "for"):
            content.append((agent[1], clause_end(s, agent[1] + 1)))
        return Found(
            content, cue_words, agent, "passive by", 0.5, subject[0], lemma=cue.lemma
        )
    return raising(s, reverse, cue_words, j, cue, "passive")


def _subject(tags: str, reverse: str, j: int) -> Words | None:
    """Return the subject that ends at a word; "who" and "which" are one too."""
    if j >= 0 and (tags[j] == "w" or (tags[j] == "T" and j and tags[j - 1] in "NX")):
        return j, j + 1
    return subject_before(tags, reverse, j)


def _asked(
    s: Sentence, cue_words: Words, k: int, cue: Cue, agent: Words | None
) -> Found | None:
    """Return the attribution of "asked about the plan", "was told that"."""
    tags, words = s.tags, s.words
    first = cue_words[0]
    if words[k] in cue.prepositions and k + 1 < len(tags):
        content = (k + 1, clause_end(s, k + 1))
        cue_words, rule = (first, k + 1), "asked about"
    elif tags[k] in "TWw" or words[k] in ("if", "whether"):
        content, rule = (k, clause_end(s, k + 1)), "asked whether"
    elif tags[k] == "t":
        content, rule = (k, clause_end(s, k + 1)), "asked to"
    else:
        return None
    if content[1] <= content[0] or (agent and agent[0] >= content[0]):
        return None
    return Found([content], cue_words, agent, rule, 0.6, first, lemma=cue.lemma)


def raising(
    s: Sentence, reverse: str, cue_words: Words, j: int, cue: Cue, rule: str
) -> Found | None:
    """Return "X seems to ..." or "X is expected to ...": nobody is named as source."""
    tags, words = s.tags, s.words
    size = len(tags)
    k = cue_words[1]
    while k < size and tags[k] in "Rn":
        k += 1
    if k >= size:
        return None
    if not (
        words[k] in ("to", "that")
        or (rule == "raising" and tags[k] in "NeJg" and k + 1 < size)
        or (rule == "passive" and words[k] == "as")
        or (rule == "passive" and cue.lemma in JUDGING and tags[k] in "DNJXqQe")
    ):
        return None
    subject = _subject(tags, reverse, j)
    if subject is None:
        return None
    content = [(k, clause_end(s, k + 1))]
    if words[subject[0]] not in ("it", "there"):
        content.insert(0, subject)
    return Found(content, cue_words, None, rule, 0.6, subject[0], lemma=cue.lemma)
