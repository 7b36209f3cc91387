"""At which second of a recording the words of a transcript are spoken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0097_followers"),
    ]

    operations = [
        migrations.AddField(
            model_name="articletext",
            name="times",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()),
                default=list,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="publicwords",
            name="second",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
