"""Published heads: the digest of each day gone by, made once the day is over."""

import logging
from datetime import UTC, date, datetime, timedelta

from django.db import DatabaseError, connection, transaction

from claims.models import Change, PublishedHead

log = logging.getLogger(__name__)

ONE_DAY = timedelta(days=1)


def publish_heads() -> list[date]:
    """Make the heads of the days gone by that have none yet, and return those days.

    The first one covers everything before it. As long as nothing was published before
    today there is none.
    """
    made = []
    with transaction.atomic():
        for day in days_due():
            PublishedHead(day=day, **FILLED_IN).save(force_insert=True)
            made.append(day)
    return made


# The database makes them.
FILLED_IN = {
    "last_change": 0,
    "publications": 0,
    "changes": 0,
    "made_at": datetime(1, 1, 1, tzinfo=UTC),
}


def days_due() -> list[date]:
    """Return the days gone by that have no head yet, in order."""
    yesterday = datetime.now(UTC).date() - ONE_DAY
    newest = PublishedHead.objects.order_by("-day").first()
    if newest is not None:
        first = newest.day + ONE_DAY
    elif Change.objects.filter(
        table="publishedverdict", operation="insert", at__date__lte=yesterday
    ).exists():
        first = yesterday
    else:
        return []
    return [first + n * ONE_DAY for n in range((yesterday - first).days + 1)]


def publish_heads_after_commit() -> None:
    """Make what heads are due, once the transaction under way has ended.

    In one of its own: it waits for every writer, and those may wait for this one.
    """
    transaction.on_commit(_publish_if_free)


def _publish_if_free() -> None:
    """Make the heads due; where desk work is in the way, the next step tries again."""
    try:
        if days_due():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
                publish_heads()
    except DatabaseError:
        log.warning("The heads of days gone by are due, and are made at the next step.")
