"""A speaker's counts by rating and year come from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0012_steps_taken"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="claim", name="listed_by_speaker"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("speaker"),
                models.OrderBy(models.F("sort_date"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "listed")),
                include=("rating", "current"),
                name="listed_by_speaker",
            ),
        ),
    ]
