"""Words of claims that contradict others, by speaker: few, and found without a walk."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0106_speaker_pictures")]

    operations = [
        AddIndex(
            "publicwords",
            GinIndex(
                fields=["facets"],
                condition=Q(
                    state="listed", relations__contains=[{"kind": "contradicts"}]
                ),
                fastupdate=False,
                name="public_contradicting",
            ),
        ),
    ]
