"""Search of a whole archive for claims that repeat earlier ones: suggestions alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claims.desk.relations import REPEATS, suggest
from claims.lists.matching import (
    SIMILAR,
    Match,
    Tier,
    similar_claims,
    with_differences,
)
from claims.models import Claim, PublicClaim

# Which tiers are suggested, by the least of them.
TIERS: dict[str, tuple[Tier, ...]] = {
    "very close": ("very close",),
    "similar": ("very close", "similar"),
}
CHUNK = 200
# How many of the likest are compared word by word.
COMPARED = 5


@dataclass(frozen=True)
class Looked:
    """What became of one claim: earlier ones it was compared with, whether suggested.

    `is_new` is False where the suggestion, or an answer to it, was there already.
    """

    key: int
    compared: int
    is_suggested: bool = False
    is_new: bool = False


def find_repeats(
    *, since: date | None = None, after: int = 0, least: str = "very close"
) -> Iterator[Looked]:
    """Suggest for each listed claim the likest earlier one, and yield what was done.

    In ascending order of numbers, from the one behind `after` on. Each suggestion is
    a transaction of its own, and stored once: what is broken off can be begun again.
    """
    claims = PublicClaim.objects.listed().filter(repeats=None).order_by("pk")
    if since is not None:
        claims = claims.filter(sort_date__gte=since)
    claims = claims.select_related("words", "speaker").defer("words__vector")
    while chunk := list(claims.filter(pk__gt=after)[:CHUNK]):
        for claim in chunk:
            yield _look(claim, TIERS[least])
        after = chunk[-1].pk


def _look(claim: PublicClaim, tiers: tuple[Tier, ...]) -> Looked:
    wording, language = claim.words.wording, claim.language
    found = similar_claims(
        wording,
        claim.speaker,
        COMPARED,
        language=language,
        but=claim.pk,
        # What shares less is of neither tier: nothing of it is read.
        least=SIMILAR,
        compared=False,
    )
    earlier = [match for match in found if _is_before(match, claim)]
    if "similar" not in tiers:
        earlier = [match for match in earlier if match.may_be_very_close]
    compared = [with_differences(match, wording, language) for match in earlier]
    alike = [match for match in compared if match.tier in tiers]
    if not alike:
        return Looked(claim.pk, len(found))
    keys = [claim.pk, *(match.claim.pk for match in alike)]
    rows = Claim.objects.in_bulk(keys)
    known = False
    for match in alike:
        one, other = rows[claim.pk], rows[match.claim.pk]
        before = one.relations.repeats().filter(to=other).exists()
        row = suggest(REPEATS, one, other, score=match.score, tier=match.tier)
        if not before and row.is_suggested:
            return Looked(claim.pk, len(found), is_suggested=True, is_new=True)
        known = True
        if not row.is_rejected:
            break
    return Looked(claim.pk, len(found), is_suggested=known)


def _is_before(match: Match, claim: PublicClaim) -> bool:
    """Return whether a claim was made before another, or on that day and stored so."""
    other = match.claim
    return (other.sort_date, other.pk) < (claim.sort_date, claim.pk)
