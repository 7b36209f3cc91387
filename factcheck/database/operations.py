"""Operations of migrations without a transaction: indexes, and SQL before a filling.

A migration that was broken off begins anew, so each of these may be its second try.
Indexes come and go concurrently, beside everybody's work, unless within a transaction:
there, as a test's, that is refused.
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


class RunSQLOnce(migrations.RunSQL):
    """Runs SQL, or its reverse, unless an SQL condition tells that this was done."""

    def __init__(self, sql, reverse_sql, *, done):
        super().__init__(sql, reverse_sql)
        self.done = done

    def database_forwards(self, app_label, schema_editor, *states):
        if self._is_done(schema_editor) is not True:
            super().database_forwards(app_label, schema_editor, *states)

    def database_backwards(self, app_label, schema_editor, *states):
        if self._is_done(schema_editor) is not False:
            super().database_backwards(app_label, schema_editor, *states)

    def _is_done(self, schema_editor):
        return _asked(schema_editor, f"SELECT {self.done}")


def _kind(schema_editor, concurrently, plainly):
    return plainly if schema_editor.connection.in_atomic_block else concurrently


def _is_whole(schema_editor, name):
    """Return whether an index was made to its end; None if there is none."""
    return _asked(
        schema_editor,
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)",
        [schema_editor.quote_name(name)],
    )


def _asked(schema_editor, query, values=None):
    """Return the first value of an answer; None without one, and for `sqlmigrate`."""
    if schema_editor.collect_sql:
        return None
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row and row[0]
