"""Learning weights of likeness from pairs that people have judged, in plain Python.

Of the claims found for a text, at most one says the same; none has a score of nothing.
The weights stay near those believed before, the nearer the fewer examples there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from claims.text.likeness import BIAS, PRIOR, SIGNS

BIAS_BEFORE = -4.0
# How strongly the weights are held, how often and how far they are moved.
HELD, STEPS, STEP = 20.0, 120, 0.3


@dataclass(frozen=True)
class Example:
    """The signs of the claims found for a text, and which of them says the same."""

    found: Sequence[Sequence[float]]
    right: int | None = None

    def without_right(self) -> Example:
        """Return the same as if the right claim had never been stored."""
        rest = [row for at, row in enumerate(self.found) if at != self.right]
        return Example(rest)


def train(
    examples: Iterable[Example],
    prior: Mapping[str, float] = PRIOR,
    *,
    held: float = HELD,
    steps: int = STEPS,
) -> dict[str, float]:
    """Return weights that put the right claims first, and none where none is right.

    The loss is that of a choice among the claims and none (softmax), held to `prior`.
    """
    rows = [
        ([(*values, 1.0) for values in example.found], example.right)
        for example in examples
        if example.found
    ]
    start = [prior.get(sign, 0.0) for sign in SIGNS] + [prior.get(BIAS, BIAS_BEFORE)]
    weights, moved = list(start), [1e-6] * len(start)
    for _step in range(steps):
        slope = [
            held * (now - before) for now, before in zip(weights, start, strict=True)
        ]
        slope[-1] = 0.0
        for found, right in rows:
            for values, error in zip(
                found, _errors(found, right, weights), strict=True
            ):
                if abs(error) > 1e-4:
                    for at, value in enumerate(values):
                        slope[at] += error * value
        for at, each in enumerate(slope):
            moved[at] += each * each
            weights[at] -= STEP * each / sqrt(moved[at])
    return {
        sign: round(weight, 3)
        for sign, weight in zip((*SIGNS, BIAS), weights, strict=True)
    }


def _errors(
    found: Sequence[Sequence[float]], right: int | None, weights: Sequence[float]
) -> list[float]:
    """Return by how much each claim is thought likelier than it is."""
    chances = _chances(found, weights)
    return [chance - (at == right) for at, chance in enumerate(chances)]


def _chances(found: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    scores = [
        sum(weight * value for weight, value in zip(weights, values, strict=True))
        for values in found
    ]
    most = max(0.0, *scores)
    parts = [exp(score - most) for score in scores]
    whole = sum(parts) + exp(-most)
    return [part / whole for part in parts]


def loss(examples: Iterable[Example], weights: Mapping[str, float]) -> float:
    """Return how surprising the judged pairs are by some weights, on average."""
    row = [weights.get(sign, 0.0) for sign in (*SIGNS, BIAS)]
    surprises = []
    for example in examples:
        if example.found:
            chances = _chances([(*values, 1.0) for values in example.found], row)
            none = 1 - sum(chances)
            chance = none if example.right is None else chances[example.right]
            surprises.append(-log(max(chance, 1e-12)))
    return sum(surprises) / (len(surprises) or 1)
