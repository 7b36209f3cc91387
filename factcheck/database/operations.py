"""Operations of migrations: indexes that come and go beside everybody's work.

Concurrently, unless within a transaction: there, as a test's, that is refused.
"""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import migrations


class AddIndex(AddIndexConcurrently):
    """Adds an index while everybody goes on reading and writing."""

    def database_forwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor, AddIndexConcurrently, migrations.AddIndex)
        kind.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor, AddIndexConcurrently, migrations.AddIndex)
        kind.database_backwards(self, app_label, schema_editor, *states)


class RemoveIndex(RemoveIndexConcurrently):
    """Removes an index while everybody goes on reading and writing."""

    def database_forwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor, RemoveIndexConcurrently, migrations.RemoveIndex)
        kind.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor, RemoveIndexConcurrently, migrations.RemoveIndex)
        kind.database_backwards(self, app_label, schema_editor, *states)


def _kind(schema_editor, concurrently, plainly):
    return plainly if schema_editor.connection.in_atomic_block else concurrently
