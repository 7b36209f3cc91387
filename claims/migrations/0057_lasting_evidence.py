"""Copies of evidence that the desk keeps, and whether its addresses still answer.

Readers are given a copy when a publication names it, which it does only where the row
of evidence says that they may see it.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RULES = r"""
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_evidencefile
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_evidencefile ENABLE ALWAYS TRIGGER log_change;
-- Cleaning up what nothing names is nobody's work.
CREATE TRIGGER somebody_acts BEFORE INSERT ON claims_evidencefile
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_evidencefile ENABLE ALWAYS TRIGGER somebody_acts;
CREATE TRIGGER never_changes BEFORE UPDATE ON claims_evidencefile
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_evidencefile ENABLE ALWAYS TRIGGER never_changes;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_evidencefile
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_evidencefile ENABLE ALWAYS TRIGGER no_truncate;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_publishedfile
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_publishedfile ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_publishedfile
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_publishedfile ENABLE ALWAYS TRIGGER append_only_whole;

CREATE FUNCTION claims_published_files_are_public() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- What is said again names what was named.
    IF NEW.kind NOT IN ('retracted', 'withdrawn', 'relisted') AND EXISTS (
        SELECT FROM jsonb_path_query(NEW.evidence, '$[*].file') named
        WHERE NEW.kind = 'archive' OR NOT EXISTS (
            SELECT FROM claims_evidence e
            JOIN claims_verdict v ON v.id = e.verdict_id
            JOIN claims_evidencefile f ON f.id = e.file_id
            WHERE v.claim_id = NEW.claim_id AND e.file_is_public
              AND f.sha256 = named ->> 'sha256')
    ) THEN
        PERFORM claims_refuse('publication_names_public_files',
            'the publication names a file that readers may not see');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published_files_are_public BEFORE INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_published_files_are_public();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER published_files_are_public;

CREATE FUNCTION claims_note_published_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO claims_publishedfile (claim_id, file_id)
        SELECT DISTINCT NEW.claim_id, f.id
        FROM jsonb_path_query(NEW.evidence, '$[*].file') named
        JOIN claims_evidencefile f ON f.sha256 = named ->> 'sha256'
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER note_published_files AFTER INSERT ON claims_publishedverdict
    FOR EACH ROW EXECUTE FUNCTION claims_note_published_files();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER note_published_files;

DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_published_files_are_public()'
                   ' SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION claims_note_published_files()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
NO_RULES = """
DROP FUNCTION claims_note_published_files() CASCADE;
DROP FUNCTION claims_published_files_are_public() CASCADE;
"""
# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_evidencefile) THEN
        RAISE EXCEPTION 'Copies of evidence are kept, which the version before cannot '
            'hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0056_rendered_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
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
                ("key", models.CharField(max_length=64, unique=True)),
                ("url", models.URLField(max_length=1000, verbose_name="web address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("alive", "answers"),
                            ("gone", "gone"),
                            ("unclear", "no clear answer"),
                        ],
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateField(null=True)),
                ("checked_on", models.DateField(verbose_name="checked on")),
            ],
            options={
                "ordering": ["checked_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublishedFile",
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
            ],
        ),
        migrations.AddField(
            model_name="evidence",
            name="file_is_public",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Otherwise it stays at the desk.",
                verbose_name="readers may see the copy",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="file_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                verbose_name="name of the copy",
            ),
        ),
        migrations.CreateModel(
            name="EvidenceFile",
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
                    "sha256",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="SHA-256"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "PNG"),
                            ("jpg", "JPEG"),
                            ("webp", "WebP"),
                        ],
                        max_length=4,
                        verbose_name="kind",
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="bytes",
                    ),
                ),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("path", models.CharField(max_length=200, unique=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="claims.evidencefile",
                verbose_name="kept copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file", None), ("file_is_public", False), ("file_name", "")
                    ),
                    models.Q(
                        ("file__isnull", False),
                        ("file_name__regex", "^[^\\s()<>\\[\\]][^()<>\\[\\]]*$"),
                    ),
                    _connector="OR",
                ),
                name="evidence_copy_has_a_name",
                violation_error_message="Choose a file, or none to show.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("file_name", ""), _negated=True),
                fields=("verdict", "file_name"),
                name="evidence_copy_names_are_unique",
                violation_error_message="Another copy of this verdict has the same name.",
            ),
        ),
        migrations.AddField(
            model_name="publishedfile",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            model_name="publishedfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published",
                to="claims.evidencefile",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="evidence_file_has_its_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("height", None), ("kind", "pdf"), ("width", None)),
                    models.Q(
                        models.Q(("kind", "pdf"), _negated=True),
                        ("height__gt", 0),
                        ("width__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="evidence_file_of_a_picture_has_a_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedfile",
            constraint=models.UniqueConstraint(
                fields=("file", "claim"), name="published_file_is_noted_once"
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
