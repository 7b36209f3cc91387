"""Reading claims by COPY: many rows in flat memory, one snapshot, few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections, router, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg import ClientCursor

from claims.exceptions import Refused

# So many exports at a time; the next one is asked to come back.
SLOTS = 4
LOCK = 7_340_033
# A file is read row by row along its order, so that its first bytes are there at once
# and nothing is gathered or sorted first, however long it becomes.
SETTINGS = {
    "statement_timeout": "1h",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}
# What is sent at a time: enough rows that nothing is lost by sending.
PIECE = 64_000


class TooManyExports(Refused):
    """All slots for concurrent exports are taken; try again later."""

    status = 429


@contextmanager
def one_snapshot(claims: QuerySet) -> Iterator[None]:
    """Take one of the slots and read the same state of the database in this block.

    Raises TooManyExports.
    """
    reading = router.db_for_read(claims.model)
    connection: Any = connections[reading]
    with ExitStack() as block:
        # More rows than a page has, and no more of these at a time than there are
        # slots.
        setting = connection.transaction_setting
        for name, value in SETTINGS.items():
            block.enter_context(setting(name, value))
        if not connection.in_atomic_block:
            block.enter_context(setting("transaction_isolation", "repeatable read"))
        block.enter_context(transaction.atomic(using=reading))
        with connection.cursor() as cursor:
            _wait_for_slot(cursor)
        yield


def copy_rows(sql: str, claims: QuerySet, site: str) -> Iterator[bytes]:
    """Yield each row of a COPY statement over the claims chosen, as bytes."""
    # Chosen in the order of the file, and not again: the first row is not the last
    # one that is found.
    chosen, values = claims.order_by("id").values("id").query.sql_with_params()
    connection: Any = connections[router.db_for_read(claims.model)]
    client = ClientCursor(connection.connection)
    licence = settings.FACTCHECK["DATA_LICENCE_URL"]
    statement = (
        sql.replace("{site}", client.mogrify("%s", [site]))
        .replace("{licence}", client.mogrify("%s", [licence]))
        .replace("{claims}", f"{client.mogrify(chosen, values)} OFFSET 0")
    )
    with client.copy(statement) as copy:
        while row := copy.read():
            yield bytes(row)


def in_pieces(rows: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the rows joined to pieces that are worth sending."""
    waiting, size = [], 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size > PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _wait_for_slot(cursor):
    for slot in range(SLOTS):
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, slot])
        if cursor.fetchone()[0]:
            return
    raise TooManyExports(
        _("Several downloads are being made just now. Try again in a moment.")
    )
