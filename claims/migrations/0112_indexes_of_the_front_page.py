"""Relations that wait for a person, verdicts that were returned, and languages."""

from django.db import migrations, models
from django.db.models import Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0111_indexes_of_planned_work")]

    operations = [
        AddIndex(
            "claimrelation",
            models.Index(
                fields=["claim", "to"],
                condition=Q(state="suggested"),
                name="relation_waiting",
            ),
        ),
        AddIndex(
            "transition",
            models.Index(
                fields=["claim", "id"],
                condition=Q(subject="verdict", step="return"),
                name="verdict_returned",
            ),
        ),
        AddIndex("article", models.Index(fields=["language"], name="article_language")),
    ]
