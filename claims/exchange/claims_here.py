"""Looking up texts to place words in, and the claims that rows may already be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from claims.models import ArticleText, Claim

BODIES = 2_000_000  # stored bytes of article texts in memory at a time

Key = tuple[int, tuple[tuple[int, int], ...], int | None]  # article, content, speaker
Stored = tuple[int, str]  # a claim's number and rule

LOCKED = """
SELECT a.id, t.id, a.published_on, pg_column_size(t.body)
FROM claims_article a JOIN claims_articletext t ON t.id = a.current_text_id
WHERE a.id = ANY(%s) ORDER BY a.id FOR NO KEY UPDATE OF a
"""


def locked_articles(articles: Iterable[int]) -> list[tuple[int, int, date, int]]:
    """Lock articles; return each with its current text, its day and the text's size."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [[*articles]])
        return cursor.fetchall()


def with_bodies(
    locked: list[tuple[int, int, date, int]],
) -> Iterator[tuple[int, int, date, str]]:
    """Yield article, text, day and body, some bodies in memory at a time."""
    waiting: list[tuple[int, int, date]] = []
    size = 0
    for number, (article, text, day, stored) in enumerate(locked, start=1):
        waiting.append((article, text, day))
        size += stored
        if size < BODIES and number < len(locked):
            continue
        bodies = dict(
            ArticleText.objects.filter(
                pk__in=[each[1] for each in waiting]
            ).values_list("pk", "body")
        )
        for each in waiting:
            yield *each, bodies[each[1]]
        waiting, size = [], 0


def stored_claims(asked: Sequence[tuple[UUID, int, Key]]) -> list[Stored | None]:
    """Return for each name, text and key of a claim the one that is here already."""
    by_client_id = claims_by_client_id(client_id for client_id, _text, _key in asked)
    by_key = claims_by_key(
        (text, key) for client_id, text, key in asked if client_id not in by_client_id
    )
    return [
        by_client_id.get(client_id) or by_key.get(key)
        for client_id, _text, key in asked
    ]


def claims_by_client_id(client_ids: Iterable[UUID]) -> dict[UUID, Stored]:
    """Return the stored claims that an import has named so."""
    rows = Claim.objects.filter(client_id__in=list(client_ids)).values_list(
        "client_id", "pk", "rule"
    )
    return {client_id: (pk, rule) for client_id, pk, rule in rows}


ALIKE = """
WITH alike AS MATERIALIZED (
    SELECT DISTINCT s.claim_id
    FROM unnest(%s::bigint[], %s::int[]) AS asked (text_id, start), claims_span s
    WHERE s.text_id = asked.text_id AND s.start = asked.start AND s.role = 'content'
)
SELECT c.id, c.rule, c.article_id, c.speaker_id,
       array_agg(s.start ORDER BY s.ordinal), array_agg(s."end" ORDER BY s.ordinal)
FROM alike JOIN claims_claim c ON c.id = alike.claim_id
JOIN claims_article a ON a.id = c.article_id
JOIN claims_span s ON s.claim_id = c.id AND s.role = 'content'
GROUP BY c.id HAVING bool_and(s.text_id = a.current_text_id)
ORDER BY c.id DESC
"""


def claims_by_key(keys: Iterable[tuple[int, Key]]) -> dict[Key, Stored]:
    """Return the stored claims that may equal those of keys in a text, by their keys.

    Claims of which some words are not in the current text are like no other.
    """
    places = {(text, content[0][0]) for text, (_article, content, _speaker) in keys}
    if not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            ALIKE, [[text for text, _at in places], [at for _text, at in places]]
        )
        return {
            (article, tuple(zip(starts, ends, strict=True)), speaker): (pk, rule)
            for pk, rule, article, speaker, starts, ends in cursor.fetchall()
        }
