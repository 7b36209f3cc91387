"""The acting user of a transaction, for the database's change history."""

from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

INERROR = TransactionStatus.INERROR


@contextmanager
def acting(user):
    """Set the acting user for the Change rows written in this block.

    Holds for the session, not the transaction, so that it also covers code that
    opens its own transactions. Nested blocks give the actor back.
    """
    before = _set_actor(str(user.pk) if user is not None and user.pk else "")
    try:
        yield
    finally:
        # A lost connection has no actor any more, and a failed transaction takes the
        # setting back by itself when it is undone.
        raw = connection.connection
        is_gone = raw is None or raw.closed
        if not (
            is_gone
            or connection.needs_rollback
            or raw.info.transaction_status == INERROR
        ):
            _set_actor(before)


def _set_actor(actor):
    """Set the acting user and return the previous one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED ("
            " SELECT coalesce(current_setting('factcheck.actor', true), '') AS actor)"
            " SELECT actor, set_config('factcheck.actor', %s, false) FROM before",
            [actor],
        )
        return cursor.fetchone()[0]
