"""Attributions in the passive, and verbs that name nobody: seem, is expected to."""

from __future__ import annotations

from .candidates import Candidate
from .cues import Cue
from .phrases import clause_end, subject_after, subject_before
from .sentences import Sentence, WordRange
from .words import word_set

# "was called a farce"
JUDGING = word_set("consider call deem dub name label declare believe think")
ASKING = word_set("tell inform ask warn advise assure")


def passive(
    s: Sentence, cue_words: WordRange, before: int, cue: Cue
) -> Candidate | None:
    """Return the attribution of "was told that", "was rejected by", "is expected to".

    `before` is the word in front of the verb group.
    """
    tags, words = s.tags, s.words
    size = len(tags)
    k = cue_words[1]
    while k < size and tags[k] in "RnY":
        k += 1
    if k >= size:
        return None
    by = words[k] == "by" and k + 1 < size
    agent = subject_after(s, k + 1) if by else None
    if cue.lemma in ASKING:
        if by:
            if agent is None or agent[1] >= size:
                return None
            k = agent[1]
        return _asked(s, cue_words, k, cue, agent)
    if by:
        return _by_agent(s, cue_words, before, cue, agent)
    return raising(s, cue_words, before, cue, "passive")


def _by_agent(
    s: Sentence, cue_words: WordRange, before: int, cue: Cue, agent: WordRange | None
) -> Candidate | None:
    """Return the attribution of "the plan was rejected by the council"."""
    subject = _subject(s, before)
    if not agent or not subject:
        return None
    content = [subject]
    if s.words[agent[1] : agent[1] + 1] in (("to",), ("as",), ("of",), ("for",)):
        content.append((agent[1], clause_end(s, agent[1] + 1)))
    return Candidate(
        content, cue_words, agent, "passive by", 0.5, subject[0], lemma=cue.lemma
    )


def _subject(s: Sentence, at: int) -> WordRange | None:
    """Return the subject that ends at a word; "who" and "which" are one too."""
    tags = s.tags
    if at >= 0 and (
        tags[at] == "w" or (tags[at] == "T" and at and tags[at - 1] in "NX")
    ):
        return at, at + 1
    return subject_before(s, at)


def _asked(
    s: Sentence, cue_words: WordRange, k: int, cue: Cue, agent: WordRange | None
) -> Candidate | None:
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
    return Candidate([content], cue_words, agent, rule, 0.6, first, lemma=cue.lemma)


def raising(
    s: Sentence, cue_words: WordRange, before: int, cue: Cue, rule: str
) -> Candidate | None:
    """Return "X seems to ..." or "X is expected to ...": nobody is named as source."""
    tags = s.tags
    k = cue_words[1]
    while k < len(tags) and tags[k] in "Rn":
        k += 1
    if k >= len(tags) or not _has_complement(s, k, cue, rule):
        return None
    subject = _subject(s, before)
    if subject is None:
        return None
    content = [(k, clause_end(s, k + 1))]
    if s.words[subject[0]] not in ("it", "there"):
        content.insert(0, subject)
    return Candidate(content, cue_words, None, rule, 0.6, subject[0], lemma=cue.lemma)


def _has_complement(s: Sentence, k: int, cue: Cue, rule: str) -> bool:
    """Return whether what is seen, expected or judged begins with the word `k`."""
    tag, word = s.tags[k], s.words[k]
    if word in ("to", "that"):
        return True
    if rule == "raising":
        return tag in "NeJg" and k + 1 < len(s.tags)
    return word == "as" or (cue.lemma in JUDGING and tag in "DNJXqQe")
