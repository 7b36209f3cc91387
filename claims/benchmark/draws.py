"""Draws with a skew: few values are frequent, many are rare, as in print."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

from claims.models.choices import (
    AttributionKind,
    Checkability,
    DatePrecision,
    Finding,
    SpeakerKind,
)

T = TypeVar("T")

SYLLABLES = (
    "ba", "dor", "fen", "gal", "hu", "kir", "lem", "mo", "nar", "pel", "ro", "sit",
    "tam", "ul", "ven", "zo", "bri", "cha", "dren", "sto",
)  # fmt: skip
WORDS_A_SENTENCE = 26
# The last of each stands for one in a thousand rows and less.
LANGUAGES = {"en": 780, "tr": 160, "de": 55, "ar": 5}
KINDS = {
    SpeakerKind.PERSON: 700,
    SpeakerKind.GOVERNMENT: 120,
    SpeakerKind.ORGANISATION: 150,
    SpeakerKind.GROUP: 29,
    SpeakerKind.UNNAMED: 1,
}
ATTRIBUTIONS = {
    AttributionKind.INDIRECT: 600,
    AttributionKind.DIRECT: 380,
    AttributionKind.MIXED: 20,
}
CHECKABILITIES = {
    Checkability.CHECKABLE: 800,
    Checkability.REPORTED_ACT: 90,
    Checkability.OPINION: 60,
    Checkability.PREDICTION: 30,
    Checkability.PROMISE: 19,
    Checkability.VAGUE: 1,
}
FINDINGS = {
    Finding.CONFIRMED: 800,
    Finding.NOT_CHECKED: 120,
    Finding.DISTORTED: 60,
    Finding.MISATTRIBUTED: 19,
    Finding.NOT_FOUND: 1,
}
PRECISIONS = {
    DatePrecision.DAY: 880,
    DatePrecision.ON_OR_BEFORE: 50,
    DatePrecision.MONTH: 30,
    DatePrecision.UNKNOWN: 30,
    DatePrecision.YEAR: 10,
}
# In the order of the scale.
RATINGS = (180, 140, 180, 140, 280, 79, 1)


class Draws:
    """Choices of one archive: the same archive draws the same."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)  # noqa: S311 (no secret, and repeatable)
        self.words = self._vocabulary()
        self._word_weights = list(_zipf(len(self.words)))

    def _vocabulary(self, size: int = 6_000) -> list[str]:
        """Return distinct invented words, the most frequent first."""
        words = dict.fromkeys(
            "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((2, 2, 3, 4))))
            for _number in range(size * 2)
        )
        return list(words)[:size]

    def sentence(self) -> str:
        """Return a sentence of about 180 characters."""
        chosen = self.chance.choices(
            self.words, cum_weights=self._word_weights, k=WORDS_A_SENTENCE
        )
        return f"{' '.join(chosen).capitalize()}."

    def of(self, weights: dict[T, int], count: int) -> list[T]:
        """Return so many of the keys, by their weights."""
        chosen = self.chance.choices(list(weights), list(weights.values()), k=count)
        return [getattr(each, "value", each) for each in chosen]

    def ranks(self, highest: int, count: int) -> list[int]:
        """Return numbers from 1 to the highest: 1 twice as often as 2, and so on."""
        weights = list(_zipf(highest))
        return self.chance.choices(range(1, highest + 1), cum_weights=weights, k=count)

    def some(self, rows: Sequence[T], share: float) -> list[T]:
        """Return a share of the rows, in their order."""
        draw = self.chance.random
        return [row for row in rows if draw() < share]

    def sizes(self, total: int, most: int) -> list[int]:
        """Return sizes that add up to the total: many small ones, one of the most."""
        sizes = [min(most, total)]
        left = total - sizes[0]
        while left:
            size = min(int(3 * self.chance.paretovariate(1.1)), most, left)
            sizes.append(size)
            left -= size
        self.chance.shuffle(sizes)
        return sizes


def _zipf(size: int) -> Iterator[float]:
    return accumulate(1 / number for number in range(1, size + 1))
