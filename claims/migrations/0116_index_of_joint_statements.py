"""Joint statements with what the page of any of their speakers asks of them."""

from django.db import migrations, models
from django.db.models import F, Q

from factcheck.database.operations import AddIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0115_index_of_suggestions")]

    operations = [
        AddIndex(
            "publicclaim",
            models.Index(
                F("sort_date").desc(),
                F("id").desc(),
                condition=Q(state="listed") & Q(facets__contains=[50_000_001]),
                include=["speaker", "rating", "facets"],
                name="public_joint",
            ),
        ),
    ]
