"""Floors: the plainest way to the rows of a page, one query and one string."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from django.conf import settings
from django.db import connections, router

from claims.exchange.csv_export import csv_sql
from claims.models import PublicClaim

CLAIM = """
SELECT c.id, w.wording, w.quote, c.stated_on, s.name, s.slug, a.headline, a.id,
       p.rating_label, p.rating_slug, p.summary
FROM claims_publicclaim c
JOIN claims_publicwords w ON w.id = c.id
JOIN claims_speaker s ON s.id = c.speaker_id
JOIN claims_article a ON a.id = c.article_id
LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
"""
SQL = {
    "list": CLAIM
    + "WHERE c.state = 'listed' ORDER BY c.sort_date DESC, c.id DESC LIMIT 51",
    "row": CLAIM  # noqa: S608 - constants alone
    + "WHERE c.id = (SELECT min(id) FROM claims_publicclaim)",
    "speakers": "SELECT id, name, slug, kind FROM claims_speaker"
    " ORDER BY name LIMIT 51",
    "articles": "SELECT a.id, a.headline, a.slug, a.published_on, o.name"
    " FROM claims_article a JOIN claims_outlet o ON o.id = a.outlet_id"
    " ORDER BY a.published_on DESC, a.id DESC LIMIT 51",
    "corrections": "SELECT id, claim_id, number, kind, note, published_at,"
    " claim_reviewed, rating_label FROM claims_publishedverdict WHERE number > 1"
    " ORDER BY published_at DESC LIMIT 51",
    "article": "SELECT a.headline, t.body, w.wording FROM claims_article a"
    " JOIN claims_articletext t ON t.id = a.current_text_id"
    " JOIN claims_publicclaim c ON c.article_id = a.id"
    " JOIN claims_publicwords w ON w.id = c.id WHERE a.id = 1",
    "sitemap": "SELECT c.id, w.wording, c.changed_at FROM claims_publicclaim c"
    " JOIN claims_publicwords w ON w.id = c.id WHERE c.id <= 10000",
}


def floors() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name of each floor and what does it."""
    for name, sql in SQL.items():
        yield name, lambda sql=sql: _plain(sql)
    yield "file", _plain_copy


def _connection():
    return connections[router.db_for_read(PublicClaim)]


def _plain(sql) -> bytes:
    with _connection().cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    return "".join(
        "<li>" + "".join(f"<p>{escape(str(cell))}" for cell in row) for row in rows
    ).encode()


def _plain_copy() -> int:
    claims = "SELECT id FROM claims_publicclaim WHERE state = 'listed' ORDER BY id"
    site = settings.FACTCHECK["URL"]
    statement = csv_sql().replace("{claims}", claims).replace("{site}", f"'{site}'")
    with _connection().cursor() as cursor, cursor.copy(statement) as copy:
        return sum(len(piece) for piece in copy)
