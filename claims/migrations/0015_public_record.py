"""Whole publications, roles and names by date, and the public record."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_verdict_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacetCount",
            fields=[
                ("facet", models.IntegerField(primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="claim",
            name="other_speakers",
            field=models.ManyToManyField(
                blank=True,
                help_text="Those who made the statement together with the speaker.",
                related_name="joint_claims",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="printed_role",
            field=models.CharField(
                blank=True,
                help_text="The speaker's office as the article prints it, if it differs.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="article_published_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="article_url",
            field=models.URLField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="attribution",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="checkability",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="cue",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="former_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="headline",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="marks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="outlet_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="speaker",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.speaker",
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="speaker_kind",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="speaker_role",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="speaker_words",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="speakers",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="stated_basis",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="stated_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="stated_precision",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="statement_basis",
            field=models.CharField(
                choices=[
                    ("recorded", "Recorded when it was published"),
                    ("reconstructed", "Filled in later from the desk's history"),
                ],
                default="recorded",
                max_length=13,
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="text",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.articletext",
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="via",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.outlet",
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="via_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first", "First published"),
                    ("rating_changed", "Rating changed"),
                    ("fact_corrected", "Fact corrected"),
                    ("attribution_corrected", "Attribution corrected"),
                    ("clarified", "Clarified"),
                    ("updated", "Updated"),
                    ("retracted", "Retracted"),
                    ("withdrawn", "Withdrawn"),
                    ("relisted", "Listed again"),
                ],
                max_length=21,
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="correction_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("first", "First published"),
                    ("rating_changed", "Rating changed"),
                    ("fact_corrected", "Fact corrected"),
                    ("attribution_corrected", "Attribution corrected"),
                    ("clarified", "Clarified"),
                    ("updated", "Updated"),
                    ("retracted", "Retracted"),
                    ("withdrawn", "Withdrawn"),
                    ("relisted", "Listed again"),
                ],
                default="",
                editable=False,
                max_length=21,
            ),
        ),
        migrations.CreateModel(
            name="ChangeCounter",
            fields=[
                (
                    "one",
                    models.BooleanField(
                        default=True, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", True)), name="change_counter_is_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("listed", "Claim listed"),
                            ("edited", "Claim edited"),
                            ("published", "Verdict published"),
                            ("corrected", "Verdict corrected"),
                            ("retracted", "Verdict retracted"),
                            ("withdrawn", "Claim withdrawn"),
                            ("relisted", "Claim listed again"),
                            ("text_corrected", "Article text corrected"),
                            ("renamed", "Speaker renamed"),
                            ("merged", "Speaker merged"),
                            ("redacted", "Words redacted"),
                        ],
                        max_length=14,
                    ),
                ),
                ("claim_id", models.BigIntegerField(null=True)),
                ("speaker_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["claim_id", "number"], name="change_of_claims")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicClaim",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("listed", "Listed"), ("withdrawn", "Withdrawn")],
                        max_length=9,
                    ),
                ),
                (
                    "rating",
                    models.IntegerField(
                        help_text="Key of the rating in force; 0: never reviewed; -1: retracted."
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=13)),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("direct", "Direct quotation"),
                            ("indirect", "Indirect speech"),
                            ("mixed", "Partly quoted"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "checkability",
                    models.CharField(
                        choices=[
                            ("checkable", "Checkable"),
                            ("opinion", "Opinion"),
                            ("prediction", "Prediction"),
                            ("promise", "Promise"),
                            ("reported_act", "Reported act"),
                            ("vague", "Too vague to check"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("stated_on", models.DateField(null=True)),
                (
                    "stated_precision",
                    models.CharField(
                        choices=[
                            ("day", "On this day"),
                            ("month", "In this month"),
                            ("year", "In this year"),
                            ("on_or_before", "On or before this day"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "stated_basis",
                    models.CharField(
                        choices=[
                            ("stated", "The article states the date"),
                            ("weekday", "From the weekday named in the article"),
                            ("article_date", "From the article's own date"),
                            ("editor", "Found out by an editor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sort_date", models.DateField()),
                ("listed_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("change_number", models.BigIntegerField(default=0)),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="public_claims",
                        to="claims.article",
                    ),
                ),
                (
                    "current",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.publishedverdict",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="repetitions",
                        to="claims.publicclaim",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="public_claims",
                        to="claims.speaker",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["-sort_date", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SpeakerName",
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
                ("name", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ["speaker", "-since", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SpeakerRole",
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
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="Office, as readers know it.",
                        max_length=200,
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True, help_text="Body, party or company.", max_length=200
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "until",
                    models.DateField(blank=True, null=True, verbose_name="until"),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "ordering": [
                    "speaker",
                    models.OrderBy(models.F("since"), descending=True, nulls_last=True),
                    "id",
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicWords",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_column="id",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="claims.publicclaim",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("listed", "Listed"), ("withdrawn", "Withdrawn")],
                        max_length=9,
                    ),
                ),
                ("sort_date", models.DateField()),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("wording", models.CharField(max_length=500)),
                ("quote", models.TextField()),
                ("cue", models.TextField(blank=True)),
                ("speaker_words", models.TextField(blank=True)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("speaker_role", models.CharField(blank=True, max_length=300)),
                ("speakers", models.JSONField(default=list)),
                ("marks", models.JSONField(default=list)),
                ("withdrawal_reason", models.TextField(blank=True)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "text",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.articletext",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(
                models.OrderBy(models.F("sort_date"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "listed")),
                include=("facets",),
                name="public_stated",
            ),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(
                models.F("speaker"),
                models.OrderBy(models.F("sort_date"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "listed")),
                include=("rating",),
                name="public_speaker",
            ),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state", "listed")),
                include=("facets",),
                name="public_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    ("state", "listed"), ("published_at__isnull", False)
                ),
                include=("facets",),
                name="public_published",
            ),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(fields=["article"], name="public_article"),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=models.Index(
                condition=models.Q(("repeats__isnull", False)),
                fields=["repeats"],
                name="public_repeats",
            ),
        ),
        migrations.AddIndex(
            model_name="publicclaim",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state", "listed")),
                fastupdate=False,
                fields=["facets"],
                name="public_facets",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("organisation", ""), _negated=True),
                    _connector="OR",
                ),
                name="speaker_role_says_something",
                violation_error_message="Give an office or an organisation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrole",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__isnull", True),
                    ("until__isnull", True),
                    ("until__gte", models.F("since")),
                    _connector="OR",
                ),
                name="speaker_role_ends_after_it_begins",
                violation_error_message="The last day lies before the first one.",
            ),
        ),
        migrations.AddIndex(
            model_name="publicwords",
            index=models.Index(
                models.OrderBy(models.F("sort_date"), descending=True),
                models.OrderBy(models.F("claim"), descending=True),
                condition=models.Q(("state", "listed")),
                name="public_words_stated",
            ),
        ),
        migrations.AddIndex(
            model_name="publicwords",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state", "listed")),
                fastupdate=False,
                fields=["vector", "facets"],
                name="public_words_found",
            ),
        ),
    ]
