"""Suggestions by their article: where there is something to decide."""

from django.db import migrations, models
from django.db.models import Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0113_words_taken_apart_once")]

    operations = [
        AddIndex(
            "claim",
            models.Index(
                fields=["article"],
                condition=Q(status="suggested"),
                name="suggested_in_article",
            ),
        ),
    ]
