"""Rows that readers have seen already, marked as such, in ranges of keys."""

from django.db import migrations

RANGE = 5_000

MARK = """
WITH added AS MATERIALIZED (
    SELECT * FROM claims_publicclaim WHERE id BETWEEN %s AND %s
), published AS MATERIALIZED (
    SELECT p.speaker_id, p.via_id FROM claims_publishedverdict p
    JOIN added ON added.id = p.claim_id
), articles AS (
    UPDATE claims_article SET was_public = true
    WHERE NOT was_public AND id IN (SELECT article_id FROM added)
), topics AS (
    UPDATE claims_topic SET was_public = true
    WHERE NOT was_public AND id IN (SELECT unnest(topics) FROM added)
), outlets AS (
    UPDATE claims_outlet SET was_public = true WHERE NOT was_public AND id IN (
        SELECT outlet_id FROM added UNION SELECT via_id FROM added
        UNION SELECT via_id FROM published)
)
UPDATE claims_speaker SET was_public = true WHERE NOT was_public AND id IN (
    SELECT speaker_id FROM added
    UNION SELECT code - 100000000 FROM added, unnest(facets) code
        WHERE code > 100000000
    UNION SELECT speaker_id FROM published)
"""
MERGED = """
UPDATE claims_speaker SET was_public = true WHERE NOT was_public AND merged_into_id IN (
    SELECT id FROM claims_speaker WHERE was_public)
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM claims_publicclaim")
        newest = cursor.fetchone()[0]
        for first in range(1, newest + 1, RANGE):
            # Each statement is a transaction: no lock is held from range to range.
            cursor.execute(MARK, [first, first + RANGE - 1])
        cursor.execute(MERGED)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("claims", "0032_database_roles")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
