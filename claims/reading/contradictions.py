"""Claims of one speaker that contradict each other: side by side, by their days."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from claims.models import ClaimRelation, PublicClaim, Speaker
from claims.models.listed_claims import LISTED_CLAIMS
from claims.text.compared import Compared
from claims.text.meaning import differences

# Beyond so many pairs, the newest are shown.
MOST = 100


@dataclass(frozen=True)
class Contradiction:
    """Two claims of one speaker, the one that was said first first."""

    earlier: PublicClaim
    later: PublicClaim

    @property
    def compared(self) -> Compared:
        """Both wordings, with what differs between them."""
        before, now = self.earlier.wording, self.later.wording
        language = self.later.language
        return Compared(before, now, differences(before, now, language))


def contradictions_of(speaker: Speaker) -> list[Contradiction]:
    """Return the confirmed contradictions of a speaker, the newest first."""
    pairs = list(_pairs_of(speaker).values_list("claim", "to")[:MOST])
    keys = {key for pair in pairs for key in pair}
    claims = LISTED_CLAIMS.in_bulk(keys)
    found = [
        Contradiction(*sorted((claims[one], claims[other]), key=_day))
        for one, other in pairs
        if one in claims and other in claims
    ]
    return sorted(found, key=lambda each: _day(each.later), reverse=True)


def has_contradictions(speaker: Speaker) -> bool:
    """Return whether readers find contradictions of a speaker."""
    return _pairs_of(speaker).exists()


def speakers_with_contradictions() -> QuerySet[Speaker]:
    """Return the speakers whose contradictions have a page."""
    said = {
        name: Subquery(
            PublicClaim.objects.listed()
            .filter(pk=OuterRef(f"{name}_id"))
            .values("speaker")[:1]
        )
        for name in ("claim", "to")
    }
    pairs = ClaimRelation.objects.confirmed().contradictions().order_by()
    pairs = pairs.annotate(one=said["claim"], other=said["to"]).filter(one=F("other"))
    return Speaker.objects.public().unmerged().filter(pk__in=pairs.values("one"))


def _pairs_of(speaker):
    said = PublicClaim.objects.listed().by(speaker)
    return (
        ClaimRelation.objects.confirmed()
        .contradictions()
        .filter(
            Exists(said.filter(pk=OuterRef("claim_id"))),
            Exists(said.filter(pk=OuterRef("to_id"))),
        )
        .order_by("-id")
    )


def _day(claim):
    return (claim.sort_date, claim.pk)
