"""Reports are taken in as claims, tracked by their senders, and whose they are is apart.

The mail address moves to a table that no change history follows, so that deleting it
deletes it. Its column stays, empty, for the version before, which takes reports in
meanwhile, until `manage.py migrate --contract`.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOVE = """
INSERT INTO claims_reportercontact (report_id, address, wants_notice, created_at)
    SELECT id, contact, false, created_at FROM claims_readerreport WHERE contact <> '';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_readerreport DISABLE TRIGGER log_change;
UPDATE claims_readerreport SET contact = '' WHERE contact <> '';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_readerreport ENABLE ALWAYS TRIGGER log_change;
"""
# The history of reports says nothing of it: their own log is off meanwhile.
BACK = """
ALTER TABLE claims_readerreport DISABLE TRIGGER log_change;
UPDATE claims_readerreport r SET contact = c.address
    FROM claims_reportercontact c WHERE c.report_id = r.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_readerreport ENABLE ALWAYS TRIGGER log_change;
"""

# What the version before writes: without the columns that are new, and the address
# where it was. Before its row is there, so that no history sees it.
WRITTEN_BEFORE = r"""
ALTER TABLE claims_readerreport ALTER contact SET DEFAULT '',
    ALTER form_key SET DEFAULT '', ALTER tracking_hash SET DEFAULT '';
CREATE FUNCTION claims_former_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_reportercontact (report_id, address, wants_notice, created_at)
        VALUES (NEW.id, NEW.contact, false, now());
    NEW.contact := '';
    RETURN NEW;
END $$;
CREATE TRIGGER former_contact BEFORE INSERT ON claims_readerreport
    FOR EACH ROW WHEN (NEW.contact <> '') EXECUTE FUNCTION claims_former_contact();
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_former_contact()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
# They are gone where the version before was said not to come back.
IN_USE = """
ALTER TABLE claims_readerreport
    ADD COLUMN IF NOT EXISTS contact varchar(254) NOT NULL DEFAULT '';
ALTER TABLE claims_readerreport ALTER contact DROP DEFAULT;
DROP FUNCTION IF EXISTS claims_former_contact() CASCADE;
"""

# What the sender sees who has the token of the page: how far the desk is.
PHASE = r"""
CREATE FUNCTION claims_report_phase(hash text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT status FROM claims_readerreport WHERE tracking_hash = hash AND hash <> ''
$$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_report_phase(text)'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
NO_PHASE = "DROP FUNCTION claims_report_phase(text);"

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_readerreport
               WHERE status IN ('taken_up', 'known') OR led_to_id IS NOT NULL) THEN
        RAISE EXCEPTION 'Reports led to claims, which the version before cannot hold: '
            'restore the copy made before the upgrade.';
    END IF;
END $$;
"""


def permission(apps):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the group needs it now.
    kind, _ = ContentType.objects.get_or_create(
        app_label="claims", model="reportercontact"
    )
    return Permission.objects.get_or_create(
        content_type=kind,
        codename="view_reportercontact",
        defaults={"name": "Can view reporter contact"},
    )[0]


def give(apps, schema_editor):
    # A desk may have renamed the group.
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(permission(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.remove(permission(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0059_reply_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterContact",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="claims.readerreport",
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("wants_notice", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL(MOVE, BACK),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(migrations.RunSQL.noop, IN_USE)],
            [migrations.RemoveField(model_name="readerreport", name="contact")],
        ),
        migrations.AddField(
            model_name="readerreport",
            name="form_key",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="readerreport",
            name="led_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_from",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            model_name="readerreport",
            name="tracking_hash",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="readerreport",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("answered", "Answered"),
                    ("corrected", "Led to a correction"),
                    ("dismissed", "Dismissed"),
                    ("taken_up", "Taken up as a claim"),
                    ("known", "Known as a claim already"),
                ],
                default="open",
                max_length=9,
            ),
        ),
        migrations.RunSQL(WRITTEN_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("form_key", ""), _negated=True),
                fields=("form_key",),
                name="report_is_stored_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tracking_hash", ""), _negated=True),
                fields=("tracking_hash",),
                name="report_tracking_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("led_to", None),
                    ("status__in", ["taken_up", "known"]),
                    _connector="OR",
                ),
                name="report_leads_to_a_claim_when_taken_up",
            ),
        ),
        migrations.AddIndex(
            model_name="reportercontact",
            index=models.Index(fields=["created_at"], name="contact_oldest"),
        ),
        migrations.RunSQL(PHASE, NO_PHASE),
        migrations.RunPython(give, take),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
