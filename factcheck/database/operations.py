"""Operations of migrations: indexes that come and go beside everybody's work.

Concurrently, unless within a transaction: there, as a test's, that is refused. What is
done concurrently is undone by no transaction: a migration that was broken off begins
anew, and each of these may be its second try.
"""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import migrations


class AddIndex(AddIndexConcurrently):
    """Adds an index while everybody goes on reading and writing.

    One that was half made is made anew, one that stands is left.
    """

    def database_forwards(self, app_label, schema_editor, *states):
        kind = _kind(schema_editor, AddIndexConcurrently, migrations.AddIndex)
        if kind is AddIndexConcurrently:
            is_whole = _is_whole(schema_editor, self.index.name)
            if is_whole:
                return
            if is_whole is False:
                name = schema_editor.quote_name(self.index.name)
                schema_editor.execute(f"DROP INDEX CONCURRENTLY {name}")
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


def _is_whole(schema_editor, name):
    """Return whether an index was made to its end; None if there is none."""
    if schema_editor.collect_sql:
        return None
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)",
            [schema_editor.quote_name(name)],
        )
        row = cursor.fetchone()
    return row and row[0]
