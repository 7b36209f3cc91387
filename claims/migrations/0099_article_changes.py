"""An index that tells when an article's claims changed, in place of one that does not.

Both are changed while everybody goes on reading and writing.
"""

from django.db import migrations, models

from factcheck.database.operations import AddIndex, RemoveIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0098_time_marks")]

    operations = [
        AddIndex(
            "publicclaim",
            models.Index(
                fields=["article"],
                include=["state", "listed_at", "published_at"],
                name="public_in_article",
            ),
        ),
        RemoveIndex("publicclaim", "public_article"),
    ]
