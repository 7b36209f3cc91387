"""The urgency of the claims that have a reason, and indexes of the desk's lists.

A thousand keys at a time, each in a transaction of its own: nobody waits longer for a
row. A run that is broken off begins anew and finds nothing to do where it was.
"""

from django.db import migrations, models, transaction
from django.db.models import F, Q

from factcheck.database.operations import AddIndex

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
# How long it takes to read the terms of a text: no plan may do so row by row where
# there is an index.
COST = """
ALTER FUNCTION claim_terms(text) COST {0};
ALTER FUNCTION claim_terms(text, text) COST {0};
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
        AddIndex(
            "verdict", models.Index(fields=["status", "-id"], name="verdict_by_status")
        ),
        AddIndex(
            "articletext",
            models.Index(
                fields=["article"], condition=Q(number__gt=1), name="text_corrected"
            ),
        ),
        migrations.RunSQL(COST.format(20_000), COST.format(100)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
