"""Keep what the program proposed, and why, beside what the editor made of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_groups")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="proposed",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
