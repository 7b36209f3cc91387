"""Texts of a verdict as they were rendered: kept with the version, under its digest."""

from django.db import migrations, models

RENDERED = ("explanation_html", "how_verified_html", "note_html")

# A publication without them keeps the digest that it had before the columns were there.
UNRENDERED = r"""
CREATE FUNCTION claims_unrendered(p claims_publishedverdict) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN array_remove(ARRAY[
    CASE WHEN p.explanation_html = '' THEN 'explanation_html' END,
    CASE WHEN p.how_verified_html = '' THEN 'how_verified_html' END,
    CASE WHEN p.note_html = '' THEN 'note_html' END], NULL);
"""
# The digest of before the statements were filled in knows none.
COLUMNS = ", ".join(f"'{column}'::text" for column in RENDERED)
CHANGES = [
    (
        "claims_publication_digest(claims_publishedverdict, text)",
        "to_jsonb(p)",
        "(to_jsonb(p) - claims_unrendered(p))",
    ),
    (
        "claims_former_publication_digest(claims_publishedverdict, text)",
        "to_jsonb(p)",
        f"(to_jsonb(p) - ARRAY[{COLUMNS}])",
    ),
    (
        "claims_publication_is_said_again()",
        "'kind', 'note',",
        "'kind', 'note', 'note_html',",
    ),
]
# Shown to readers as it is: nothing in it runs, and links lead to the web alone.
HTML = "explanation_html || how_verified_html || note_html"
HARMLESS = rf"""
ALTER TABLE claims_publishedverdict ADD CONSTRAINT publication_html_is_harmless CHECK (
    {HTML} !~* '<\s*(script|style|iframe|object|embed|svg|math|form|input|link|meta|base)'
    AND {HTML} !~* '(href|src)="(?!https?://|/)'
    -- Within quotation marks anything may stand.
    AND regexp_replace({HTML}, '"[^"]*"', '', 'g')
        !~* '<[^>]*\s(on[a-z]+|style|srcdoc|formaction)\s*=')
"""


def changed(*, back):
    """Return the SQL that puts one part of each function in the place of another."""
    statements = []
    for name, before, after in reversed(CHANGES) if back else CHANGES:
        old, new = (after, before) if back else (before, after)
        statements.append(f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('{name}'::regprocedure);
BEGIN
    IF strpos(definition, $q${old}$q$) = 0 THEN
        RAISE EXCEPTION 'The part to change is missing in {name}.';
    END IF;
    EXECUTE replace(definition, $q${old}$q$, $q${new}$q$);
END $do$;
""")
    return "".join(statements)


# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedverdict
               WHERE explanation_html || how_verified_html || note_html <> '') THEN
        RAISE EXCEPTION 'There are publications in CommonMark, which the version before '
            'cannot hold: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0064_ends_of_facets")]

    operations = [
        *(
            migrations.AddField(
                model_name="publishedverdict",
                name=column,
                field=models.TextField(blank=True, default="", db_default=""),
            )
            for column in RENDERED
        ),
        migrations.RunSQL(
            [UNRENDERED, changed(back=False), HARMLESS],
            [
                "ALTER TABLE claims_publishedverdict"
                " DROP CONSTRAINT publication_html_is_harmless",
                changed(back=True),
                "DROP FUNCTION claims_unrendered(claims_publishedverdict)",
            ],
        ),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
