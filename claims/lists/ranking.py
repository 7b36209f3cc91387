"""Which listed claims are most like a text: BM25 in SQL, then a dozen signs.

Claims with the text's rarest words are weighed, words of like meaning among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from operator import itemgetter
from typing import NamedTuple

from claims.lists.likeness_weights import weights_in_force
from claims.text.language import detect_language
from claims.text.likeness import (
    NEXT,
    Read,
    are_twins,
    margin,
    plain,
    read,
    signs,
    weigh,
)
from claims.text.news_words import meanings_of, words_meaning

# Of a long text the rarest lexemes are looked for; characters beyond are not read.
MOST_LEXEMES, LONGEST = 60, 4_000
# Claims with the rarest words are weighed, about so many; those with one of the three
# rarest if it is rare enough, of larger archives with the rarest.
CANDIDATES, ALONE, LARGE = 1_000, 2_000, 200_000
KEPT, KEPT_OF_LARGE = 3, 1
# Where none is, a claim needs two of the rarest. More claims are never weighed.
PAIRED, MOST = 4, 5_000
# How many of the best are read for what they share besides words.
READ = 50
DEFAULT = "en"
# Likeness from which a claim is shown at all.
SIMILAR = 0.15
# What another word for the same thing, and the same speaker, count for in SQL.
OTHER_WORD, SAME_SPEAKER = 0.4, 1.5

# Words that no claim has yet count as the rarest, but find nothing.
QUERY = """
WITH total AS MATERIALIZED (
    SELECT greatest(coalesce(max(count) FILTER (WHERE word = ''), 0), 1)::float8 AS n,
           coalesce(max(count) FILTER (WHERE word = ' '), 0)::float8 AS lexemes
    FROM claims_lexemecount WHERE word IN ('', ' ')
),
own AS MATERIALIZED (
    SELECT u.lexeme AS word, coalesce(l.count, 0) AS claims,
           ln(1 + (n - coalesce(l.count, 0) + 0.5) / (coalesce(l.count, 0) + 0.5))
               AS idf
    FROM total, unnest(
        claim_lexemes(claim_configuration(%(language)s), %(text)s)) u
    LEFT JOIN claims_lexemecount l ON l.word = u.lexeme
    ORDER BY coalesce(l.count, 0) = 0, claims, u.lexeme LIMIT %(lexemes)s
),
other AS (
    SELECT l.word, l.count AS claims,
           ln(1 + (n - l.count + 0.5) / (l.count + 0.5)) AS idf
    FROM total, claims_lexemecount l JOIN (
        SELECT l.word FROM unnest(%(beginnings)s::text[]) b
        JOIN claims_lexemecount l ON l.word ~>=~ b AND l.word ~<~ (b || %(last)s)
        UNION SELECT u.lexeme FROM unnest(%(languages)s::text[]) language,
            unnest(claim_lexemes(claim_configuration(language), %(text)s)) u
        UNION SELECT w FROM unnest(%(words)s::text[]) w
        UNION SELECT (ts_lexize('english_stem', w))[1] FROM unnest(%(words)s::text[]) w
    ) means USING (word)
    WHERE l.word NOT IN (SELECT word FROM own)
    ORDER BY claims, l.word LIMIT %(lexemes)s
),
t AS MATERIALIZED (
    SELECT word, claims, idf, idf AS own FROM own
    UNION ALL SELECT word, claims * 3, idf * %(other_word)s, 0 FROM other
),
best AS (SELECT sum(own) AS score FROM t),
rare AS (
    SELECT word, claims, row_number() OVER (ORDER BY claims, word) AS place,
           sum(claims) OVER (ORDER BY claims, word) AS upto
    FROM t WHERE claims > 0
),
picked AS MATERIALIZED (
    SELECT quote_literal(word) AS word, place,
           upto <= %(candidates)s OR claims <= %(alone)s
           AND place <= CASE WHEN n > %(large)s THEN %(kept_large)s ELSE %(kept)s END
               AS is_alone
    FROM rare, total
),
asked AS MATERIALIZED (
    SELECT string_agg(words, ' | ')::tsquery AS words FROM (
        SELECT word AS words FROM picked
        WHERE is_alone OR (SELECT count(*) FROM picked) = 1
        UNION ALL
        SELECT format('(%%s & %%s)', one.word, two.word) FROM picked one, picked two
        WHERE one.place < two.place AND two.place <= %(paired)s
          AND NOT EXISTS (SELECT FROM picked WHERE is_alone)
    ) each
),
first AS MATERIALIZED (
    SELECT v.id, v.wording, v.quote, v.vector, x.score / best.score AS share,
           v.facets && %(speakers)s::int[] AS same_speaker,
           v.facets && %(context)s::int[] AS same_context
    FROM asked, best, total, LATERAL (
        SELECT * FROM claims_publicwords w
        WHERE w.state = 'listed' AND w.vector @@ asked.words LIMIT %(most)s
    ) v, LATERAL (
        SELECT 2.2 * sum(t.idf * cardinality(u.positions)
                   / (cardinality(u.positions) + 1.2 * (0.25 + 0.75 * length(v.vector)
                      * total.n / greatest(total.lexemes, 1)))) AS score
        FROM unnest(v.vector) u JOIN t ON t.word = u.lexeme
    ) x
    WHERE best.score > 0
    ORDER BY x.score * CASE WHEN v.facets && %(speakers)s::int[]
                            THEN %(factor)s ELSE 1 END DESC NULLS LAST, v.id
    LIMIT %(limit)s
)
SELECT f.id, f.wording, f.quote, f.share, y.found / y.whole AS covered,
       f.same_speaker, f.same_context
FROM first f, total, LATERAL (
    SELECT sum(c.idf) AS whole,
           coalesce(sum(c.idf) FILTER (WHERE t.word IS NOT NULL), 0) AS found
    FROM (
        SELECT u.lexeme,
               ln(1 + (n - coalesce(l.count, 0) + 0.5) / (coalesce(l.count, 0) + 0.5))
                   AS idf
        FROM unnest(f.vector) u LEFT JOIN claims_lexemecount l ON l.word = u.lexeme
    ) c LEFT JOIN t ON t.word = c.lexeme
) y
"""


@dataclass(frozen=True)
class Ranked:
    """A claim's key, what was weighed of it, and its words nearest to the text."""

    key: int
    values: tuple[float, ...]
    words: Read


class Alike(NamedTuple):
    """A claim's key, its score, and how likely it says the same, from 0 to 1.

    `margin` is by how much it stands out from the other claims found, from 0 on.
    """

    key: int
    score: float
    likeness: float
    margin: float


def alike(
    cursor,
    text: str,
    speakers: Sequence[int] = (),
    limit: int = READ,
    *,
    language: str = "en",
    context: Sequence[int] = (),
    but: int | None = None,
    weights: Mapping[str, float] | None = None,
) -> list[Alike]:
    """Return the claims most like a text, best first.

    `speakers` are facet codes of who says it, `context` those of topics and year:
    claims that have one weigh more. Likeness leaves both out. `but` is not found.
    """
    table = weights_in_force() if weights is None else weights
    weighed = [
        (each, *weigh(each.values, table))
        for each in candidates(cursor, text, speakers, language, context)
        if each.key != but
    ]
    weighed.sort(key=lambda row: (-row[1], row[0].key))
    return [
        Alike(
            each.key,
            score,
            likeness,
            margin(likeness, _others(each, weighed)) if likeness >= SIMILAR else -inf,
        )
        for each, score, likeness in weighed[:limit]
    ]


def _others(claim: Ranked, weighed) -> list[float]:
    """Return the likenesses of claims that say something else, as many as count."""
    others = (
        likeness
        for each, _score, likeness in weighed
        if each is not claim and not are_twins(each.words, claim.words)
    )
    return list(islice(others, NEXT))


def candidates(
    cursor,
    text: str,
    speakers: Sequence[int] = (),
    language: str = "en",
    context: Sequence[int] = (),
) -> list[Ranked]:
    """Return the claims with the best BM25 for a text, with what is weighed of each."""
    text = plain(text[:LONGEST]).replace("\0", " ")
    beginnings, words = words_meaning(meanings_of(text))
    read_as = detect_language(text) or language
    cursor.execute(
        QUERY,
        {
            "text": text,
            "language": read_as,
            # As claims in these have them: a name has one stem in each language.
            "languages": sorted({language, DEFAULT} - {read_as}),
            "lexemes": MOST_LEXEMES,
            "beginnings": beginnings,
            "words": words,
            "last": "\U0010ffff",
            "other_word": OTHER_WORD,
            "candidates": CANDIDATES,
            "alone": ALONE,
            "paired": PAIRED,
            "most": MOST,
            "large": LARGE,
            "kept": KEPT,
            "kept_large": KEPT_OF_LARGE,
            "speakers": list(speakers),
            "context": list(context),
            "factor": SAME_SPEAKER,
            "limit": READ,
        },
    )
    asked = read(text, read_as)
    found = []
    for key, wording, quote, share, covered, same_speaker, same_context in cursor:
        if share is None:
            continue
        weighed = []
        for each in dict.fromkeys((wording, quote or wording)):
            words_read = read(each, language)
            values = signs(
                asked,
                words_read,
                share=float(share),
                covered=float(covered or 0),
                is_same_speaker=bool(same_speaker),
                is_same_context=bool(same_context),
            )
            weighed.append((values, words_read))
        found.append(Ranked(key, *max(weighed, key=itemgetter(0))))
    return found
