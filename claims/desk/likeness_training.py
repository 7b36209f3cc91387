"""Weights of likeness learnt from which repeats this desk confirmed and which not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connections, router
from django.utils.translation import gettext as _

from claims.exceptions import Refused
from claims.lists.ranking import candidates
from claims.models import ClaimRelation, PublicWords
from claims.models.choices import RelationState
from claims.models.facets import SPEAKER
from claims.text.likeness import WEIGHTS
from claims.text.training import Example, loss, train

# Pairs below which the shipped weights are better than what could be learnt.
FEWEST = 40
# Every so many of them judge what the others teach.
HELD_OUT = 4


@dataclass(frozen=True)
class LikenessTraining:
    """Weights learnt from so many pairs, and how surprising others are by them."""

    weights: Mapping[str, float]
    learned: int
    held_out: int
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Whether the pairs held out surprise less than by the shipped weights."""
        return self.after < self.before


def train_likeness() -> LikenessTraining:
    """Return weights learnt from the confirmed and rejected repeats of this desk."""
    examples = list(_examples())
    if len(examples) < FEWEST:
        raise Refused(
            _(
                "Too few repeats are decided: %(count)d of listed claims, and at least "
                "%(least)d are needed. The weights that are shipped stay in force."
            )
            % {"count": len(examples), "least": FEWEST}
        )
    judges = examples[::HELD_OUT]
    teachers = [each for at, each in enumerate(examples) if at % HELD_OUT]
    weights = train(teachers, WEIGHTS)
    return LikenessTraining(
        weights,
        len(teachers),
        len(judges),
        loss(judges, WEIGHTS),
        loss(judges, weights),
    )


def _examples() -> Iterator[Example]:
    """Yield an example for each claim of which somebody has decided what it repeats."""
    decided: dict[int, list[ClaimRelation]] = defaultdict(list)
    relations = (
        ClaimRelation.objects.repeats().select_related("claim__article").order_by("id")
    )
    for relation in relations.exclude(state=RelationState.SUGGESTED):
        decided[relation.claim_id].append(relation)
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        for rows in decided.values():
            claim = rows[0].claim
            speakers = [SPEAKER + claim.speaker_id] if claim.speaker_id else []
            article = claim.article.language
            ranked = candidates(cursor, claim.wording, speakers, article)
            found = {each.key: each.values for each in ranked if each.key != claim.pk}
            yield from _example(rows, found)


def _example(
    rows: list[ClaimRelation], found: dict[int, tuple[float, ...]]
) -> Iterator[Example]:
    """Yield what one claim teaches, if what was decided on is found at all.

    Who rejects one claim has not judged the others.
    """
    right = next((row.to_id for row in rows if row.is_confirmed), None)
    if right in found:
        keys = list(found)
        yield Example(list(found.values()), keys.index(right))
    elif right is None:
        rejected = [found[row.to_id] for row in rows if row.to_id in found]
        if rejected:
            yield Example(rejected)
