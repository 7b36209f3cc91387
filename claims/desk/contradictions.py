"""Claims of one speaker that may contradict each other, for a person to decide on.

Much the same is said, but with another number or with a negation. Nothing is told to
readers before somebody has confirmed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from claims.attribution.folding import fold
from claims.desk.relations import confirm, reject, suggest
from claims.models import Claim, ClaimRelation, PublicClaim, Speaker
from claims.models.choices import RelationKind
from claims.text.compared import Compared
from claims.text.meaning import differences

# Of a speaker's claims so many are compared, the newest; of the pairs so many offered.
COMPARED, OFFERED = 200, 20
# The words that two claims share, of those they have, from which they are alike.
ALIKE = 0.6
TELLING = {"number", "negation"}


@dataclass(frozen=True)
class Possible:
    """Two claims of one speaker that differ by a number or a negation."""

    earlier: PublicClaim
    later: PublicClaim
    compared: Compared


def possible_contradictions(speaker: Speaker) -> list[Possible]:
    """Return pairs of a speaker's claims on which nobody has decided, alike first."""
    said = PublicClaim.objects.listed().by(speaker).for_listing()
    claims = [*reversed(said.newest_first()[:COMPARED])]
    words = {claim.pk: _words(claim.wording) for claim in claims}
    decided = _decided([claim.pk for claim in claims])
    pairs = [
        (_shared(words[one.pk], words[other.pk]), one, other)
        for one, other in combinations(claims, 2)
        if frozenset((one.pk, other.pk)) not in decided
    ]
    alike = [each for each in pairs if each[0] >= ALIKE]
    found = []
    for _share, one, other in sorted(alike, key=lambda pair: -pair[0]):
        compared = _compared(one, other)
        kinds = {each.kind for each in compared.differences}
        if kinds and kinds <= TELLING:
            found.append(Possible(one, other, compared))
        if len(found) == OFFERED:
            break
    return found


def decide_on_contradiction(
    later: Claim, earlier: Claim, *, is_one: bool, by
) -> ClaimRelation:
    """Confirm that a claim contradicts an earlier one, or say for good it does not."""
    relation = suggest(RelationKind.CONTRADICTS, later, earlier, by=by)
    return confirm(relation, by=by) if is_one else reject(relation, by=by)


def _decided(keys):
    """Return the pairs of some claims on which somebody has decided."""
    decided = ClaimRelation.objects.decided().filter(claim__in=keys, to__in=keys)
    return {frozenset(pair) for pair in decided.values_list("claim", "to")}


def _compared(one, other):
    found = differences(one.wording, other.wording, other.language)
    return Compared(one.wording, other.wording, found)


def _words(text):
    return frozenset(word for word in fold(text).split() if len(word) > 2)


def _shared(one, other):
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)
