"""What the desk calls four columns of a verdict."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0013_speaker_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="verdict",
            name="as_of",
            field=models.DateField(
                blank=True, null=True, verbose_name="facts known up to"
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="assigned_verdicts",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned to",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="how_verified",
            field=models.TextField(
                blank=True,
                help_text="Which steps led to the answer, so that others can.",
                verbose_name="how it was verified",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="recheck_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="check again on"
            ),
        ),
    ]
