"""The list of verdicts in the order of their ratings, one rating after the other.

Each is read from an index as far as the page goes: to weigh what somebody is told of
every verdict takes the whole archive.
"""

from itertools import groupby

from django.db.models import Q

from claims.desk.planning import UNDER_WAY
from claims.models import Rating

# By this a list is ordered by what its reader is told of a rating.
TOLD = "told"


def page_by_rating(rows, ordering, most, skipped=0):
    """Return one page of verdicts in an ordering that begins by the rating told.

    `rows` tell by `unseen` which of them the reader may still rate blind. Those stand
    with those not rated, as their own places would tell how they are rated.
    """
    first, *rest = ordering
    keys, wanted = [], skipped + most
    for part in _parts(rows, is_descending=first.startswith("-")):
        if len(keys) >= wanted:
            break
        found = part.order_by(*rest).values_list("pk", flat=True)
        keys += found[: wanted - len(keys)]
    shown = keys[skipped:wanted]
    found = {row.pk: row for row in rows.filter(pk__in=shown).order_by()}
    return [found[key] for key in shown if key in found]


def _parts(rows, *, is_descending):
    """Yield the rows of each rating, and where NULL sorts those without one."""
    scale = Rating.objects.order_by("order").values_list("order", "pk")
    parts = [
        rows.filter(rating__in=[key for _order, key in same], unseen__isnull=True)
        for _order, same in groupby(scale, key=lambda pair: pair[0])
    ]
    # What is not under way is told to everybody: the index leaves it out.
    untold = Q(rating__isnull=True) | Q(status__in=UNDER_WAY)
    parts.append(
        rows.filter(untold).filter(Q(rating__isnull=True) | Q(unseen__isnull=False))
    )
    yield from reversed(parts) if is_descending else parts
