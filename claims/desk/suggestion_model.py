"""A model of which suggestions this desk accepts: logistic regression over features.

Trained on the desk's own decisions alone, held as a file of weights by name, which
anybody can read. Nothing of it is shipped.
"""

from __future__ import annotations

import json
import logging
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from claims.desk.suggestion_statistics import language_of_proposal, proposed_claims
from claims.exceptions import Refused
from claims.models import Claim
from claims.models.choices import ClaimStatus

logger = logging.getLogger("claims.desk.suggestions")

FEWEST_ARTICLES = 60
# Every fourth article is held out: the model is tried on what it has not seen.
HELD_OUT = 4
ROUNDS, PULL = 60, 2.0
LENGTHS = (4, 8, 16, 32)  # words
FORMAT = 1

Example = tuple[list[str], bool]


class TooFewDecisions(Refused):
    """There is not enough to learn from; the message says what is missing."""


@dataclass(frozen=True)
class Figures:
    """How well an order of suggestions parts the kept from the rejected, 0 to 1."""

    precision: float
    recall: float
    average_precision: float


@dataclass(frozen=True)
class Training:
    """A trained model, with the figures of the held-out part before and after."""

    model: Model
    articles: int
    learned: int
    held_out: int
    before: Figures
    after: Figures

    @property
    def is_better(self) -> bool:
        return self.after.average_precision > self.before.average_precision


@dataclass(frozen=True)
class Model:
    """Weights by feature; a suggestion's probability of being kept is their sum's."""

    weights: dict[str, float]

    def probability(self, features: Iterable[str]) -> float:
        return _logistic(sum(self.weights.get(name, 0.0) for name in features))

    def write(self, path: Path) -> None:
        rounded = {name: round(weight, 4) for name, weight in self.weights.items()}
        content = {"format": FORMAT, "weights": dict(sorted(rounded.items()))}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def load_model() -> Model | None:
    """Return the model that is switched on; None without one, or an unreadable one."""
    name = settings.FACTCHECK["SUGGESTION_MODEL"]
    if not name:
        return None
    path = Path(name)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError) as error:
        # An article comes in all the same, with the scores of the rules.
        logger.warning("The model of suggestions %s cannot be read: %s", path, error)
        return None


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> Model:
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["format"] != FORMAT:
        raise ValueError("it is of another version; train it anew")
    return Model({name: float(each) for name, each in content["weights"].items()})


def features_of(rule: str, score: float, proposed: dict) -> list[str]:
    """Return the features of a suggestion, from what was proposed and why."""
    words = (proposed.get("quote") or "").split()
    known = "known" if proposed.get("speaker") else "named"
    named = known if proposed.get("speaker_name") else "open"
    length = sum(len(words) > most for most in LENGTHS)
    language = proposed.get("language") or ""
    return [
        "always",
        f"rule {language} {rule}",
        f"cue {language} {(proposed.get('cue') or '').casefold()}",
        f"score {round(score, 1)}",
        f"given {proposed.get('attribution')}",
        f"checkability {proposed.get('checkability')}",
        f"day {proposed.get('stated_precision')}",
        f"speaker {named}",
        f"speaker {proposed.get('speaker_kind')}",
        f"length {length}",
        f"begins {_shape(words[0] if words else '')}",
        f"parts {'[...]' in words}",
        f"relayed {bool(proposed.get('via_name'))}",
    ]


def _shape(word: str) -> str:
    first = word[:1]
    if first.isdigit():
        return "digit"
    return "upper" if first.isupper() else "lower" if first.islower() else "other"


def train() -> Training:
    """Train a model on three quarters of the decided articles, try it on the others.

    Raises TooFewDecisions.
    """
    articles: dict[int, list[Claim]] = {}
    for claim in proposed_claims():
        articles.setdefault(claim.article_id, []).append(claim)
    decided = [
        claims
        for _article, claims in sorted(articles.items())
        if all(claim.status != ClaimStatus.SUGGESTED for claim in claims)
    ]
    if len(decided) < FEWEST_ARTICLES:
        raise TooFewDecisions(
            _(
                "Only %(count)d articles have all their suggestions decided; there is "
                "something to learn from %(least)d on."
            )
            % {"count": len(decided), "least": FEWEST_ARTICLES}
        )
    known = [c for n, each in enumerate(decided) if n % HELD_OUT for c in each]
    unseen = [c for each in decided[::HELD_OUT] for c in each]
    if any(len({_is_kept(claim) for claim in part}) < 2 for part in (known, unseen)):
        raise TooFewDecisions(
            _("All were accepted, or all rejected: there is nothing to tell apart.")
        )
    model = fit([_example(claim) for claim in known])
    kept = [_is_kept(claim) for claim in unseen]
    before = [_rule_score(claim) for claim in unseen]
    after = [model.probability(_example(claim)[0]) for claim in unseen]
    return Training(
        model,
        articles=len(decided),
        learned=len(known),
        held_out=len(unseen),
        # Without a model every suggestion is made.
        before=figures(before, kept, least=0.0),
        after=figures(after, kept, least=0.5),
    )


def fit(examples: Sequence[Example]) -> Model:
    """Return the model of some examples, each its features and whether it was kept.

    Logistic regression with a pull towards 0 that keeps what was seen once from
    counting much: accelerated gradient descent, each weight with the step that its
    own curvature allows.
    """
    seen = Counter(name for names, _kept in examples for name in names)
    most = max(len(names) for names, _kept in examples)
    weights = dict.fromkeys(seen, 0.0)
    ahead, pace = dict(weights), 1.0
    for _round in range(ROUNDS):
        slopes = {name: PULL * weight for name, weight in ahead.items()}
        for names, kept in examples:
            error = _logistic(sum(ahead[name] for name in names)) - kept
            for name in names:
                slopes[name] += error
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        for name, count in seen.items():
            step = slopes[name] / (count * most / 4 + PULL)
            new = ahead[name] - step
            ahead[name] = new + (pace - 1) / faster * (new - weights[name])
            weights[name] = new
        pace = faster
    return Model(weights)


def figures(scores: Sequence[float], kept: Sequence[bool], *, least: float) -> Figures:
    """Return precision and recall of the scores from `least` on, and of their order.

    >>> figures([0.9, 0.8, 0.7], [True, False, True], least=0.75)
    Figures(precision=0.5, recall=0.5, average_precision=0.8333333333333333)
    """
    chosen = [
        is_kept for score, is_kept in zip(scores, kept, strict=True) if score >= least
    ]
    # Of equal scores the rejected come first: no order is a good one by luck.
    order = sorted(zip(scores, kept, strict=True), key=lambda pair: (-pair[0], pair[1]))
    found, total = 0, 0.0
    for place, (_score, is_kept) in enumerate(order, start=1):
        if is_kept:
            found += 1
            total += found / place
    return Figures(
        precision=sum(chosen) / len(chosen) if chosen else 0.0,
        recall=sum(chosen) / found if found else 0.0,
        average_precision=total / found if found else 0.0,
    )


def _example(claim: Claim) -> Example:
    proposed = (claim.proposed or {}) | {"language": language_of_proposal(claim)}
    return features_of(claim.rule, _rule_score(claim), proposed), _is_kept(claim)


def _rule_score(claim: Claim) -> float:
    """Return the score of the rule, also where a model has weighed it since."""
    return (claim.proposed or {}).get("score") or claim.score or 0.0


def _is_kept(claim: Claim) -> bool:
    return claim.status != ClaimStatus.REJECTED


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
