"""Who has a claim, by when and why; an empty draft of a verdict can be dropped."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_workitem
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_workitem ENABLE ALWAYS TRIGGER log_change;
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_workitem
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_workitem ENABLE ALWAYS TRIGGER somebody_acts;
"""
NO_GUARD = """
DROP TRIGGER log_change ON claims_workitem;
DROP TRIGGER somebody_acts ON claims_workitem;
"""

DROPS = r"""
-- Nothing that somebody wrote goes: only a draft that never held a word, by its author.
-- What is empty now and was not before is found in the history of its rows.
CREATE FUNCTION claims_verdict_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begun bigint := coalesce((
        SELECT min(id) FROM claims_change WHERE "table" = 'verdict' AND row = OLD.id), 0);
BEGIN
    IF OLD.status <> 'draft' OR OLD.author_id IS DISTINCT FROM claims_acting()
            OR OLD.rating_id IS NOT NULL OR OLD.finding <> 'not_checked'
            OR OLD.summary || OLD.explanation || OLD.how_verified <> ''
            OR OLD.as_of IS NOT NULL OR OLD.correction_kind <> ''
            OR EXISTS (SELECT FROM claims_claim
                       WHERE id = OLD.claim_id AND current_id IS NOT NULL)
            OR EXISTS (SELECT FROM claims_evidence WHERE verdict_id = OLD.id)
            OR EXISTS (SELECT FROM claims_verdictcomment WHERE verdict_id = OLD.id)
            OR EXISTS (SELECT FROM claims_secondrating WHERE verdict_id = OLD.id)
            OR EXISTS (SELECT FROM claims_verdictseen WHERE verdict_id = OLD.id)
            OR EXISTS (SELECT FROM claims_transition WHERE claim_id = OLD.claim_id
                       AND subject = 'verdict' AND step <> 'drop')
            OR EXISTS (
                SELECT FROM claims_change
                WHERE "table" = 'verdict' AND row = OLD.id AND after IS NOT NULL AND (
                    after ->> 'rating_id' IS NOT NULL
                    OR after ->> 'finding' <> 'not_checked'
                    OR concat(after ->> 'summary', after ->> 'explanation',
                              after ->> 'how_verified', after ->> 'as_of') <> ''))
            OR EXISTS (
                SELECT FROM claims_change
                WHERE id >= begun AND "table" = 'evidence'
                  AND (coalesce(after, before) ->> 'verdict_id')::bigint = OLD.id)
    THEN
        PERFORM claims_refuse('verdict_with_words_stays',
            'a verdict that holds or held anything is not deleted');
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER verdict_stays BEFORE DELETE ON claims_verdict
    FOR EACH ROW EXECUTE FUNCTION claims_verdict_stays();
ALTER TABLE claims_verdict ENABLE ALWAYS TRIGGER verdict_stays;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_verdict_stays() SET search_path = %I, pg_temp',
                   current_schema());
END $do$;
"""
NO_DROPS = "DROP FUNCTION claims_verdict_stays() CASCADE;"

RIGHTS = {"change_workitem": {"Reviewers", "Editors"}, "assign_workitem": {"Editors"}}
NAMES = {
    "change_workitem": "Can change work on a claim",
    "assign_workitem": "Can assign claims to others and order them",
}


def rights(apps):
    """Yield each group that has rights here with the permissions it has."""
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the groups need them now.
    kind, _ = ContentType.objects.get_or_create(app_label="claims", model="workitem")
    for codename, names in RIGHTS.items():
        permission, _ = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": NAMES[codename]}
        )
        for group in apps.get_model("auth", "Group").objects.filter(name__in=names):
            yield group, permission


def give(apps, schema_editor):
    for group, permission in rights(apps):
        group.permissions.add(permission)


def take(apps, schema_editor):
    for group, permission in rights(apps):
        group.permissions.remove(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0064_ends_of_facets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkItem",
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
                    "since",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="assigned since"
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="to be done by"
                    ),
                ),
                (
                    "reach",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        verbose_name="reach",
                    ),
                ),
                (
                    "reach_reason",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=200,
                        verbose_name="why so far",
                    ),
                ),
                (
                    "harm",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        verbose_name="harm",
                    ),
                ),
                (
                    "harm_reason",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=200,
                        verbose_name="why so harmful",
                    ),
                ),
                (
                    "place",
                    models.PositiveIntegerField(
                        null=True, verbose_name="place in the desk's order"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="claims.claim",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
            ],
            options={
                "verbose_name": "work on a claim",
                "verbose_name_plural": "work on claims",
                "permissions": [
                    ("assign_workitem", "Can assign claims to others and order them")
                ],
                "default_permissions": ("change",),
                "indexes": [
                    models.Index(fields=["due_on"], name="work_due"),
                    models.Index(fields=["place"], name="work_place"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("harm__lte", 3), ("reach__lte", 3)),
                        name="work_reach_and_harm_are_on_their_scale",
                        violation_error_message="Reach and harm run from 0 to 3.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reach", 0),
                            models.Q(("reach_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="work_reach_has_a_reason",
                        violation_error_message="Say what tells how far it reaches.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("harm", 0),
                            models.Q(("harm_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="work_harm_has_a_reason",
                        violation_error_message="Say what harm it does, and to whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True),
                            ("since__isnull", False),
                            _connector="OR",
                        ),
                        name="work_of_somebody_has_a_beginning",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.RunSQL(DROPS, NO_DROPS),
        migrations.RunPython(give, take),
    ]
