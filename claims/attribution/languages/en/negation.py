"""Negated cues: denials, "did not say", "refused to say", "nobody claimed"."""

from __future__ import annotations

from .candidates import Candidate
from .sentences import Sentence, WordRange
from .words import word_set

# With these verbs and nouns somebody turns the words round, whatever their form.
DENIALS = word_set("deny denial denials disavow disavowal doubt doubts retract recant")
# With these only where it is a statement that is turned round, and no offer.
REFUSALS = word_set(
    """
    reject dispute refute dismiss rebut contradict discount debunk repudiate disown
    disagree challenge refuse decline
    """
)
STATEMENTS = word_set(
    """
    claim claims allegation allegations accusation accusations suggestion suggestions
    notion notions idea ideas charge charges assertion assertions report reports
    argument arguments rumour rumours rumor rumors theory theories premise contention
    characterization characterisation insinuation insinuations speculation statement
    statements that whether
    """
)
NEVER = word_set("not n't never neither nor hardly barely rarely seldom scarcely no")
NOT_ONLY = word_set("only just merely simply alone")
NOBODY = word_set("nobody none neither nothing few no")
# "refused to say", "without saying", "stopped short of saying"
HELD_BACK = word_set(
    """
    refuse refuses refused refusing decline declines declined declining fail fails
    failed failing neglect neglects neglected avoid avoids avoided avoiding deny denies
    denied denying without unable unwilling reluctant short forget forgets forgot
    stop stops stopped instead never not cannot hesitate hesitates hesitated refrain
    refrains refrained refraining abstain abstains abstained abstaining shy shies shied
    shying
    """
)
LEADING = word_set("to of from ever even yet actually publicly explicitly away")


def is_negated(s: Sentence, item: Candidate) -> bool:
    """Return whether a cue says that the words were denied, or not said.

    >>> from .find import attributions_in
    >>> from .sentences import sentences_of
    >>> [s] = sentences_of("The mayor did not say that rents fell.")
    >>> [is_negated(s, item) for item in attributions_in(s)]
    [True]
    """
    words = s.words
    first, last = item.cue
    if item.lemma in DENIALS or not DENIALS.isdisjoint(words[first:last]):
        return True
    if item.lemma in REFUSALS and _turns_statement_round(s, item):
        return True
    return (
        _has_negation(s, item.cue)
        or _is_held_back(s, first)
        or _by_nobody(s, item.speaker)
    )


def _turns_statement_round(s: Sentence, item: Candidate) -> bool:
    """Return whether it is a statement that is rejected: "the claim that"."""
    start = item.cue[1]
    after = s.words[start : start + 8]
    return not STATEMENTS.isdisjoint(after) or item.lemma in ("refuse", "decline")


def _has_negation(s: Sentence, cue: WordRange) -> bool:
    """Return whether a verb group holds "not" or "never", but for "not only"."""
    first, last = cue
    for at in range(first, last):
        word = s.words[at]
        negated = word in NEVER or word.endswith(("n't", "n’t"))
        following = s.words[at + 1] if at + 1 < len(s.words) else ""
        if negated and following not in NOT_ONLY:
            return True
    return False


def _is_held_back(s: Sentence, first: int) -> bool:
    """Return whether the verb depends on one like "refused to"."""
    at = first - 1
    while at >= 0 and s.words[at] in LEADING:
        at -= 1
    if s.words[max(0, first - 2) : first] == ("yet", "to"):
        # "has yet to say"
        return True
    return (at >= 0 and at < first - 1 and s.words[at] in HELD_BACK) or (
        at == first - 1 >= 0 and s.words[at] in ("without", "never", "not", "denied")
    )


def _by_nobody(s: Sentence, speaker: WordRange | None) -> bool:
    """Return whether the speaker is nobody: "No official said that"."""
    if speaker is None:
        return False
    first = s.words[speaker[0]]
    return first in NOBODY and (first != "few" or speaker[1] - speaker[0] < 4)
