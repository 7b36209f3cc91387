"""Names of speakers that begin so, in their order, whatever the database sorts by."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Collate

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0109_index_of_contradictions")]

    operations = [
        AddIndex(
            "speaker",
            models.Index(
                Collate("folded", "C"),
                "id",
                condition=Q(was_public=True),
                name="speaker_beginning",
            ),
        ),
    ]
