"""Contradictions are few among all relations of claims: an index finds them."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("claims", "0068_why_it_differs")]

    operations = [
        migrations.AddIndex(
            model_name="claimrelation",
            index=models.Index(
                condition=Q(("kind", "contradicts"), ("state", "confirmed")),
                fields=["claim"],
                name="relation_contradicts",
            ),
        ),
    ]
