"""An integrity check: a question whose answer is the rows that are wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

MOST = 100


@dataclass(frozen=True)
class Check:
    """A check: its name, what is wrong with the rows found, the query for them.

    Or a function that returns their ids, where no single query can.
    """

    name: str
    means: str
    query: str = ""
    find: Callable[[], list[int]] | None = None
    # Whether it asks the change history, which a made-up archive does not have.
    by_history: bool = False


def broken_rows(check: Check) -> list[int]:
    """Return the ids of the first hundred rows that fail a check."""
    if check.find is not None:
        return check.find()
    return keys_of(check.query)


def keys_of(query: str) -> list[int]:
    """Return the first hundred keys that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"{query.rstrip()} ORDER BY 1 LIMIT {MOST}", [])
        return [row[0] for row in cursor.fetchall()]
