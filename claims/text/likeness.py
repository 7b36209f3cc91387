"""How likely two texts say the same: a dozen signs, weighed by a small table.

Words decide first; then what they mean, the parts of words, numbers by their values,
names and negations. `manage.py train_matching` finds the weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from claims.attribution.folding import fold
from claims.text.names import Name, names_in, same_name
from claims.text.negations import negations_in
from claims.text.news_words import meanings_of
from claims.text.numerals import Number, numbers_in

GRAM = 4
LEAST_SHARE, EQUAL = 0.001, 1e-6
ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com/\S+|\bRT @\w+:?")
HASHTAG = re.compile(r"#(\w+)")
TAG_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_A-Za-z]+")

# What is weighed, each between 0 and 1 but the first.
SIGNS = (
    "words",  # logarithm of the part of a perfect match's BM25, and of shared letters
    "covered",  # of what tells in the claim, so much the text says in like words
    "meaning",  # of what the text means, so much is in the claim
    "meant",  # of what the claim means, so much is in the text
    "letters",  # runs of letters shared, of all
    "number same",
    "number other",
    "number missing",
    "name same",
    "name missing",
    "negation same",
    "context",  # of one topic or year
    "speaker",  # the same one: it ranks, and never says that two claims are the same
)
BIAS = "none"  # against that no claim says the same
RANKING_ONLY = ("context", "speaker")
# What is believed before any example; examples have to argue against it.
PRIOR: Mapping[str, float] = {
    "words": 3.0,
    "covered": 0.5,
    "meaning": 0.5,
    "number same": 0.7,
    "number other": -0.5,
    "name same": 0.5,
    "name missing": -0.5,
    "context": 0.3,
    "speaker": 1.2,
}
# Learnt from PRIOR on the 94 queries of tests/lists/debate_set, with and without their
# speakers, each once more without the claim that it is about, and 40 others.
WEIGHTS: Mapping[str, float] = {
    "words": 1.642,
    "covered": 1.252,
    "meaning": 1.663,
    "meant": 1.215,
    "letters": -0.011,
    "number same": 1.456,
    "number other": -1.289,
    "number missing": -0.637,
    "name same": 0.344,
    "name missing": -0.689,
    "negation same": 0.257,
    "context": 0.3,
    "speaker": 1.582,
    "none": -1.471,
}
# How like two claims are of which one says the other again, by shared runs of letters.
TWIN = 0.7
# Log odds of likeness: those of the next claims count against one so far, not below
# the faintest; one in twenty sentences that no claim is about has more than by chance.
# Chosen on tests/lists/debate_set.
AGAINST, FAINTEST, BY_CHANCE = 0.8, -5.0, 2.43
NEXT = 2  # claims


@dataclass(frozen=True)
class Read:
    """What is compared of one text."""

    words: tuple[str, ...]
    grams: frozenset[str]
    meanings: frozenset[int]
    numbers: tuple[Number, ...]
    names: tuple[Name, ...]
    is_negated: bool


def plain(text: str) -> str:
    """Return a post without addresses, the words of its hashtags parted.

    >>> plain("Shut down! #OpenTheSchools https://t.example/x")
    'Shut down! Open The Schools OpenTheSchools '
    """
    return HASHTAG.sub(_parted, ADDRESS.sub("", text))


def _parted(tag: re.Match[str]) -> str:
    words = " ".join(TAG_WORD.findall(tag[1]))
    return words if words == tag[1] else f"{words} {tag[1]}"


@lru_cache(maxsize=4096)
def read(text: str, language: str = "en") -> Read:
    """Return what is compared of a text."""
    folded = fold(text)
    words = tuple(folded.split())
    spaced = f" {folded} "
    return Read(
        words,
        frozenset(spaced[at : at + GRAM] for at in range(len(spaced) - GRAM + 1)),
        frozenset(meanings_of(text)),
        tuple(n for n in numbers_in(text, language) if not n.is_loose),
        tuple(n for n in names_in(text, language) if not n.is_loose),
        any(not n.is_loose for n in negations_in(text, language)),
    )


def signs(
    text: Read,
    claim: Read,
    *,
    share: float,
    covered: float,
    is_same_speaker: bool = False,
    is_same_context: bool = False,
) -> tuple[float, ...]:
    """Return the value of each of SIGNS for a text and a claim.

    `share` is the part of a perfect match's BM25, `covered` that of what is rare in
    the claim.
    """
    letters = len(text.grams & claim.grams)
    every = (len(text.grams) + len(claim.grams)) / 2
    means = len(text.meanings & claim.meanings)
    same, other = _numbers(text.numbers, claim.numbers)
    named = sum(same_name(name, text.words) for name in claim.names)
    return (
        log(max(share, LEAST_SHARE)) + log(1 + _part(letters, every)),
        covered,
        _part(means, len(text.meanings)),
        _part(means, len(claim.meanings)),
        _part(letters, every),
        min(same, 2) / 2,
        float(other),
        float(bool(claim.numbers) and not text.numbers),
        min(named, 2) / 2,
        1 - named / len(claim.names) if claim.names else 0.0,
        float(text.is_negated == claim.is_negated),
        float(is_same_context),
        float(is_same_speaker),
    )


def _numbers(text: Sequence[Number], claim: Sequence[Number]) -> tuple[int, bool]:
    """Return how many numbers are the same, and whether one has another in its place.

    A year is no other number for a sum, nor a sum for a year. Twelve and 12 per cent
    count as one here: the sign may be a word of another language.
    """
    same, other = 0, False
    for is_year in (True, False):
        ours = [each for each in text if each.is_year == is_year]
        theirs = [each for each in claim if each.is_year == is_year]
        found = sum(any(_is_same(one, two) for two in theirs) for one in ours)
        same += found
        other = other or bool(ours and theirs and not found)
    return same, other


def _is_same(one: Number, other: Number) -> bool:
    if one.equals(other):
        return True
    return any(
        abs(first - second * times) < EQUAL * first
        for first in one.values
        for second in other.values
        for times in (100, 0.01)
    )


def _part(some: float, whole: float) -> float:
    return some / whole if whole else 0.0


def weigh(values: Sequence[float], weights: Mapping[str, float]) -> tuple[float, float]:
    """Return (score, likeness): what ranks, and how likely both say the same.

    Who says it and when counts in the score alone.
    """
    score = likely = weights.get(BIAS, 0.0)
    for sign, value in zip(SIGNS, values, strict=True):
        score += weights.get(sign, 0.0) * value
        if sign not in RANKING_ONLY:
            likely += weights.get(sign, 0.0) * value
    return score, 1 / (1 + exp(-max(-50.0, min(50.0, likely))))


def are_twins(one: Read, other: Read) -> bool:
    """Return whether two claims say the same in nearly the same words.

    >>> are_twins(read("Rents have doubled."), read("The rents have doubled"))
    True
    >>> are_twins(read("Rents rose by 5 per cent"), read("Rents rose by 6 per cent"))
    False
    """
    if {n.values for n in one.numbers} != {n.values for n in other.numbers}:
        return False
    letters = len(one.grams) + len(other.grams)
    return 2 * len(one.grams & other.grams) >= TWIN * letters


def margin(likeness: float, others: Sequence[float]) -> float:
    """Return by how much a claim stands out, in log odds, 0 as one in twenty by chance.

    `others` are the likenesses of the claims found next, best first. A text that many
    claims are half like is about their topic; one that a single claim is like, and no
    other, is about that claim.
    """
    beside = [_log_odds(each) for each in others[:NEXT]]
    beside += [FAINTEST] * (NEXT - len(beside))
    next_ones = max(sum(beside) / NEXT, FAINTEST)
    return _log_odds(likeness) - AGAINST * next_ones - BY_CHANCE


def _log_odds(likeness: float) -> float:
    bounded = min(max(likeness, EQUAL), 1 - EQUAL)
    return log(bounded / (1 - bounded))
