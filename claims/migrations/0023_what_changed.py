"""What readers saw before a change and see since, beside the change itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_desk_writes_name_somebody")]

    operations = [
        migrations.AddField(
            model_name="publicchange",
            name="differences",
            field=models.JSONField(null=True),
        ),
    ]
