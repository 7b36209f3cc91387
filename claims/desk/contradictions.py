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
from claims.models.listed_claims import LISTED_CLAIMS
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
    said = PublicClaim.objects.listed().by(speaker).newest_first().values("pk")
    claims = [*LISTED_CLAIMS.in_bulk(said[:COMPARED]).values()]
    claims.sort(key=lambda claim: (claim.sort_date, claim.pk))
    decided = _decided([claim.pk for claim in claims])
    found = []
    for one, other in _alike(claims):
        if frozenset((one.pk, other.pk)) in decided:
            continue
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


def _alike(claims):
    """Return the pairs of claims that share most words, those that share more first.

    Each word is a bit: of two hundred claims there are twenty thousand pairs.
    """
    bits: dict[str, int] = {}
    said = []
    for claim in claims:
        words = _words(claim.wording)
        mask = sum(bits.setdefault(word, 1 << len(bits)) for word in words)
        said.append((claim, mask, len(words)))
    pairs = []
    for (one, mask, length), (other, other_mask, other_length) in combinations(said, 2):
        shared = 2 * (mask & other_mask).bit_count()
        if shared and shared >= ALIKE * (length + other_length):
            pairs.append((shared / (length + other_length), one, other))
    pairs.sort(key=lambda pair: -pair[0])
    return [(one, other) for _share, one, other in pairs]
