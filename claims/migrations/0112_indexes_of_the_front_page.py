"""Relations that wait for a person, by claim; the languages that articles are in."""

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
        AddIndex("article", models.Index(fields=["language"], name="article_language")),
    ]
