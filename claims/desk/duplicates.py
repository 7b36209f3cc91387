"""Articles that are here already: texts that share most of their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from claims.models import Article

# Percent of a text's sentences that make it the same as another one.
SAME = 80
MOST = 3  # articles that are named
CANDIDATES = 50

# Whoever shares four of five sentences shares one of the longest fifth and one more.
FIND = f"""
WITH given AS (SELECT claim_sentences(%s) AS codes),
candidates AS (
    SELECT t.article_id, ARRAY(
        SELECT unnest(claim_sentences(t.body)) INTERSECT SELECT unnest(given.codes)
    ) AS common, given.codes
    FROM claims_articletext t, given
    WHERE claim_sentences(t.body)
        && given.codes[1 : cardinality(given.codes) * {100 - SAME} / 100 + 1]
    ORDER BY t.id DESC LIMIT {CANDIDATES}
)
SELECT article_id, max(100 * cardinality(common) / cardinality(codes)) AS share
FROM candidates GROUP BY article_id
HAVING max(100 * cardinality(common) / cardinality(codes)) >= {SAME}
ORDER BY share DESC, article_id LIMIT {MOST}
"""  # noqa: S608


@dataclass(frozen=True)
class SameWords:
    """An article that holds so many percent of the sentences of a text."""

    article: Article
    share: int

    def __str__(self) -> str:
        words = (
            _(
                "These words are already here: all sentences stand in “%(headline)s” "
                "of %(day)s, article %(number)d."
            )
            if self.share == 100
            else _(
                "These words are already here: %(share)d %% of the sentences stand in "
                "“%(headline)s” of %(day)s, article %(number)d."
            )
        )
        return words % {
            "share": self.share,
            "headline": self.article.headline,
            "day": self.article.published_on,
            "number": self.article.pk,
        }


def articles_with_words(body: str, *, but: Article | None = None) -> list[SameWords]:
    """Return the articles that hold most sentences of a text, the most alike first."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [body])
        found = dict(cursor.fetchall())
    if but is not None:
        found.pop(but.pk, None)
    articles = Article.objects.in_bulk(found)
    return [SameWords(articles[key], share) for key, share in found.items()]
