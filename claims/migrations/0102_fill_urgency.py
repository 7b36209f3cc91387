"""The urgency of the claims that have a reason, and indexes by it and by the rating.

A thousand keys at a time, each in a transaction of its own: nobody waits longer for a
row. A run that is broken off begins anew and finds nothing to do where it was.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models, transaction
from django.db.models import F, Q

STEP = 1_000
# What has no reason to be urgent has 0 already.
REASONS = """
SELECT claim_id AS id FROM claims_workitem
WHERE place IS NOT NULL OR harm > 0 OR reach > 0
UNION SELECT claim_id FROM claims_readerreport
WHERE status = 'open' AND claim_id IS NOT NULL
UNION SELECT repeats_id FROM claims_claim
WHERE status = 'listed' AND repeats_id IS NOT NULL
ORDER BY id
"""
# Locked before they are weighed, as the triggers do.
LOCK = "SELECT FROM claims_claim WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE"
FILL = """
UPDATE claims_claim SET urgency = claims_urgency_of(id)
WHERE id = ANY (%s) AND urgency <> claims_urgency_of(id)
"""


def fill(apps, schema_editor, step=STEP):
    alias = schema_editor.connection.alias
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(REASONS)
        keys = [key for (key,) in cursor.fetchall()]
        for first in range(0, len(keys), step):
            with transaction.atomic(using=alias):
                for statement in (LOCK, FILL):
                    cursor.execute(statement, [keys[first : first + step]])


class AddIndex(AddIndexConcurrently):
    """Adds an index beside everybody's work; within a transaction, as any index is."""

    def database_forwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor)
        kind.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor)
        kind.database_backwards(self, app_label, schema_editor, *states)


def _kind(schema_editor):
    is_within = schema_editor.connection.in_atomic_block
    return migrations.AddIndex if is_within else AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0101_urgency_of_claims")]

    operations = [
        AddIndex(
            "claim",
            models.Index(
                F("urgency").desc(),
                F("sort_date").desc(),
                F("id").desc(),
                condition=Q(status="listed")
                & Q(rating__isnull=True, checkability="checkable"),
                name="claim_most_urgent",
            ),
        ),
        AddIndex(
            "verdict",
            models.Index(fields=["rating", "-id"], name="verdict_by_rating"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
