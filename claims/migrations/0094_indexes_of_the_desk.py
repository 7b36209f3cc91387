"""Indexes for the desk's lists: newest verdicts, repeats, proposals, addresses.

Each is built while everybody goes on reading and writing.
"""

from django.db import migrations, models
from django.db.models import F, Func, Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0093_files_taken_off")]

    operations = [
        AddIndex(
            "verdict",
            models.Index(fields=["-updated_at", "-id"], name="verdict_newest"),
        ),
        AddIndex(
            "verdict",
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(status="published"),
                name="verdict_published",
            ),
        ),
        AddIndex(
            "claim",
            models.Index(
                F("id").desc(),
                condition=Q(status="listed") & Q(repeats__isnull=False),
                include=["repeats"],
                name="listed_repeats",
            ),
        ),
        AddIndex(
            "evidence",
            models.Index(
                Func("url", function="claims_digest"), name="evidence_address"
            ),
        ),
        AddIndex(
            "claim",
            models.Index(
                F("id").desc(), condition=Q(origin="rules"), name="claim_by_rules"
            ),
        ),
    ]
