"""Claims of one speaker that contradict each other: side by side, by their days."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from claims.models import ClaimRelation, PublicClaim, PublicWords, Speaker
from claims.models.choices import RelationKind
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
    pairs = sorted(_pairs_of(speaker), reverse=True)[:MOST]
    claims = LISTED_CLAIMS.in_bulk({key for pair in pairs for _day, key in pair})
    return [
        Contradiction(claims[earlier], claims[later])
        for (_later, later), (_earlier, earlier) in pairs
        if earlier in claims and later in claims
    ]


def has_contradictions(speaker: Speaker) -> bool:
    """Return whether readers find contradictions of a speaker."""
    return bool(_pairs_of(speaker))


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
    """Return pairs of (day, key) of two claims of a speaker, the later one first."""
    rows = list(
        PublicWords.objects.contradicting(speaker).values_list(
            "sort_date", "pk", "relations"
        )
    )
    said = {key: (day, key) for day, key, _relations in rows}
    return {
        (max(said[key], other), min(said[key], other))
        for _day, key, relations in rows
        for relation in relations
        if relation["kind"] == RelationKind.CONTRADICTS
        and (other := said.get(relation["claim"]))
    }
