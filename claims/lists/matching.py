"""Was this checked before? Earlier claims that readers see, most alike first.

No ranking tells a changed claim from the same one: the differences in numbers, names
and negations do, and with the likeness they decide the tier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.db import connections, router

from claims.lists.ranking import LONGEST, alike
from claims.models import PublicClaim, PublicWords, Speaker
from claims.models.facets import SPEAKER
from claims.text.meaning import Difference, differences

Tier = Literal["very close", "similar", ""]
# Likeness from which claims are alike: of sentences that no claim is about, one in
# twenty reaches the first.
VERY_CLOSE, SIMILAR = 0.6, 0.15


@dataclass(frozen=True)
class Match:
    """An earlier claim: its row, how alike it is, and what differs from the text.

    `share` is how likely both say the same, whoever says it, from 0 to 1. A difference
    has its place in the text that was asked for first, then that in `words`.
    """

    claim: PublicClaim
    score: float
    share: float
    differences: tuple[Difference, ...] = ()
    words: str = ""

    @property
    def tier(self) -> Tier:
        """How the likeness is called: a claim with another number is never the same."""
        if self.share >= VERY_CLOSE and not self.differences:
            return "very close"
        return "similar" if self.share >= SIMILAR else ""


def similar_claims(
    text: str,
    speaker: Speaker | None = None,
    limit: int = 10,
    *,
    language: str = "en",
    but: PublicClaim | int | None = None,
) -> list[Match]:
    """Return the listed claims most like a text, best first, at most `limit`.

    `speaker` says the text; `but` is a claim that is not to be found: itself. Nothing
    is found for a text without words that tell.
    """
    codes = [SPEAKER + speaker.pk] if speaker else []
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        rows = alike(cursor, text, codes, language=language)
    left_out = getattr(but, "pk", but)
    claims = (
        PublicClaim.objects.listed()
        .select_related("words", "speaker", "article")
        .in_bulk([key for key, _score, _share in rows])
    )
    found = [
        Match(claims[key], score, share)
        for key, score, share in rows
        if key in claims and key != left_out
    ]
    return [_compared(match, text, language) for match in found[:limit]]


def _compared(match: Match, text: str, language: str) -> Match:
    """Return a match with what differs, by the wording or the words nearest to it."""
    text, words = text[:LONGEST], match.claim.words
    texts = [each for each in (words.wording, words.quote) if each]
    told = [(differences(text, each, language), each) for each in texts]
    if not told:
        return match
    fewest, chosen = min(told, key=lambda pair: len(pair[0]))
    return replace(match, differences=fewest, words=chosen)
