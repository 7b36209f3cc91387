"""Days beside the codes in the indexes of the lists' orders.

A list by one kind of day, chosen by another, is answered inside one index. Readers
go on using the old one until the new one stands; who writes waits for each index, two
seconds at a million claims.
"""

from django.db import migrations, models
from django.db.models import F, Q

LISTED = Q(state="listed")
INDEXES = {
    "public_stated": ("sort_date", ["facets", "published_at"], LISTED),
    "public_listed": ("listed_at", ["facets", "sort_date", "published_at"], LISTED),
    "public_published": (
        "published_at",
        ["facets", "sort_date"],
        LISTED & Q(published_at__isnull=False),
    ),
}


def replaced(name, column, include, condition):
    index = models.Index(
        F(column).desc(),
        F("id").desc(),
        condition=condition,
        include=include,
        name=name,
    )
    return [
        migrations.RenameIndex("publicclaim", old_name=name, new_name=f"{name}_before"),
        migrations.AddIndex("publicclaim", index),
        migrations.RemoveIndex("publicclaim", f"{name}_before"),
    ]


class Migration(migrations.Migration):
    # Each index is built in a transaction of its own, which holds no other's lock.
    atomic = False

    dependencies = [("claims", "0037_record_in_every_column")]

    operations = [
        operation
        for name, kept in INDEXES.items()
        for operation in replaced(name, *kept)
    ]
