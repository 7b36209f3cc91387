"""Comments on articles, claims and verdicts stand in threads, resolved or open.

Comments on verdicts become such: one thread for each verdict, resolved where its
verdict was decided.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = r"""
CREATE FUNCTION claims_thread_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving constant text[] := ARRAY['resolved_at', 'resolved_by_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.claim_id IS NOT NULL THEN
            NEW.article_id := (
                SELECT article_id FROM claims_claim WHERE id = NEW.claim_id);
        END IF;
    ELSIF to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving THEN
        PERFORM claims_refuse('thread_stays_in_its_place',
            'a thread is resolved or opened again, and nothing else of it changes');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER thread_guard BEFORE INSERT OR UPDATE ON claims_thread
    FOR EACH ROW EXECUTE FUNCTION claims_thread_guard();
CREATE TRIGGER append_only BEFORE DELETE ON claims_thread
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_thread
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_thread
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_thread
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();

CREATE FUNCTION claims_comment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.edits_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM claims_comment WHERE id = NEW.edits_id AND edits_id IS NULL
            AND thread_id = NEW.thread_id AND by_id = NEW.by_id
    ) THEN
        PERFORM claims_refuse('comment_is_edited_by_its_author',
            'only whoever wrote a comment gives it other words');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_guard BEFORE INSERT ON claims_comment
    FOR EACH ROW EXECUTE FUNCTION claims_comment_guard();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_mention
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_mention
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_mention
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
""" + "".join(
    f"ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER {trigger};\n"
    for table, triggers in {
        "thread": (
            *("thread_guard", "append_only", "append_only_whole"),
            *("log_change", "somebody_acts"),
        ),
        "comment": ("comment_guard",),
        "mention": ("append_only", "append_only_whole", "somebody_acts"),
    }.items()
    for trigger in triggers
)
# An empty draft that somebody commented on stays, now by its thread.
STAYS = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_verdict_stays()'::regprocedure);
    changed text := replace(definition, $q${old}$q$, $q${new}$q$);
BEGIN
    IF changed = definition THEN
        RAISE EXCEPTION 'Comments are looked up in another way.';
    END IF;
    EXECUTE changed;
END $do$;
"""
OF_A_VERDICT = "claims_verdictcomment WHERE verdict_id = OLD.id"
IN_A_THREAD = "claims_thread WHERE about = 'verdict' AND claim_id = OLD.claim_id"
# Nobody's table stands in front of what they look up.
PINNED = r"""
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION claims_thread_guard()'
                   ' SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION claims_comment_guard()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $$;
"""
NO_GUARDS = """
DROP FUNCTION claims_thread_guard() CASCADE;
DROP FUNCTION claims_comment_guard() CASCADE;
"""

FILL = r"""
INSERT INTO claims_thread (about, article_id, claim_id, resolved_at, resolved_by_id)
SELECT 'verdict', c.article_id, c.id, resolved.at, resolved.by_id
FROM claims_verdict v JOIN claims_claim c ON c.id = v.claim_id
CROSS JOIN LATERAL (
    SELECT at, by_id FROM claims_comment WHERE verdict_id = v.id
    ORDER BY at DESC, id DESC LIMIT 1
) newest
LEFT JOIN LATERAL (
    SELECT newest.at, newest.by_id WHERE v.status IN ('published', 'retracted')
) resolved ON true;
ALTER TABLE claims_comment DISABLE TRIGGER append_only;
UPDATE claims_comment own SET thread_id = t.id
    FROM claims_thread t JOIN claims_verdict v ON v.claim_id = t.claim_id
    WHERE v.id = own.verdict_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_comment ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_redactedrow DISABLE TRIGGER append_only;
UPDATE claims_redactedrow SET "table" = 'comment' WHERE "table" = 'verdictcomment';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE claims_redactedrow ENABLE ALWAYS TRIGGER append_only;
"""

FORMER_NAME = """
ALTER TABLE claims_verdictcomment
    RENAME CONSTRAINT claims_comment_verdict_id_61f53b37_fk_claims_verdict_id
    TO claims_verdictcomment_verdict_id_bcd210af_fk_claims_verdict_id;
"""

# The way back would lose what was said of articles and claims.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_comment) THEN
        RAISE EXCEPTION 'The desk has written comments, which the version before '
            'cannot keep: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


def rename_permissions(apps, former, new):
    """Give whoever may view or add the former kind of comments the same of the new."""
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="claims", model=new)
    for action in ("view", "add", "change", "delete"):
        permission, _ = Permission.objects.get_or_create(
            content_type=kind,
            codename=f"{action}_{new}",
            defaults={"name": f"Can {action} {new}"},
        )
        for old in Permission.objects.filter(
            content_type__app_label="claims", codename=f"{action}_{former}"
        ):
            permission.group_set.add(*old.group_set.all())
            permission.user_set.add(*old.user_set.all())
            old.delete()


def to_comments(apps, schema_editor):
    rename_permissions(apps, "verdictcomment", "comment")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="claims", model="thread")
    threads, _ = Permission.objects.get_or_create(
        content_type=kind,
        codename="view_thread",
        defaults={"name": "Can view thread"},
    )
    comments = Permission.objects.get(
        content_type__app_label="claims", codename="view_comment"
    )
    threads.group_set.add(*comments.group_set.all())
    threads.user_set.add(*comments.user_set.all())


def to_verdict_comments(apps, schema_editor):
    rename_permissions(apps, "comment", "verdictcomment")


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0053_desk_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # On the way back it is made under the new name of its table.
        migrations.RunSQL(migrations.RunSQL.noop, FORMER_NAME),
        migrations.CreateModel(
            name="Thread",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("claim", "Claim"),
                            ("verdict", "Verdict"),
                        ],
                        max_length=7,
                        verbose_name="about",
                    ),
                ),
                (
                    "resolved_at",
                    models.DateTimeField(null=True, verbose_name="resolved"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="claims.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "thread",
                "verbose_name_plural": "threads",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "article"), ("claim", None)),
                            models.Q(
                                ("about__in", ["claim", "verdict"]),
                                ("claim__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="thread_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="thread_is_resolved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RenameModel("VerdictComment", "Comment"),
        migrations.RemoveConstraint("Comment", "verdict_comment_says_something"),
        migrations.AddField(
            "Comment",
            "thread",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="claims.thread",
            ),
        ),
        migrations.AddField(
            "Comment",
            "edits",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edited_as",
                to="claims.comment",
            ),
        ),
        migrations.CreateModel(
            name="Mention",
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
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "user"), name="mention_is_stored_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            "Comment",
            "mentions",
            models.ManyToManyField(
                related_name="+", through="claims.Mention", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            "Comment",
            models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="comment_says_something",
                violation_error_message="Write a comment.",
            ),
        ),
        migrations.AddConstraint(
            "Comment",
            models.CheckConstraint(
                condition=models.Q(
                    ("edits", None),
                    models.Q(("edits", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="comment_edits_another",
            ),
        ),
        migrations.RunSQL([GUARDS, PINNED, FILL], NO_GUARDS),
        migrations.RunSQL(
            STAYS.format(old=OF_A_VERDICT, new=IN_A_THREAD),
            STAYS.format(old=IN_A_THREAD, new=OF_A_VERDICT),
        ),
        migrations.RemoveField("Comment", "verdict"),
        migrations.AlterField(
            "Comment",
            "thread",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="claims.thread",
            ),
        ),
        migrations.AlterModelOptions(
            "Comment",
            {
                "ordering": ["at", "id"],
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
            },
        ),
        migrations.RunPython(to_comments, to_verdict_comments),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
