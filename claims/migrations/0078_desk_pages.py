"""The pages in which a desk says who it is: as written, and as published.

A version holds what a page's working copy said in review, approved by somebody who
wrote no part of it since the version before, or with a reason that readers see.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

HTML = r"""
ALTER TABLE claims_pageversion ADD CONSTRAINT page_version_html_is_harmless CHECK (
    body_html !~*
        '<\s*(script|style|iframe|object|embed|svg|math|form|input|link|meta|base)'
    AND body_html !~* '(href|src)="(?!https?://|/)'
    -- Within quotation marks anything may stand.
    AND regexp_replace(body_html, '"[^"]*"', '', 'g')
        !~* '<[^>]*\s(on[a-z]+|style|srcdoc|formaction)\s*=');
"""

GUARD = r"""
CREATE FUNCTION claims_desk_page_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_written boolean := TG_OP = 'INSERT';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            PERFORM claims_refuse('desk_page_begins_as_a_draft', 'a page begins as a draft');
        END IF;
        NEW.writers := '{}';
    ELSE
        IF NEW.version <> OLD.version + 1 THEN
            PERFORM claims_refuse('desk_page_version_counts_up',
                'somebody changed this page first');
        END IF;
        IF (NEW.slug, NEW.language) IS DISTINCT FROM (OLD.slug, OLD.language) THEN
            PERFORM claims_refuse('desk_page_stays_what_it_is',
                'a page stays in its place and language');
        END IF;
        IF (OLD.status, NEW.status) IN (('draft', 'published'), ('published', 'in_review'))
        THEN
            PERFORM claims_refuse('desk_page_status_follows',
                'a page is submitted, then published');
        END IF;
        NEW.writers := CASE WHEN NEW.status = 'published' THEN '{}' ELSE OLD.writers END;
        is_written := (NEW.title, NEW.body, NEW.note)
            IS DISTINCT FROM (OLD.title, OLD.body, OLD.note)
            -- What was published begins anew without its note.
            AND NOT (NEW.status = 'published' AND NEW.note = ''
                     AND (NEW.title, NEW.body) = (OLD.title, OLD.body));
        IF is_written AND (OLD.status = 'in_review' OR NEW.status <> 'draft') THEN
            PERFORM claims_refuse('desk_page_is_locked_in_review',
                'this page is in review, or published as it is');
        END IF;
        IF NEW.status = 'published' AND OLD.status = 'in_review' AND NOT EXISTS (
            SELECT FROM (
                SELECT title, body, note FROM claims_pageversion
                WHERE page_id = NEW.id ORDER BY number DESC LIMIT 1
            ) newest
            WHERE (newest.title, newest.body, newest.note) = (OLD.title, OLD.body, OLD.note)
        ) THEN
            PERFORM claims_refuse('desk_page_status_follows', 'no version says this');
        END IF;
    END IF;
    IF is_written AND claims_acting() IS NOT NULL
            AND NOT claims_acting() = ANY (NEW.writers) THEN
        NEW.writers := NEW.writers || claims_acting();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER desk_page_guard BEFORE INSERT OR UPDATE ON claims_deskpage
    FOR EACH ROW EXECUTE FUNCTION claims_desk_page_guard();
ALTER TABLE claims_deskpage ENABLE ALWAYS TRIGGER desk_page_guard;
CREATE TRIGGER words_are_visible BEFORE INSERT OR UPDATE ON claims_deskpage
    FOR EACH ROW EXECUTE FUNCTION claims_words_are_visible();
CREATE TRIGGER never_goes BEFORE DELETE ON claims_deskpage
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_deskpage ENABLE ALWAYS TRIGGER never_goes;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON claims_deskpage
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_deskpage ENABLE ALWAYS TRIGGER no_truncate;
"""

VERSIONS = r"""
CREATE FUNCTION claims_page_digest(p claims_pageversion, before text) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest'])::text, 'UTF8')), 'hex');

CREATE FUNCTION claims_page_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    page claims_deskpage;
    before claims_pageversion;
BEGIN
    SELECT * INTO page FROM claims_deskpage WHERE id = NEW.page_id FOR UPDATE;
    SELECT * INTO before FROM claims_pageversion
        WHERE page_id = NEW.page_id ORDER BY number DESC LIMIT 1;
    IF page.status <> 'in_review'
            OR (page.slug, page.language, page.title, page.body, page.note)
               IS DISTINCT FROM
               (NEW.slug, NEW.language, NEW.title, NEW.body, NEW.note)
            OR NEW.number <> coalesce(before.number, 0) + 1
            OR NEW.approver_id IS DISTINCT FROM claims_acting()
            OR NOT NEW.author_id = ANY (page.writers) THEN
        PERFORM claims_refuse('page_version_is_what_was_approved',
            'the version differs from the page in review');
    END IF;
    IF NEW.approver_id = ANY (page.writers) AND NEW.override_reason = '' THEN
        PERFORM claims_refuse('page_version_has_four_eyes',
            'whoever wrote a part of a page does not publish it');
    END IF;
    NEW.digest := claims_page_digest(NEW, coalesce(before.digest, ''));
    RETURN NEW;
END $$;
CREATE TRIGGER page_version_guard BEFORE INSERT ON claims_pageversion
    FOR EACH ROW EXECUTE FUNCTION claims_page_version_guard();
ALTER TABLE claims_pageversion ENABLE ALWAYS TRIGGER page_version_guard;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_pageversion
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_pageversion ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_pageversion
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_pageversion ENABLE ALWAYS TRIGGER append_only_whole;
""" + "".join(
    f"""
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER somebody_acts;
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
"""
    for table in ("deskpage", "pageversion")
)

FUNCTIONS = ("claims_desk_page_guard()", "claims_page_version_guard()")
PIN = f"""
DO $do$
DECLARE
    function text;
BEGIN
    FOREACH function IN ARRAY ARRAY{list(FUNCTIONS)}
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp',
                       function, current_schema());
    END LOOP;
END $do$;
"""
UNDO = """
DROP FUNCTION claims_page_version_guard() CASCADE;
DROP FUNCTION claims_desk_page_guard() CASCADE;
DROP FUNCTION claims_page_digest(claims_pageversion, text);
"""
# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_deskpage) THEN
        RAISE EXCEPTION 'Pages about the desk are written, which the version before '
            'cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""

RIGHTS = {
    "Annotators": ("view",),
    "Reviewers": ("view", "add", "change"),
    "Editors": ("view", "add", "change", "publish"),
}


def extend_groups(apps, schema_editor):
    """Let all read the pages at the desk, reviewers write them, editors publish."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the groups need them now.
    kind, _ = ContentType.objects.get_or_create(app_label="claims", model="deskpage")
    for name, actions in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for action in actions:
            permission, _ = Permission.objects.get_or_create(
                content_type=kind,
                codename=f"{action}_deskpage",
                defaults={"name": f"Can {action} desk page"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0077_indexes_of_scripts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskPage",
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
                    "slug",
                    models.CharField(
                        choices=[
                            ("desk", "About this desk"),
                            ("people", "People"),
                            ("funding", "Funding"),
                            ("legal", "Legal form and contact"),
                            ("neutrality", "Neutrality"),
                            ("methodology", "Methodology"),
                            ("corrections", "Corrections policy"),
                            ("complaints", "Complaints"),
                            ("privacy", "Privacy"),
                            ("diversity", "Diversity"),
                        ],
                        max_length=12,
                        verbose_name="page",
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="From the second version on. Readers see it.",
                        max_length=500,
                        verbose_name="what changes, and why",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("returned", models.TextField(blank=True, editable=False)),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["slug", "language"],
                "permissions": [("publish_deskpage", "Can publish desk page")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "language"),
                        name="desk_page_is_written_once",
                        violation_error_message="This page is there already in this language: open it in the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="desk_page_has_a_title",
                        violation_error_message="Give the page a title.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageVersion",
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
                    "slug",
                    models.CharField(
                        choices=[
                            ("desk", "About this desk"),
                            ("people", "People"),
                            ("funding", "Funding"),
                            ("legal", "Legal form and contact"),
                            ("neutrality", "Neutrality"),
                            ("methodology", "Methodology"),
                            ("corrections", "Corrections policy"),
                            ("complaints", "Complaints"),
                            ("privacy", "Privacy"),
                            ("diversity", "Diversity"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("body_html", models.TextField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("author_name", models.CharField(max_length=500)),
                ("approver_name", models.CharField(max_length=150)),
                ("override_reason", models.TextField(blank=True)),
                (
                    "published_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("digest", models.CharField(default="", editable=False, max_length=64)),
                (
                    "approver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.deskpage",
                    ),
                ),
            ],
            options={
                "ordering": ["slug", "language", "-number"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["slug", "language", "-number"],
                        name="page_version_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "number"),
                        name="page_version_numbers_are_unique",
                        violation_error_message="Somebody has just published this page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approver", models.F("author")), _negated=True),
                            models.Q(("override_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="page_version_has_four_eyes",
                        violation_error_message="Somebody who wrote no part of a page has to publish it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="page_version_after_the_first_has_a_note",
                        violation_error_message="Say what changes: readers see it beside the new version.",
                    ),
                ],
            },
        ),
        migrations.RunSQL([HTML, GUARD, VERSIONS, PIN], UNDO),
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
