"""The database's guards, taken away for a while: what a test of one is checked by."""

from contextlib import contextmanager

from django.db import connection, transaction


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def settle():
    """Have the checks now that would wait for the end of the transaction."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def without(guard):
    """Take a constraint or trigger away for the block, which is then undone."""
    with transaction.atomic():
        sid = transaction.savepoint()
        settle()
        if isinstance(guard, str):
            for name in guard.split():
                drop(name)
        else:
            table, trigger = guard
            if trigger.startswith("foreign key"):
                drop_foreign_key(table, trigger.rpartition(" ")[2])
            else:
                disable(f"claims_{table}", trigger)
        yield
        transaction.savepoint_rollback(sid)


def disable(table, trigger):
    """Switch a trigger off, and the one that does the same for rows inserted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND tgname IN (%s, %s)",
            [table, trigger, f"{trigger}_insert"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def drop(name):
    """Take away the constraint, the triggers or the unique index of a name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = %s"
            # A trigger that waits for the end of the transaction counts as one, too.
            " AND contype <> 't'",
            [name],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            return
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s",
            [name],
        )
        tables = cursor.fetchall()
        for (table,) in tables:
            disable(table, name)
        if not tables:
            cursor.execute(f"DROP INDEX {name}")


def allow_truncate():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname IN ('no_truncate', 'append_only_whole')"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def drop_foreign_key(table, target):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = %s::regclass",
            [f"claims_{target}"],
        )
        for owner, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {owner} DROP CONSTRAINT {name}")
