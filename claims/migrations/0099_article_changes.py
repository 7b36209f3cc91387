"""An index that tells when an article's claims changed, in place of one that does not.

Both are changed while everybody goes on reading and writing.
"""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import migrations, models


def _beside_other_work(concurrently, plainly):
    """Return an operation that is done concurrently, unless within a transaction."""

    class Operation(concurrently):
        def database_forwards(self, app_label, schema_editor, *states):
            kind = _kind(schema_editor)
            kind.database_forwards(self, app_label, schema_editor, *states)

        def database_backwards(self, app_label, schema_editor, *states):
            kind = _kind(schema_editor)
            kind.database_backwards(self, app_label, schema_editor, *states)

    def _kind(schema_editor):
        return plainly if schema_editor.connection.in_atomic_block else concurrently

    return Operation


AddIndex = _beside_other_work(AddIndexConcurrently, migrations.AddIndex)
RemoveIndex = _beside_other_work(RemoveIndexConcurrently, migrations.RemoveIndex)


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
