"""A kind of notice more: a source of a verdict no longer answers."""

from django.db import migrations, models

KINDS = [
    ("mention", "Somebody named you in a comment"),
    ("reply", "A comment in a thread or on a verdict of yours"),
    ("assigned", "Assigned to you"),
    ("submitted", "A verdict waits for approval"),
    ("returned", "A verdict of yours was returned"),
    ("published", "A verdict of yours was published"),
    ("taken_off", "Something of yours was retracted or withdrawn"),
    ("removal_asked", "A removal is asked for"),
    ("declined", "What you asked for was declined"),
    ("correction", "A correction is asked for"),
    ("report", "A report of a reader arrived"),
    ("answer", "An answer to a request arrived"),
    ("deadline", "A deadline is near"),
    ("dead_link", "A source of yours no longer answers"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0086_when_readers_see_another_page")]

    operations = [
        migrations.AlterField(
            "notice",
            "kind",
            models.CharField(choices=KINDS, max_length=14, verbose_name="what"),
        ),
        migrations.AlterField(
            "noticechoice", "kind", models.CharField(choices=KINDS, max_length=14)
        ),
    ]
