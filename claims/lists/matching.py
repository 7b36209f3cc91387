"""Was this checked before? Earlier claims that readers see, most alike first.

No ranking tells a changed claim from the same one: the differences in numbers, names
and negations do, and with the likeness they decide the tier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from django.db import connections, router

from claims.lists.ranking import LONGEST, SIMILAR, alike
from claims.models import PublicClaim, PublicWords, Speaker
from claims.models.facets import SPEAKER
from claims.models.listed_claims import LISTED_CLAIMS
from claims.text.compared import Compared
from claims.text.language import detect_language
from claims.text.meaning import Difference, Kind, differences

Tier = Literal["very close", "similar", ""]
# Likeness that makes a claim very close whatever else is found, as a copy is.
COPY = 0.9


@dataclass(frozen=True)
class Match:
    """An earlier claim: its row, how alike it is, and what differs from the text.

    `share` is how likely both say the same, whoever says it, from 0 to 1, `margin` by
    how much it stands out from other claims, from 0 on. A difference has its place in
    the text that was asked for first, then that in `words`.
    """

    claim: PublicClaim
    score: float
    share: float
    margin: float = -inf
    differences: tuple[Difference, ...] = ()
    words: str = ""
    text: str = ""

    @property
    def may_be_very_close(self) -> bool:
        """Whether it is so unless something differs."""
        return self.margin >= 0 or self.share >= COPY

    @property
    def is_very_close(self) -> bool:
        return self.tier == "very close"

    @property
    def kinds(self) -> list[Kind]:
        """What kinds of words differ, each once."""
        return list(dict.fromkeys(each.kind for each in self.differences))

    @property
    def compared(self) -> Compared:
        """The claim's words, the nearer ones, beside the text that was asked for."""
        found = tuple(
            Difference(each.kind, each.other, each.one) for each in self.differences
        )
        return Compared(self.words or self.claim.wording, self.text, found)

    @property
    def tier(self) -> Tier:
        """How the likeness is called: a claim with another number is never the same."""
        if self.may_be_very_close and not self.differences:
            return "very close"
        return "similar" if self.share >= SIMILAR else ""


def similar_claims(
    text: str,
    speaker: Speaker | None = None,
    limit: int = 10,
    *,
    language: str = "en",
    but: PublicClaim | int | None = None,
    least: float = 0,
    compared: bool = True,
) -> list[Match]:
    """Return the listed claims most like a text, best first, at most `limit`.

    `speaker` says the text; `but` is a claim that is not to be found: itself. Nothing
    is found for a text without words that tell, nor what shares less than `least`.
    What differs is a long look at each: not `compared`, `with_differences` takes it.
    """
    return similar_to_each(
        [text],
        speaker,
        limit,
        language=language,
        but=but,
        least=least,
        compared=compared,
    )[0]


def similar_to_each(
    texts: Sequence[str],
    speaker: Speaker | None = None,
    limit: int = 10,
    *,
    language: str = "en",
    but: PublicClaim | int | None = None,
    least: float = 0,
    compared: bool = True,
) -> list[list[Match]]:
    """Return the listed claims most like each text, which all are read in one query.

    One more query ranks them for each text: no number of texts makes one long.
    """
    codes = [SPEAKER + speaker.pk] if speaker else []
    left_out = but.pk if isinstance(but, PublicClaim) else but
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        ranked = [
            [
                row
                for row in alike(cursor, text, codes, language=language, but=left_out)
                if row.likeness >= least
            ][:limit]
            for text in texts
        ]
    keys = {row.key for rows in ranked for row in rows}
    claims = LISTED_CLAIMS.in_bulk(keys)
    found = [
        [
            Match(claims[row.key], row.score, row.likeness, row.margin)
            for row in rows
            if row.key in claims
        ]
        for rows in ranked
    ]
    if not compared:
        return found
    return [
        [with_differences(each, text, language) for each in matches]
        for text, matches in zip(texts, found, strict=True)
    ]


def similar_keys(text: str) -> list[int]:
    """Return the keys of the listed claims like a text, best first; none by chance."""
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        rows = alike(cursor, text, [], language=detect_language(text) or "en")
    return [row.key for row in rows if row.likeness >= SIMILAR]


def with_differences(match: Match, text: str, language: str = "en") -> Match:
    """Return a match with what differs, by the wording or the words nearest to it."""
    text, words = text[:LONGEST], match.claim.words
    texts = [each for each in dict.fromkeys((words.wording, words.quote)) if each]
    told = [(differences(text, each, language), each) for each in texts]
    if not told:
        return replace(match, text=text)
    fewest, chosen = min(told, key=lambda pair: len(pair[0]))
    return replace(match, differences=fewest, words=chosen, text=text)
