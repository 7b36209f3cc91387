"""Codes that a listed claim has: an index alone tells whether one does."""

from django.db import migrations, models
from django.db.models import Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0116_index_of_joint_statements")]

    operations = [
        AddIndex(
            "facetcount",
            models.Index(
                fields=["facet"], condition=Q(count__gt=0), name="facet_in_use"
            ),
        ),
    ]
