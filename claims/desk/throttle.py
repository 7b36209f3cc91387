"""Rate limiting per hour, counted in the database for all processes (429)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.exceptions import Refused

WINDOW = timedelta(hours=1)


class TooMany(Refused):
    """The limit is reached; `retry_after` is the number of seconds to wait."""

    status = 429

    def __init__(self, message, retry_after: int = int(WINDOW.total_seconds())):
        self.retry_after = retry_after
        super().__init__(message)


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Take a transaction lock, so that counting and storing rows do not race."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            lock = "SELECT pg_advisory_xact_lock(hashtext(%s))"
            cursor.execute(lock, [f"claims.{what}"])
        yield


def free_at(rows: QuerySet, most: int, *, by: str) -> datetime | None:
    """Return when the next row is allowed, None if it is now.

    `by` is the field with the time of a row. Of 0 at most there is no limit.
    """
    if most <= 0:
        return None
    since = timezone.now() - WINDOW
    recent = rows.filter(**{f"{by}__gt": since}).order_by(f"-{by}", "-pk")
    # The one that has to grow old before there are fewer than the most.
    hindering = recent.values_list(by, flat=True)[most - 1 : most].first()
    return hindering and hindering + WINDOW


def keyed_hash(what: str, words: str) -> str:
    """Return a keyed hash of a name or address, to count it without storing it."""
    return salted_hmac(f"claims.{what}", words, algorithm="sha256").hexdigest()
