"""A date may be known from a check that was published elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0040_archive_rules"),
    ]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="stated_basis",
            field=models.CharField(
                choices=[
                    ("stated", "The article states the date"),
                    ("weekday", "From the weekday named in the article"),
                    ("article_date", "From the article's own date"),
                    ("editor", "Found out by an editor"),
                    ("review", "A check published elsewhere states it"),
                ],
                default="article_date",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="publicclaim",
            name="stated_basis",
            field=models.CharField(
                choices=[
                    ("stated", "The article states the date"),
                    ("weekday", "From the weekday named in the article"),
                    ("article_date", "From the article's own date"),
                    ("editor", "Found out by an editor"),
                    ("review", "A check published elsewhere states it"),
                ],
                max_length=12,
            ),
        ),
    ]
