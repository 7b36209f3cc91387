"""Tries to sign in, so that guessing passwords is slow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0010_claim_contributors"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoginTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("pair", models.CharField(max_length=64)),
                ("network", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "try to sign in",
                "verbose_name_plural": "tries to sign in",
                "indexes": [
                    models.Index(fields=["pair", "at"], name="login_try_of_pair"),
                    models.Index(fields=["network", "at"], name="login_try_of_network"),
                    models.Index(fields=["at"], name="login_try_newest"),
                ],
            },
        ),
    ]
