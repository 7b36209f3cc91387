"""Readers who follow a list by mail, and their messages in the outbox."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0095_addresses_without_login"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follower",
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
                ("address", models.EmailField(max_length=254)),
                ("query", models.CharField(blank=True, max_length=1000)),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Once a day, what came together"),
                        ],
                        max_length=7,
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
                ("sender", models.CharField(blank=True, editable=False, max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_change", models.BigIntegerField(default=0, editable=False)),
                ("digest_on", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "follower",
                "verbose_name_plural": "followers",
            },
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_has_one_address",
        ),
        migrations.AddField(
            model_name="message",
            name="changes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                db_default=models.Value(
                    [],
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", False)),
                fields=["last_change"],
                name="follower_behind",
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(
                fields=["sender", "asked_at"], name="follower_of_sender"
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(fields=["asked_at"], name="follower_asked"),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("address"),
                models.F("query"),
                name="follower_is_stored_once",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="follower",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="claims.follower",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("follower__isnull", True),
                        ("recipient", ""),
                        ("subscription__isnull", False),
                    ),
                    models.Q(
                        ("channel", "mail"),
                        ("subscription", None),
                        models.Q(
                            models.Q(("follower__isnull", False), ("recipient", "")),
                            models.Q(
                                ("follower__isnull", True),
                                models.Q(("recipient", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="message_has_one_address",
            ),
        ),
    ]
