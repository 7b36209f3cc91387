"""A speaker's one undated title becomes a role with open dates.

The column stays for the version before, which serves readers meanwhile, until
`manage.py migrate --contract`.
"""

from django.db import migrations, models

# What stood in the titles is kept as it is: the rule on new words does not look at it.
TITLES_TO_ROLES = """
ALTER TABLE claims_speakerrole DISABLE TRIGGER words_are_visible;
INSERT INTO claims_speakerrole (speaker_id, title, organisation)
    SELECT id, title, '' FROM claims_speaker WHERE title <> '' ORDER BY id;
ALTER TABLE claims_speakerrole ENABLE TRIGGER words_are_visible;
"""
# Of several roles with open dates the newest one counts, as in claims_role_on().
ROLES_TO_TITLES = """
ALTER TABLE claims_speaker DISABLE TRIGGER words_are_visible;
WITH moved AS (
    DELETE FROM claims_speakerrole role
    WHERE since IS NULL AND until IS NULL AND organisation = '' AND NOT EXISTS (
        SELECT FROM claims_speakerrole newer
        WHERE newer.speaker_id = role.speaker_id AND newer.since IS NULL
          AND newer.until IS NULL AND newer.id > role.id)
    RETURNING speaker_id, title
)
UPDATE claims_speaker SET title = moved.title FROM moved WHERE id = speaker_id;
ALTER TABLE claims_speaker ENABLE TRIGGER words_are_visible;
"""


def note_contributor(*columns):
    """Return the trigger that makes who changes one of these a contributor."""
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"""
DROP TRIGGER note_speaker_contributor ON claims_speaker;
CREATE TRIGGER note_speaker_contributor
    AFTER UPDATE OF {", ".join(columns)} ON claims_speaker
    FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION claims_note_speaker_contributor();
"""


WITHOUT_TITLE = note_contributor("name", "kind", "slug", "merged_into_id")
WITH_TITLE = note_contributor("name", "kind", "title", "slug", "merged_into_id")
KEEP_TITLE = "ALTER TABLE claims_speaker ALTER title SET DEFAULT ''"
# It is gone where the version before was said not to come back.
TITLE_IN_USE = """
ALTER TABLE claims_speaker ADD COLUMN IF NOT EXISTS title varchar(200) NOT NULL DEFAULT '';
ALTER TABLE claims_speaker ALTER title DROP DEFAULT;
"""
# While a check waits for the end of the transaction its table cannot be altered.
CHECK_AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE;"

RIGHTS = {"speakerrole": ("view", "add", "change", "delete")}


def extend_groups(apps, schema_editor):
    """Let all three groups write the roles of speakers, as they do their aliases."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the groups need them now.
    for name in ("Annotators", "Reviewers", "Editors"):
        group, _ = Group.objects.get_or_create(name=name)
        for model, actions in RIGHTS.items():
            kind, _ = ContentType.objects.get_or_create(app_label="claims", model=model)
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("claims", "0030_blind_means_blind")]

    operations = [
        migrations.RunSQL(
            [CHECK_AT_ONCE, TITLES_TO_ROLES, WITHOUT_TITLE],
            [CHECK_AT_ONCE, WITH_TITLE, ROLES_TO_TITLES],
        ),
        migrations.AlterField(
            model_name="speakerrole",
            name="since",
            field=models.DateField(blank=True, null=True, verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="speakerrole",
            name="until",
            field=models.DateField(blank=True, null=True, verbose_name="last day"),
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(KEEP_TITLE, TITLE_IN_USE)],
            [migrations.RemoveField(model_name="speaker", name="title")],
        ),
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
    ]
