"""Earlier claims beside a claim: by whom, when, how rated, and what differs, marked.

One query finds them: for the annotation desk, which offers them as what a claim
repeats, and for whoever writes or approves a verdict, as its precedents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.lists.matching import SIMILAR, Match, similar_claims, with_differences
from claims.models import Claim, Rating, Speaker

OFFERED = 3
# Of a claim's precedents, so many by its speaker and by others.
MOST_OF_EACH = 6


@dataclass(frozen=True)
class Precedents:
    """Claims like one on which a verdict is written, the most alike first."""

    by_speaker: tuple[Match, ...] = ()
    by_others: tuple[Match, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.by_speaker or self.by_others)

    @cached_property
    def rated(self) -> tuple[Match, ...]:
        """Those very close to the claim that have a rating of the desk's scale."""
        return tuple(
            each
            for each in (*self.by_speaker, *self.by_others)
            if each.is_very_close and each.claim.rating_id
        )

    def unlike(self, rating: Rating | None) -> tuple[Match, ...]:
        """Return those very close to the claim that have another rating."""
        if rating is None:
            return ()
        return tuple(each for each in self.rated if each.claim.rating_id != rating.pk)


def earlier_claims(
    text: str,
    speaker: Speaker | None = None,
    *,
    language: str = "en",
    but: Collection[int] = (),
    limit: int = OFFERED,
) -> list[Match]:
    """Return the listed claims like a text, best first, with what differs.

    `speaker` says the text; `but` are keys of claims that are not offered.
    """
    text = " ".join(text.split())
    found = similar_claims(text, speaker, limit + len(but), language=language)
    return [each for each in found if each.tier and each.claim.pk not in but][:limit]


def precedents_of(claim: Claim) -> Precedents:
    """Return the listed claims like a claim, by its speaker and by others."""
    text, language = " ".join(claim.wording.split()), claim.article.language
    found = similar_claims(
        text,
        claim.speaker,
        3 * MOST_OF_EACH,
        language=language,
        but=claim.pk,
        least=SIMILAR,
        compared=False,
    )

    def first(chosen: Iterable[Match]) -> tuple[Match, ...]:
        # What differs is looked for in those that are shown alone.
        shown = tuple(chosen)[:MOST_OF_EACH]
        return tuple(with_differences(each, text, language) for each in shown)

    return Precedents(
        first(each for each in found if _is_by(each, claim.speaker_id)),
        first(each for each in found if not _is_by(each, claim.speaker_id)),
    )


def _is_by(each: Match, speaker: int | None) -> bool:
    """Return whether a speaker said an earlier claim, alone or with others."""
    joint = (other["id"] for other in each.claim.speakers)
    return speaker is not None and speaker in (each.claim.speaker_id, *joint)
