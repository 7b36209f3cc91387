"""Columns for checks that were published elsewhere: by whom, where, from which day on.

Nobody here wrote or approved one, and its rating may be none of the desk's scale.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0038_days_in_list_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="publishedverdict",
            name="publication_after_the_first_has_a_note",
        ),
        migrations.RemoveConstraint(
            model_name="publishedverdict",
            name="publication_kind_fits_its_number",
        ),
        migrations.RemoveConstraint(
            model_name="publishedverdict",
            name="publication_is_complete",
        ),
        migrations.RemoveIndex(
            model_name="publishedverdict",
            name="publication_corrections",
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="published_precision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "On this day"),
                    ("month", "In this month"),
                    ("year", "In this year"),
                    ("on_or_before", "On or before this day"),
                    ("unknown", "Unknown"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="publisher",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="review_key",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=1000
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="review_title",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="review_url",
            field=models.URLField(
                blank=True, db_default="", default="", max_length=1000
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="source_digest",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="publishedverdict",
            name="source_kind",
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
                    ("archive", "Published elsewhere"),
                ],
                db_default="",
                default="",
                max_length=21,
            ),
        ),
        migrations.AlterField(
            model_name="publicclaim",
            name="rating",
            field=models.IntegerField(
                help_text="Key of the rating in force; 0: never reviewed; -1: retracted; -2: rated elsewhere, off the desk's scale."
            ),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="approver",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="approver_name",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="author_name",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="how_verified",
            field=models.TextField(blank=True),
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
                    ("archive", "Published elsewhere"),
                ],
                max_length=21,
            ),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="rating",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.rating",
            ),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="rating_label",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="rating_slug",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="publishedverdict",
            name="summary",
            field=models.CharField(blank=True, max_length=300),
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
                    ("archive", "Published elsewhere"),
                ],
                default="",
                editable=False,
                max_length=21,
            ),
        ),
        migrations.AddIndex(
            model_name="publishedverdict",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("kind__in", ("first", "archive")), _negated=True),
                name="publication_corrections",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedverdict",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("review_key", ""), _negated=True),
                fields=["review_key"],
                name="publication_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("first", "archive")),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="publication_after_the_first_has_a_note",
                violation_error_message="Say what was corrected and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gt", 1),
                    models.Q(("kind__in", ("first", "archive")), ("number", 1)),
                    _connector="OR",
                ),
                name="publication_kind_fits_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publisher", ""), _negated=True),
                    models.Q(
                        models.Q(("summary", ""), _negated=True),
                        models.Q(("how_verified", ""), _negated=True),
                        ("rating__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="publication_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approver__isnull", False),
                        ("author__isnull", False),
                        ("publisher", ""),
                        ("review_key", ""),
                        ("review_url", ""),
                        models.Q(("kind", "archive"), _negated=True),
                    ),
                    models.Q(
                        models.Q(("publisher", ""), _negated=True),
                        models.Q(("review_key", ""), _negated=True),
                        ("review_url__regex", "^https?://[^\\s]+$"),
                        models.Q(
                            models.Q(
                                ("approver__isnull", True),
                                ("approver_name", ""),
                                ("author__isnull", True),
                                ("finding", "not_checked"),
                                ("how_verified", ""),
                                ("kind", "archive"),
                                ("override_reason", ""),
                                ("rating_definition", ""),
                            ),
                            models.Q(
                                ("approver__isnull", False),
                                ("kind__in", ["withdrawn", "relisted"]),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="publication_is_of_the_desk_or_of_another",
                violation_error_message="What was published elsewhere names its publisher and address, and nobody of this desk as its author.",
            ),
        ),
    ]
