"""Indexes for the desk, which lists and searches what readers do not see, too."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_second_eyes")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="article_search"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=~models.Q(status="listed"),
                fields=["search"],
                name="unlisted_search",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("sort_date").desc(),
                models.F("id").desc(),
                name="claim_newest",
            ),
        ),
    ]
