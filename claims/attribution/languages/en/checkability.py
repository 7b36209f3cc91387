"""Classify a claim by its words: checkable, opinion, prediction, promise, vague ..."""

from __future__ import annotations

import re

from claims.attribution.proposals import Checkability

from .words import word_set

PROMISES = word_set("vow pledge promise swear threaten guarantee commit")
PREDICTIONS = word_set("predict forecast foresee anticipate project expect")
OPINIONS = word_set(
    """
    think believe feel hope fear worry doubt wish prefer want like love hate admire
    praise criticize criticise condemn denounce blame applaud welcome lament regret
    deride mock ridicule hail
    """
)
# These patterns read words in small letters, after a look for one of their words.
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|would|going to|['’]ll|is to|are to|expected to|set to)\b"
)
FUTURE_WORDS = word_set("will won shall would going ll is are expected set")
OUGHT = re.compile(r"\b(?:should|ought to|must|need(?:s|ed)? to|deserves?)\b")
OUGHT_WORDS = word_set("should ought must need needs needed deserve deserves")
JUDGEMENT = word_set(
    """
    good bad great terrible awful wonderful beautiful ugly best worst better
    worse right wrong fair unfair disgraceful shameful outrageous ridiculous
    absurd brilliant fantastic amazing horrible disappointing disappointed proud
    happy sad sorry lovely unacceptable wise foolish stupid reckless
    irresponsible important exciting perfect disaster scandal tragedy joke
    delighted thrilled grateful deserve boring
    """
)
WORD = re.compile(r"\w+")
HARD = re.compile(r"\d|%|\b(?:per cent|percent|million|billion|thousand|dozen)\b")
OWN_ACT = re.compile(
    r"^(?:that )?(?:he|she|it|they|we|i)(?: (?:himself|herself))? "
    r"(?:would|will|won['’]t|wouldn['’]t|(?:'|’)ll|(?:is|are|am|was|were) going to)\b"
)
QUESTION = re.compile(r"^(?:whether|if|why|how|what|who|when|where)\b|\?\W*\Z")
PRONOUN_ONLY = re.compile(
    r"^\W*(?:that |to )?(?:it|this|that|these|those|so|them|him|her|he|she|they)?\W*\Z"
)


def checkability(content: str, lemma: str = "say", act: bool = False) -> Checkability:
    """Return the class of a claim: whether, and how, its words can be checked.

    `lemma` is the base form of the cue; `act` says that the words name what somebody
    did ("rejected the offer") and not what somebody holds to be so.

    >>> checkability("the road has cost 4 million euros")
    'checkable'
    >>> checkability("it would close the bridge", "warn")
    'promise'
    >>> checkability("prices will fall"), checkability("the plan is wrong")
    ('prediction', 'opinion')
    >>> checkability("calls to back out of the deal", "reject", act=True)
    'reported_act'
    """
    words = content.strip().lower()
    if PRONOUN_ONLY.match(words) or len(words.split()) < 2:
        return "vague"
    if lemma in PROMISES or OWN_ACT.match(words):
        return "promise"
    if act:
        return "reported_act"
    if QUESTION.search(words):
        return "vague"
    if lemma in PREDICTIONS:
        return "prediction"
    said = WORD.findall(words)
    if not OUGHT_WORDS.isdisjoint(said) and OUGHT.search(words):
        return "opinion"
    if not FUTURE_WORDS.isdisjoint(said) and FUTURE.search(words):
        return "prediction"
    if lemma in OPINIONS:
        return "opinion"
    if HARD.search(words):
        return "checkable"
    if not JUDGEMENT.isdisjoint(said):
        return "opinion"
    return "checkable"
