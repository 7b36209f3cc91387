"""Comments on a verdict and second ratings given blind, kept for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only_whole;
"""
    for table in ("verdictcomment", "secondrating")
)

GUARD = r"""
CREATE FUNCTION claims_second_rating_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    copy record;
BEGIN
    SELECT v.status, v.rating_id, v.finding, v.author_id,
           coalesce(p.number, 0) + 1 AS round
        INTO copy FROM claims_verdict v JOIN claims_claim c ON c.id = v.claim_id
        LEFT JOIN claims_publishedverdict p ON p.id = c.current_id
        WHERE v.id = NEW.verdict_id FOR SHARE OF v;
    IF NOT FOUND THEN
        RETURN NEW;  -- the foreign key says so
    END IF;
    IF copy.status <> 'in_review' THEN
        PERFORM claims_refuse('second_rating_while_in_review',
            'the verdict is not in review');
    END IF;
    IF EXISTS (SELECT FROM claims_verdict_contributors
               WHERE verdict_id = NEW.verdict_id AND user_id = NEW.by_id) THEN
        PERFORM claims_refuse('second_rating_is_another_persons',
            'the second rater wrote a part of the verdict');
    END IF;
    NEW.round := copy.round;
    NEW.first_rating_id := copy.rating_id;
    NEW.first_finding := copy.finding;
    NEW.first_author_id := copy.author_id;
    RETURN NEW;
END $$;
CREATE TRIGGER second_rating_guard BEFORE INSERT ON claims_secondrating
    FOR EACH ROW EXECUTE FUNCTION claims_second_rating_guard();
"""

# One claim's history among millions of changed rows, and words that need an eye
# among millions that do not.
INDEXES = """
CREATE INDEX change_of_claim ON claims_change
    ((coalesce(after, before) ->> 'claim_id'))
    WHERE "table" IN ('span', 'claim_topics');
CREATE INDEX change_of_verdict ON claims_change
    ((coalesce(after, before) ->> 'verdict_id')) WHERE "table" = 'evidence';
CREATE INDEX span_needs_an_eye ON claims_span (claim_id)
    WHERE anchor IN ('review', 'lost');
"""

# What a name looks like: letters of other scripts as the Latin ones they resemble.
SKELETON = r"""
CREATE FUNCTION claim_skeleton(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(translate(
    claim_fold(words),
    'авсԁеёɡнһіїјкморԛѕтуѵԝхαβεηικμνορτυχζսօ01i|',
    'abcdeeghhlljkmopqstyvwxabehlkmvoptyxzuoolll'
), '[^[:alnum:]]', '', 'g');
CREATE INDEX speaker_skeleton ON claims_speaker (claim_skeleton(name));
CREATE INDEX speaker_alias_skeleton ON claims_speakeralias (claim_skeleton(name));
"""

UNDO = """
DROP INDEX change_of_claim, change_of_verdict, span_needs_an_eye;
DROP FUNCTION claims_second_rating_guard() CASCADE;
DROP INDEX speaker_skeleton, speaker_alias_skeleton;
DROP FUNCTION claim_skeleton(text);
"""

RIGHTS = {
    "Annotators": {"verdictcomment": ("view", "add"), "secondrating": ("view",)},
    "Reviewers": {"verdictcomment": ("view", "add"), "secondrating": ("view", "add")},
    "Editors": {"verdictcomment": ("view", "add"), "secondrating": ("view", "add")},
}


def extend_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the groups need them now.
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for model, actions in rights.items():
            kind, _ = ContentType.objects.get_or_create(app_label="claims", model=model)
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_annotation_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondRating",
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
                ("round", models.PositiveIntegerField()),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("confirmed", "They said it"),
                            ("distorted", "The wording distorts what was said"),
                            ("misattributed", "Somebody else said it"),
                            ("not_found", "No record that it was said"),
                            ("not_checked", "Not checked"),
                        ],
                        max_length=13,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=4000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "first_finding",
                    models.CharField(
                        choices=[
                            ("confirmed", "They said it"),
                            ("distorted", "The wording distorts what was said"),
                            ("misattributed", "Somebody else said it"),
                            ("not_found", "No record that it was said"),
                            ("not_checked", "Not checked"),
                        ],
                        editable=False,
                        max_length=13,
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
                (
                    "first_author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first_rating",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.rating",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.rating",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_ratings",
                        to="claims.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("verdict", "round", "by"),
                        name="second_rating_is_given_once",
                        violation_error_message="You have rated this verdict already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by", models.F("first_author")), _negated=True
                        ),
                        name="second_rating_is_another_persons",
                        violation_error_message="You wrote a part of this verdict; somebody else has to rate it a second time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerdictComment",
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
                ("text", models.TextField(max_length=4000)),
                ("about_version", models.PositiveIntegerField()),
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
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="verdict_comment_says_something",
                        violation_error_message="Write a comment.",
                    )
                ],
            },
        ),
        migrations.RunSQL([APPEND_ONLY, GUARD, INDEXES, SKELETON], UNDO),
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
    ]
