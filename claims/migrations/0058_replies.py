"""Requests for reply and outcomes, and what a publication keeps of them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0064_ends_of_facets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedverdict",
            name="not_asked_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="outcomes",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="replies",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="not_asked_reason",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Only where nobody was asked for a reply; readers see it.",
                max_length=1000,
                verbose_name="why the speaker was not asked",
            ),
        ),
        migrations.CreateModel(
            name="Outcome",
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
                            ("speaker", "Corrected by the speaker"),
                            ("outlet", "Corrected by the outlet"),
                        ],
                        max_length=7,
                        verbose_name="who corrected it",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="on")),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="web address"
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what was corrected"
                    ),
                ),
                (
                    "client_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="claims.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["happened_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""),
                            ("url__regex", "^https?://[^\\s]+$"),
                            _connector="OR",
                        ),
                        name="outcome_url_is_web_address",
                        violation_error_message="The web address must start with http:// or https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outcome_can_be_looked_up",
                        violation_error_message="Give the address where it can be read, or say what was corrected.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyRequest",
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
                            ("reply", "Right of reply"),
                            ("expert", "Outside expert"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        help_text="Readers see the name.",
                        max_length=200,
                        verbose_name="who is asked",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Press office of the ministry, professor of hydrology …",
                        max_length=300,
                        verbose_name="office or field",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "e-mail"),
                            ("phone", "telephone"),
                            ("letter", "letter"),
                            ("in_person", "in person"),
                            ("form", "form on a website"),
                            ("social", "message on a social network"),
                        ],
                        max_length=9,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "question",
                    models.TextField(
                        help_text="As it was put. Readers see it beside the answer.",
                        max_length=4000,
                        verbose_name="question",
                    ),
                ),
                ("words", models.TextField(editable=False)),
                (
                    "asked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="asked on"
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        help_text="The last day that counts as in time.",
                        verbose_name="answer asked for by",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "client_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "link_hash",
                    models.CharField(blank=True, editable=False, max_length=64),
                ),
                ("link_until", models.DateTimeField(editable=False, null=True)),
                (
                    "answer",
                    models.TextField(blank=True, editable=False, max_length=20000),
                ),
                ("answered_on", models.DateField(editable=False, null=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("struck_reason", models.TextField(blank=True, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_requests",
                        to="claims.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("link_hash", ""), _negated=True),
                        fields=("link_hash",),
                        name="reply_link_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", ""), _negated=True),
                            models.Q(("question", ""), _negated=True),
                        ),
                        name="reply_asks_somebody_something",
                        violation_error_message="Say who was asked, and what.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("asked_on"))),
                        name="reply_is_awaited_after_asking",
                        violation_error_message="The day by which to answer lies before the day of asking.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_on__isnull", True),
                                ("entered_by__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_on__gte", models.F("asked_on")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reply_answer_has_a_day",
                        violation_error_message="An answer has a day, not before the day of asking.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("struck_by__isnull", True), ("struck_reason", "")
                            ),
                            models.Q(
                                ("answer", ""),
                                ("struck_by__isnull", False),
                                models.Q(("struck_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reply_struck_out_has_no_answer",
                        violation_error_message="Only a request without an answer is struck out, with a reason.",
                    ),
                ],
            },
        ),
    ]
