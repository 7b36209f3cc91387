"""The scale that a new desk starts with; a desk may change it in the admin."""

from django.db import migrations

# Label, value on the truth axis, bucket, sign, definition.
SCALE = [
    ("True", 5, "true", "✓", "The claim is accurate and nothing important is missing."),
    (
        "Mostly true",
        4,
        "mostly_true",
        "✓~",
        "The claim is accurate in what matters but needs a clarification or a detail.",
    ),
    (
        "Mixed",
        3,
        "mixed",
        "±",
        "The claim holds true and false parts of about the same weight.",
    ),
    (
        "Mostly false",
        2,
        "mostly_false",
        "✗~",
        "The claim has something true in it but leaves a wrong impression.",
    ),
    ("False", 1, "false", "✗", "The claim is not accurate."),
    (
        "Unproven",
        None,
        "unrated",
        "?",
        "What is publicly known is not enough to say whether the claim is accurate.",
    ),
    (
        "Not checkable",
        None,
        "unrated",
        "–",
        "Opinion, prediction or too vague: no evidence could settle it today.",
    ),
]


def add_scale(apps, schema_editor):
    Rating = apps.get_model("claims", "Rating")
    for order, (label, value, bucket, sign, definition) in enumerate(SCALE, start=1):
        Rating.objects.get_or_create(
            slug=label.lower().replace(" ", "-"),
            defaults={
                "label": label,
                "value": value,
                "bucket": bucket,
                "sign": sign,
                "definition": definition,
                "order": order,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_integrity")]

    operations = [migrations.RunPython(add_scale, migrations.RunPython.noop)]
