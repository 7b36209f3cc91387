"""Lists in the order of a column that has few values: one value after the other.

Each part is read from an index as far as the page goes, where the whole would be
sorted for each page.
"""

from itertools import groupby

from django.db.models import Q

from claims.desk.planning import UNDER_WAY
from claims.models import Rating
from claims.models.choices import VerdictStatus


def page_of_parts(rows, parts, rest, most, skipped=0):
    """Return one page of rows, those of each part in the order of the other columns."""
    keys, wanted = [], skipped + most
    for part in parts:
        if len(keys) >= wanted:
            break
        found = part.order_by(*rest).values_list("pk", flat=True)
        keys += found[: wanted - len(keys)]
    shown = keys[skipped:wanted]
    found = {row.pk: row for row in rows.filter(pk__in=shown).order_by()}
    return [found[key] for key in shown if key in found]


def verdicts_by_status(rows):
    """Return the verdicts of each status, in the order of their codes."""
    return [rows.filter(status=each) for each in sorted(VerdictStatus.values)]


def verdicts_by_rating_told(rows):
    """Return the verdicts of each rating, and behind them those without one.

    `rows` tell by `unseen` which of them the reader may still rate blind: these stand
    with those not rated, as a place of their own would tell how they are rated.
    """
    scale = Rating.objects.order_by("order").values_list("order", "pk")
    parts = [
        rows.filter(rating__in=[key for _order, key in same], unseen__isnull=True)
        for _order, same in groupby(scale, key=lambda pair: pair[0])
    ]
    # What is not under way is told to everybody: it is not looked at.
    untold = Q(rating__isnull=True) | Q(status__in=UNDER_WAY)
    hidden = Q(rating__isnull=True) | Q(unseen__isnull=False)
    return [*parts, rows.filter(untold).filter(hidden)]
