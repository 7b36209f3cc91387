"""Lists that a person keeps with their filters, and private addresses of calendars."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("savedfilter", "calendaraddress")
GUARD = "".join(
    f"""
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER somebody_acts;
"""
    for table in TABLES
)
NO_GUARD = "".join(f"DROP TRIGGER somebody_acts ON claims_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0051_work_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("model", models.CharField(editable=False, max_length=30)),
                ("query", models.CharField(editable=False, max_length=1000)),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="for everybody"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved filter",
                "verbose_name_plural": "saved filters",
                "ordering": ["name", "id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_shared", True)),
                        fields=["name"],
                        name="saved_filter_shared",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="saved_filter_has_a_name",
                        violation_error_message="Give the list a name.",
                    ),
                    models.UniqueConstraint(
                        fields=("owner", "name"),
                        name="saved_filter_is_stored_once",
                        violation_error_message="You have a list of this name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarAddress",
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
                    "digest",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                ("made_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
