"""Integrity checks of the stored data, each one SQL query (manage.py check_integrity).

The database refuses what is wrong on its way in; these look at what is there, after
a restore, an upgrade, or somebody with the owner's password.
"""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Check:
    """A check: its name, what is wrong with the rows found, the query for them."""

    name: str
    means: str
    query: str


CHECKS = [
    Check(
        "spans",
        "marked words that are not the text's words",
        """
        SELECT s.id FROM claims_span s JOIN claims_articletext t ON t.id = s.text_id
        WHERE substring(t.body FROM s.start + 1 FOR s."end" - s.start) <> s.exact
           OR s."end" > char_length(t.body)
        """,
    ),
    Check(
        "places",
        "marked words that stand in another article than their claim",
        """
        SELECT s.id FROM claims_span s
        JOIN claims_articletext t ON t.id = s.text_id
        JOIN claims_claim c ON c.id = s.claim_id
        WHERE t.article_id <> c.article_id
        """,
    ),
    Check(
        "anchors",
        "marked words said to be in the current text that stand in an older one",
        """
        SELECT s.id FROM claims_span s
        JOIN claims_articletext t ON t.id = s.text_id
        JOIN claims_article a ON a.id = t.article_id
        WHERE s.anchor IN ('exact', 'moved') AND s.text_id <> a.current_text_id
        """,
    ),
    Check(
        "texts",
        "article texts that differ from their digest",
        """
        SELECT id FROM claims_articletext
        WHERE sha256 <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
        """,
    ),
    Check(
        "quotes",
        "claims whose quote is not made of their marked words",
        """
        SELECT c.id FROM claims_claim c
        LEFT JOIN (
            SELECT claim_id, string_agg(exact, ' [...] ' ORDER BY ordinal) AS words
            FROM claims_span WHERE role = 'content' GROUP BY claim_id
        ) s ON s.claim_id = c.id
        WHERE c.quote <> coalesce(s.words, '')
        """,
    ),
    Check(
        "ratings",
        "claims that show another rating than the one last published",
        """
        SELECT c.id FROM claims_claim c
        LEFT JOIN LATERAL (
            SELECT p.id, CASE WHEN p.kind <> 'retracted' THEN p.rating_id END AS rating
            FROM claims_publishedverdict p WHERE p.claim_id = c.id
            ORDER BY p.number DESC LIMIT 1
        ) p ON true
        WHERE c.current_id IS DISTINCT FROM p.id
           OR c.rating_id IS DISTINCT FROM p.rating
        """,
    ),
    Check(
        "publications",
        "publications changed after the day, or missing from the chain",
        """
        SELECT p.id FROM claims_publishedverdict p
        LEFT JOIN claims_publishedverdict b
            ON b.claim_id = p.claim_id AND b.number = p.number - 1
        WHERE p.digest <> claims_publication_digest(p, coalesce(b.digest, ''))
           OR p.number > 1 AND b.id IS NULL
        """,
    ),
    Check(
        "four eyes",
        "publications approved by their author without a reason given",
        """
        SELECT id FROM claims_publishedverdict
        WHERE author_id = approver_id AND override_reason = ''
        """,
    ),
    Check(
        "notes",
        "corrections without a note",
        "SELECT id FROM claims_publishedverdict WHERE number > 1 AND note = ''",
    ),
    Check(
        "listed",
        "listed claims without a speaker or without words",
        """
        SELECT id FROM claims_claim
        WHERE status = 'listed' AND (speaker_id IS NULL OR quote = '')
        """,
    ),
    Check(
        "merged",
        "claims of a speaker that was merged into another",
        """
        SELECT c.id FROM claims_claim c JOIN claims_speaker s ON s.id = c.speaker_id
        WHERE s.merged_into_id IS NOT NULL
        """,
    ),
    Check(
        "triggers",
        "triggers that somebody switched off",
        """
        SELECT t.oid FROM pg_trigger t
        WHERE NOT tgisinternal AND tgenabled = 'D'
          AND tgrelid::regclass::text LIKE 'claims\\_%%'
        """,
    ),
]

SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def broken_rows(check: Check) -> list[int]:
    """Return the ids of the first hundred rows that fail a check."""
    with connection.cursor() as cursor:
        cursor.execute(f"{check.query.rstrip()} ORDER BY 1 LIMIT 100", [])
        return [row[0] for row in cursor.fetchall()]


def unsafe_settings() -> dict[str, str]:
    """Return PostgreSQL settings under which a committed write may be lost."""
    unsafe = {}
    with connection.cursor() as cursor:
        for name, wanted in SETTINGS.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            found = cursor.fetchone()[0]
            if found != wanted:
                unsafe[name] = found
    return unsafe
