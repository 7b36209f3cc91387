"""Requests to withdraw a claim or retract a verdict, for a second person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

RULES = r"""
-- A request is decided once; what was asked, by whom and why stays.
CREATE FUNCTION claims_removal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision constant text[] := ARRAY['outcome', 'decided_by_id', 'decided_at'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.outcome <> 'open'
            OR to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
        PERFORM claims_refuse('removal_is_decided_once',
            'a request to take something off the site is decided once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER removal_guard BEFORE UPDATE OR DELETE ON claims_removalrequest
    FOR EACH ROW EXECUTE FUNCTION claims_removal_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_removalrequest
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_removalrequest
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_removalrequest ENABLE ALWAYS TRIGGER log_change;

-- What was published leaves the site by two people, or by an override that shows.
CREATE FUNCTION claims_removal_is_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A claim that is listed again comes back as it was: with a retracted verdict, too.
    IF NEW.kind = 'retracted' AND 'withdrawn' = (
        SELECT kind FROM claims_publishedverdict
        WHERE claim_id = NEW.claim_id AND number = NEW.number - 1
    ) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM claims_removalrequest
        WHERE claim_id = NEW.claim_id AND outcome = 'approved'
          AND kind = CASE NEW.kind WHEN 'retracted' THEN 'retract' ELSE 'withdraw' END
          AND asked_by_id = NEW.author_id AND decided_by_id = NEW.approver_id
          AND decided_at = NEW.published_at
    ) THEN
        PERFORM claims_refuse('removal_is_asked',
            'nobody asked for this before: one person asks, another one decides');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER removal_is_asked BEFORE INSERT ON claims_publishedverdict FOR EACH ROW
    WHEN (NEW.kind IN ('retracted', 'withdrawn') AND NEW.override_reason = '')
    EXECUTE FUNCTION claims_removal_is_asked();
ALTER TABLE claims_publishedverdict ENABLE ALWAYS TRIGGER removal_is_asked;
"""

UNDO = """
DROP FUNCTION claims_removal_guard() CASCADE;
DROP FUNCTION claims_removal_is_asked() CASCADE;
"""


# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_removalrequest)
            OR EXISTS (SELECT FROM claims_transition WHERE char_length(step) > 12) THEN
        RAISE EXCEPTION 'Somebody asked to take something off the site, which the '
            'version before cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_approved_statements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RemovalRequest",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("withdraw", "Withdraw the claim"),
                            ("retract", "Retract the verdict"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(max_length=4000)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                        related_name="removal_requests",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "open")),
                        fields=("claim", "kind"),
                        name="removal_is_asked_once",
                        violation_error_message="Somebody has asked for this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="removal_has_a_reason",
                        violation_error_message="Say why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            ("decided_by__isnull", True),
                            ("outcome", "open"),
                        )
                        | models.Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            models.Q(("outcome", "open"), _negated=True),
                        ),
                        name="removal_is_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(RULES, UNDO),
        # A request and its refusal have long names.
        migrations.AlterField(
            model_name="transition",
            name="step",
            field=models.CharField(max_length=20),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
