"""Who confirmed a wording that departs from its printed words, kept for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_wordingcheck
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_wordingcheck
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_wordingcheck ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_wordingcheck ENABLE ALWAYS TRIGGER append_only_whole;
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_wordingcheck
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_wordingcheck ENABLE ALWAYS TRIGGER somebody_acts;
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_wordingcheck
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_wordingcheck ENABLE ALWAYS TRIGGER log_change;
"""
# The way back would lose them.
REFUSAL = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_wordingcheck) THEN
        RAISE EXCEPTION 'Somebody confirmed a wording, which the version before '
            'cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0047_same_sentences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WordingCheck",
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
                    "occasion",
                    models.CharField(
                        choices=[
                            ("edited", "Edited"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                        ],
                        max_length=9,
                    ),
                ),
                ("wording", models.CharField(max_length=500)),
                ("quote", models.TextField()),
                ("digest", models.CharField(max_length=32)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wording_checks",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occasion__in", ["edited", "submitted", "approved"])
                        ),
                        name="wording_check_occasion_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(PROTECT, REFUSAL),
    ]
