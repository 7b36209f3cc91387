"""Why a verdict is rated unlike earlier ones on much the same claim: the desk's note."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0066_followed_repeats")]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="differs_reason",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Whoever approves reads it; readers do not.",
                max_length=1000,
                verbose_name="why it differs from earlier verdicts",
            ),
        ),
    ]
