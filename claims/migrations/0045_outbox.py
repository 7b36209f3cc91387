"""Subscriptions by webhook and mail, and the outbox of messages to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0044_number_former_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
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
                    "channel",
                    models.CharField(
                        choices=[("webhook", "Webhook"), ("mail", "Mail")],
                        max_length=7,
                        verbose_name="channel",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="https://…, or for mail the address of one mailbox.",
                        max_length=1000,
                        verbose_name="address",
                    ),
                ),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14),
                        size=None,
                        verbose_name="events",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Whose it is, for the desk.",
                        max_length=200,
                        verbose_name="note",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switched off, nothing is sent. What happened meanwhile is sent once it is switched on again.",
                        verbose_name="switched on",
                    ),
                ),
                ("secret", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "former_secret",
                    models.CharField(blank=True, editable=False, max_length=80),
                ),
                ("former_until", models.DateTimeField(editable=False, null=True)),
                ("last_change", models.BigIntegerField(editable=False)),
                ("paused_until", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["channel", "address"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "address"),
                        name="subscription_is_stored_once",
                        violation_error_message="There is a subscription of this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("events__len__gt", 0)),
                        name="subscription_has_events",
                        violation_error_message="Choose at least one event.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "webhook"), ("secret__startswith", "whsec_")
                            ),
                            models.Q(("channel", "mail"), ("secret", "")),
                            _connector="OR",
                        ),
                        name="subscription_webhook_has_a_secret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("webhook", "Webhook"), ("mail", "Mail")],
                        max_length=7,
                        verbose_name="channel",
                    ),
                ),
                ("recipient", models.EmailField(blank=True, max_length=320)),
                ("event", models.CharField(max_length=14, verbose_name="event")),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("payload", models.TextField()),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="queued"),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="due",
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                ),
                ("leased_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("dead_at", models.DateTimeField(null=True, verbose_name="given up")),
                (
                    "last_error",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="last error"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="claims.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("dead_at", None), ("sent_at", None)),
                        name="message_next_due",
                    ),
                    models.Index(
                        condition=models.Q(("sent_at__isnull", False)),
                        fields=["sent_at"],
                        name="message_sent",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("recipient", ""), ("subscription__isnull", False)
                            ),
                            models.Q(
                                ("channel", "mail"),
                                ("subscription", None),
                                models.Q(("recipient", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="message_has_one_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None), ("dead_at", None), _connector="OR"
                        ),
                        name="message_is_sent_or_dead",
                    ),
                ],
            },
        ),
    ]
