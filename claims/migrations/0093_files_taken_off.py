"""A redaction may be of a kept copy: the file whose bytes are gone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0092_dead_link_notices")]

    operations = [
        migrations.AddField(
            "redaction",
            "file",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redactions",
                to="claims.evidencefile",
            ),
        ),
    ]
