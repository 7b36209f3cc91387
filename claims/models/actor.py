"""The acting user of a transaction, for the database's change history."""

from django.db import connection


def acting(user):
    """Name who acts to the database, for what is written within this block.

    Holds for the transactions of the block, begun before it or within. Outside any
    transaction nobody is named. Nested blocks give the actor back.
    """
    key = str(user.pk) if user is not None and user.pk else ""
    return connection.transaction_setting("factcheck.actor", key)
