"""Was this checked before? Earlier claims that readers see, most alike first.

BM25 in SQL over the claims that have a text's rarest words, half as much again for the
same speaker. No ranking tells a changed claim from the same one: the differences in
numbers, names and negations do, and they decide the tier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db import connections, router

from claims.attribution.folding import fold
from claims.models import PublicClaim, PublicWords, Speaker
from claims.models.facets import SPEAKER
from claims.text.language import detect_language
from claims.text.meaning import Difference, differences

Tier = Literal["very close", "similar", ""]
# Of a long text the rarest lexemes are looked for; characters beyond are not read.
MOST_LEXEMES, LONGEST = 60, 4_000
# Claims with the rarest words are weighed, about so many; of larger archives those
# with the rarest word alone, or with few ones.
CANDIDATES, LARGE = 1_000, 200_000
KEPT, KEPT_OF_LARGE = 3, 1
# How many of the best are read for what they share besides words.
READ = 50
GRAM = 4
SAME_SPEAKER = 1.5
# Shares of a perfect match's score from which claims are alike.
VERY_CLOSE, SIMILAR = 0.62, 0.3

# Words that no claim has yet count as the rarest, but find nothing.
QUERY = """
WITH total AS MATERIALIZED (
    SELECT greatest(coalesce(max(count) FILTER (WHERE word = ''), 0), 1) AS n,
           coalesce(max(count) FILTER (WHERE word = ' '), 0) AS lexemes
    FROM claims_lexemecount WHERE word IN ('', ' ')
),
t AS MATERIALIZED (
    SELECT u.lexeme AS word, coalesce(l.count, 0) AS claims,
           ln(1 + (n - coalesce(l.count, 0) + 0.5) / (coalesce(l.count, 0) + 0.5))
               AS idf
    FROM total, unnest(
        claim_lexemes(claim_configuration(%(language)s), %(text)s)) u
    LEFT JOIN claims_lexemecount l ON l.word = u.lexeme
    ORDER BY coalesce(l.count, 0) = 0, claims, u.lexeme LIMIT %(lexemes)s
),
best AS (SELECT sum(idf) / 2.2 AS score FROM t),
rare AS (
    SELECT word, row_number() OVER (ORDER BY claims, word) AS place,
           sum(claims) OVER (ORDER BY claims, word) AS upto
    FROM t WHERE claims > 0
),
asked AS MATERIALIZED (
    SELECT string_agg(quote_literal(word), ' | ')::tsquery AS words FROM rare, total
    WHERE upto <= %(candidates)s
       OR place <= CASE WHEN n > %(large)s THEN %(kept_large)s ELSE %(kept)s END
)
SELECT v.id, v.wording, v.quote, x.score / nullif(best.score, 0) AS share,
       x.score * CASE WHEN v.facets && %(speakers)s::int[]
                      THEN %(factor)s ELSE 1 END AS weighed
FROM asked, best, total, claims_publicwords v, LATERAL (
    SELECT sum(t.idf * cardinality(u.positions)
               / (cardinality(u.positions) + 1.2 * (0.25 + 0.75 * length(v.vector)
                  * total.n / greatest(total.lexemes, 1.0)))) AS score
    FROM unnest(v.vector) u JOIN t ON t.word = u.lexeme
) x
WHERE v.state = 'listed' AND v.vector @@ asked.words
ORDER BY weighed DESC NULLS LAST, v.id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Match:
    """An earlier claim: its row, how alike it is, and what differs from the text.

    `share` is the part of a perfect match's score. A difference has its place in the
    text that was asked for first, then that in `words`.
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
    return similar_to_each([text], speaker, limit, language=language, but=but)[0]


def similar_to_each(
    texts: Sequence[str],
    speaker: Speaker | None = None,
    limit: int = 10,
    *,
    language: str = "en",
    but: PublicClaim | int | None = None,
) -> list[list[Match]]:
    """Return the listed claims most like each text, which all are read in one query.

    One more query ranks them for each text: no number of texts makes one long.
    """
    codes = [SPEAKER + speaker.pk] if speaker else []
    left_out = getattr(but, "pk", but)
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        ranked = [
            [
                row
                for row in alike(cursor, text, codes, language=language)
                if row[0] != left_out
            ][:limit]
            for text in texts
        ]
    keys = {key for rows in ranked for key, _score, _share in rows}
    claims = PublicClaim.objects.listed().for_listing().in_bulk(keys)
    return [
        [
            _compared(Match(claims[key], score, share), text, language)
            for key, score, share in rows
            if key in claims
        ]
        for text, rows in zip(texts, ranked, strict=True)
    ]


def similar_keys(text: str) -> list[int]:
    """Return the keys of the listed claims like a text, best first; none by chance."""
    with connections[router.db_for_read(PublicWords)].cursor() as cursor:
        rows = alike(cursor, text, [], language=detect_language(text) or "en")
    return [key for key, _score, share in rows if share >= SIMILAR]


def alike(
    cursor,
    text: str,
    speakers: list[int],
    limit: int = READ,
    *,
    language: str = "en",
) -> list[tuple[int, float, float]]:
    """Return (key, score, share of a perfect score) of the claims most like a text.

    `speakers` are facet codes of who says it: claims that have one weigh more.
    """
    text = text[:LONGEST].replace("\0", " ")
    cursor.execute(
        QUERY,
        {
            "text": text,
            "language": language,
            "lexemes": MOST_LEXEMES,
            "candidates": CANDIDATES,
            "large": LARGE,
            "kept": KEPT,
            "kept_large": KEPT_OF_LARGE,
            "speakers": speakers,
            "factor": SAME_SPEAKER,
            "limit": READ,
        },
    )
    asked = _grams(text)
    found = [
        (
            key,
            float(score) * (1 + max(_overlap(asked, _grams(t)) for t in texts)),
            float(share),
        )
        for key, *texts, share, score in cursor.fetchall()
        if score is not None and share is not None
    ]
    return sorted(found, key=lambda row: (-row[1], row[0]))[:limit]


def _grams(text: str) -> frozenset[str]:
    """Return the runs of letters in a text: parts of words tell what stems do not."""
    folded = f" {fold(text)} "
    return frozenset(folded[at : at + GRAM] for at in range(len(folded) - GRAM + 1))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _compared(match: Match, text: str, language: str) -> Match:
    """Return a match with what differs, by the wording or the words nearest to it."""
    text, words = text[:LONGEST], match.claim.words
    texts = [each for each in (words.wording, words.quote) if each]
    told = [(differences(text, each, language), each) for each in texts]
    if not told:
        return match
    fewest, chosen = min(told, key=lambda pair: len(pair[0]))
    return replace(match, differences=fewest, words=chosen)
