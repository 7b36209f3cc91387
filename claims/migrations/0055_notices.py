"""Notices: what people of the desk are told, and how each of them wants to be told."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0054_threads_of_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "Somebody named you in a comment"),
                            ("reply", "A comment in a thread or on a verdict of yours"),
                            ("assigned", "Assigned to you"),
                            ("submitted", "A verdict waits for approval"),
                            ("returned", "A verdict of yours was returned"),
                            ("published", "A verdict of yours was published"),
                            (
                                "taken_off",
                                "Something of yours was retracted or withdrawn",
                            ),
                            ("removal_asked", "A removal is asked for"),
                            ("declined", "What you asked for was declined"),
                            ("correction", "A correction is asked for"),
                            ("report", "A report of a reader arrived"),
                            ("answer", "An answer to a request arrived"),
                            ("deadline", "A deadline is near"),
                        ],
                        max_length=14,
                        verbose_name="what",
                    ),
                ),
                ("model", models.CharField(max_length=40)),
                ("row", models.BigIntegerField()),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="when"
                    ),
                ),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
                ("key", models.CharField(blank=True, max_length=100)),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "In the digest of the day"),
                            ("never", "Never"),
                        ],
                        default="never",
                        max_length=7,
                    ),
                ),
                ("mail_key", models.CharField(blank=True, max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["user", "-id"], name="notice_of_somebody"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user"],
                        name="notice_unread",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("mail_key", ""), models.Q(("mail", "never"), _negated=True)
                        ),
                        fields=["user", "mail"],
                        name="notice_to_be_mailed",
                    ),
                    models.Index(
                        condition=models.Q(("mail_key", ""), _negated=True),
                        fields=["mail_key"],
                        name="notice_mailed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("user", "key"),
                        name="notice_is_told_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "Somebody named you in a comment"),
                            ("reply", "A comment in a thread or on a verdict of yours"),
                            ("assigned", "Assigned to you"),
                            ("submitted", "A verdict waits for approval"),
                            ("returned", "A verdict of yours was returned"),
                            ("published", "A verdict of yours was published"),
                            (
                                "taken_off",
                                "Something of yours was retracted or withdrawn",
                            ),
                            ("removal_asked", "A removal is asked for"),
                            ("declined", "What you asked for was declined"),
                            ("correction", "A correction is asked for"),
                            ("report", "A report of a reader arrived"),
                            ("answer", "An answer to a request arrived"),
                            ("deadline", "A deadline is near"),
                        ],
                        max_length=14,
                    ),
                ),
                ("in_product", models.BooleanField()),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "In the digest of the day"),
                            ("never", "Never"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kind"), name="notice_is_chosen_once"
                    )
                ],
            },
        ),
    ]
