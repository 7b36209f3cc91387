"""Pictures of speakers, with alternative text, author, licence and source."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

RULES = r"""
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_speakerpicture
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_speakerpicture ENABLE ALWAYS TRIGGER log_change;
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_speakerpicture
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_speakerpicture ENABLE ALWAYS TRIGGER somebody_acts;
CREATE TRIGGER words_are_visible BEFORE INSERT OR UPDATE ON claims_speakerpicture
    FOR EACH ROW EXECUTE FUNCTION claims_words_are_visible();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_speakerpicture
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_speakerpicture ENABLE ALWAYS TRIGGER no_truncate;
CREATE CONSTRAINT TRIGGER note_page
    AFTER INSERT OR UPDATE OR DELETE ON claims_speakerpicture
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION claims_note_page('speaker');
"""
ACTIONS = ("view", "add", "change", "delete")


def extend_groups(apps, schema_editor):
    """Let Editors write pictures of speakers: a face stands beside what was rated."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(
        app_label="claims", model="speakerpicture"
    )
    # Django makes permissions after all migrations; the groups need them now.
    for action in ACTIONS:
        permission, _ = Permission.objects.get_or_create(
            content_type=kind,
            codename=f"{action}_speakerpicture",
            defaults={"name": f"Can {action} picture of a speaker"},
        )
        group, _ = Group.objects.get_or_create(name="Editors")
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0105_words_behind_prefixes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeakerPicture",
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
                        db_index=True,
                        editable=False,
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=200)),
                (
                    "alternative_text",
                    models.CharField(
                        help_text="What is seen, for those who do not see it.",
                        max_length=200,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        help_text="As it is to be named.",
                        max_length=200,
                        verbose_name="photographer or author",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        help_text="Its name, as CC BY-SA 4.0.",
                        max_length=100,
                        verbose_name="licence",
                    ),
                ),
                (
                    "licence_url",
                    models.URLField(
                        max_length=500,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[^/]*//[^/?#\\\\]*@",
                                "Leave login and password out of the address.",
                                "login",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="address of the licence",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(
                        help_text="Where the picture was found.",
                        max_length=1000,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[^/]*//[^/?#\\\\]*@",
                                "Leave login and password out of the address.",
                                "login",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="address of the source",
                    ),
                ),
                (
                    "speaker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picture",
                        to="claims.speaker",
                        verbose_name="speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of a speaker",
                "verbose_name_plural": "pictures of speakers",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__regex", "^[0-9a-f]{64}$"),
                            models.Q(("path", ""), _negated=True),
                        ),
                        name="speaker_picture_has_its_files",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alternative_text", ""), _negated=True),
                            models.Q(("author", ""), _negated=True),
                            models.Q(("licence", ""), _negated=True),
                            ("licence_url__regex", "^https?://[^\\s]+$"),
                            ("source_url__regex", "^https?://[^\\s]+$"),
                        ),
                        name="speaker_picture_has_its_credit",
                        violation_error_message="A picture needs an alternative text, its author, its licence with the address, and where it was found.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
    ]
