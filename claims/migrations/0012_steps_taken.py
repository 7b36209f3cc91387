"""What the desk calls a step that was taken."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_login_tries"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="transition",
            options={
                "ordering": ["at", "id"],
                "verbose_name": "step taken",
                "verbose_name_plural": "steps taken",
            },
        ),
    ]
