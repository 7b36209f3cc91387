"""Bulk loading: rows by COPY, while triggers, indexes and foreign keys are away.

Rows that fit each other come in whole; each guard looks at one row and would find the
others missing. What the guards hold is asked of the whole archive afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

from factcheck.database.owner import as_owner

# So many statements run side by side, each on a connection of its own.
SIDE_BY_SIDE = 2
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique
ORDER BY pg_relation_size(indrelid) DESC, indexrelid
"""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY oid
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname), tgenabled FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = ANY(%s::regclass[])
  AND tgname <> ALL(%s) ORDER BY oid
"""
MEMORY = "SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'"
ENABLED = {"O": "", "A": "ALWAYS ", "R": "REPLICA "}


def copy_rows(model: type[Model], columns: str, rows: Iterable[tuple]) -> None:
    """Write rows into a table; the columns are named in one string."""
    names = ", ".join(f'"{name}"' for name in columns.split())
    copying = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def without_triggers(
    models: Iterable[type[Model]], but: Sequence[str] = ()
) -> Iterator[None]:
    """Disable the triggers of tables in this block, but for the named ones."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [_tables(models), list(but)])
        triggers = cursor.fetchall()
        for table, name, _kind in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        for table, name, kind in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE {ENABLED[kind]}TRIGGER {name}")


@contextmanager
def without_indexes(models: Iterable[type[Model]]) -> Iterator[None]:
    """Drop indexes and foreign keys of tables in this block, and build them after.

    Unique indexes stay. A foreign key is checked for the whole table at once when it
    is added again, which takes a fraction of what each row's own check does.
    """
    tables = _tables(models)
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        cursor.execute(FOREIGN_KEYS, [tables])
        keys = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    side_by_side(definition for _name, definition in indexes)
    with connection.cursor() as cursor:
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def side_by_side(statements: Iterable[str]) -> None:
    """Execute statements that need no order, some at a time."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(_execute, statements))


def _execute(statement):
    with as_owner():
        try:
            with connection.cursor() as cursor:
                cursor.execute(MEMORY)
                cursor.execute(statement)
        finally:
            connection.close()


def _tables(models):
    return [model._meta.db_table for model in models]
