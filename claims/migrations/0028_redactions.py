"""Words taken off the site for good: who, why, and the digests before and after."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RULES = r"""
-- The digest that a row had before its words were redacted, however often.
CREATE FUNCTION claims_unredacted(of_table text, of_row bigint, digest text)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    redacted record;
BEGIN
    FOR redacted IN SELECT before, after FROM claims_redactedrow
            WHERE "table" = of_table AND row = of_row ORDER BY id DESC LOOP
        IF redacted.after = digest THEN
            digest := redacted.before;
        END IF;
    END LOOP;
    RETURN digest;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only_whole;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
"""
    for table in ("redaction", "redactedrow")
)

# A head is made of the change history as it was written.
FROM = "claims_change_digest(h)"
TO = "claims_unredacted(''change'', h.id, claims_change_digest(h))"


def in_head_guard(before, after):
    return f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_head_guard()'::regprocedure);
BEGIN
    EXECUTE replace(definition, '{before}', '{after}');
END $do$;
"""


UNDO = """
DROP FUNCTION claims_unredacted(text, bigint, text);
"""

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_redaction) THEN
        RAISE EXCEPTION 'Words were taken off the site for good, which the version '
            'before cannot tell: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0027_published_heads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Redaction",
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
                ("reason", models.TextField(help_text="Readers see it.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="claims.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="RedactedRow",
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
                ("table", models.CharField(max_length=63)),
                ("row", models.BigIntegerField()),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63), size=None
                    ),
                ),
                ("before", models.CharField(max_length=64)),
                ("after", models.CharField(max_length=64)),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="claims.redaction",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("by")), _negated=True),
                name="redaction_has_two_people",
                violation_error_message="Somebody else has to approve a redaction.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="redaction_has_a_reason",
                violation_error_message="Say why, for readers.",
            ),
        ),
        migrations.AddIndex(
            model_name="redactedrow",
            index=models.Index(fields=["table", "row"], name="redaction_of_row"),
        ),
        migrations.RunSQL(
            [RULES, in_head_guard(FROM, TO)], [in_head_guard(TO, FROM), UNDO]
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
