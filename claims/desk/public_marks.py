"""Marks of the public record, moved to the newest text of a corrected article."""

from __future__ import annotations

from django.db import connection

from claims.attribution.spans import Span
from claims.models import ArticleText, PublicWords
from claims.text.reanchor import Correction

# After most writes there is nothing to move: few articles are ever corrected.
BEHIND = """
SELECT w.id FROM claims_publicwords w
JOIN claims_publicclaim f ON f.id = w.id
JOIN claims_publishedverdict p ON p.id = f.current_id
JOIN claims_article a ON a.id = f.article_id
WHERE w.id = ANY(%s) AND a.current_text_id IS NOT NULL AND (
    (w.marks, w.text_id) IS DISTINCT FROM (p.marks, p.text_id)
    OR p.text_id <> a.current_text_id
    OR EXISTS (SELECT FROM jsonb_array_elements(p.marks) mark
               WHERE (mark ->> 'text')::bigint <> a.current_text_id))
"""


def move_marks(keys: list[int]) -> None:
    """Move published marks to the article's current text, where nobody can doubt it.

    Marks that are not certain stay in the text in which they were published.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [keys])
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return
    behind = (
        PublicWords.objects.filter(pk__in=keys)
        .select_related("claim__current", "claim__article")
        .defer("vector")
    )
    corrections: dict[tuple[int, int], Correction] = {}
    for words in behind:
        published, article = words.claim.current, words.claim.article
        marks, text = published.marks, published.text_id
        current = article.current_text_id
        # Each mark has a text of its own: those of a doubtful quote stay behind alone.
        for before in {mark["text"] for mark in marks} - {current}:
            if (before, current) not in corrections:
                bodies = ArticleText.objects.in_bulk([before, current])
                both = bodies[before].body, bodies[current].body
                corrections[before, current] = Correction(*both)
        if text is not None:
            moved = _moved(marks, corrections, current)
            if moved is not None:
                marks, text = moved, current
        if (words.marks, words.text_id) != (marks, text):
            PublicWords.objects.filter(pk=words.pk).update(marks=marks, text=text)


def _moved(
    marks: list[dict], corrections: dict[tuple[int, int], Correction], text: int
) -> list[dict] | None:
    """Return marks as they stand in a corrected text, or None where one is in doubt."""
    moved = []
    for mark in marks:
        if mark["text"] == text:
            moved.append(mark)
            continue
        correction = corrections[mark["text"], text]
        place = correction.of(Span(mark["start"], mark["end"])).place
        if place is None:
            return None
        moved.append({**mark, "text": text, "start": place.start, "end": place.end})
    return moved
