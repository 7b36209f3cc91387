"""Verdicts are searched by the language in which they are written.

Those published so far are in the desk's language, as far as anybody knows. The language
tells how words are found: it is no part of what a publication says, nor of its digest.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models, transaction
from django.db.models import Func

DIGESTS = r"""
DO $do$
DECLARE
    function text;
    definition text;
    changed text;
BEGIN
    FOREACH function IN ARRAY ARRAY[
        'claims_publication_digest(claims_publishedverdict, text)',
        'claims_former_publication_digest(claims_publishedverdict, text)']
    LOOP
        definition := pg_get_functiondef(function::regprocedure);
        changed := replace(definition, $q${before}$q$, $q${after}$q$);
        IF changed = definition THEN
            RAISE EXCEPTION 'The digest is made in another way in %.', function;
        END IF;
        EXECUTE changed;
    END LOOP;
END $do$;
"""
SEARCH, BESIDE = "'search'::text", "'search'::text, 'language'::text"
WITHOUT = DIGESTS.format(before=SEARCH, after=BESIDE)
WITH = DIGESTS.format(before=BESIDE, after=SEARCH)

ASKED = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef(
        'claims_public_verdicts(tsquery, integer)'::regprocedure);
BEGIN
    IF position({before} IN definition) = 0 THEN
        RAISE EXCEPTION 'claims_public_verdicts() asks in another way';
    END IF;
    EXECUTE replace(definition, {before}, {after});
END $do$;
"""
OF_A_LANGUAGE = {
    "before": "'WHERE search @@ $1'",
    "after": "'WHERE claim_vector(language, summary, explanation) @@ $1'",
}
NOT_OF_A_LANGUAGE = {
    "before": OF_A_LANGUAGE["after"],
    "after": OF_A_LANGUAGE["before"],
}
VECTOR = """
CREATE FUNCTION claim_vector(language text, summary text, explanation text)
RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN claim_vector(language, summary || ' ' || explanation);
"""
NO_VECTOR = "DROP FUNCTION claim_vector(text, text, text)"
COLUMN = """
ALTER TABLE claims_publishedverdict
    ADD COLUMN language varchar(12) NOT NULL DEFAULT '{language}';
ALTER TABLE claims_publishedverdict ALTER COLUMN language SET DEFAULT '';
"""
NO_COLUMN = "ALTER TABLE claims_publishedverdict DROP COLUMN language"


def add_language(apps, schema_editor):
    """Give all rows the desk's language by a default: none of them is rewritten."""
    with (
        transaction.atomic(using=schema_editor.connection.alias),
        schema_editor.connection.cursor() as cursor,
    ):
        cursor.execute(WITHOUT)
        cursor.execute(COLUMN.format(language=settings.LANGUAGE_CODE))


def remove_language(apps, schema_editor):
    with (
        transaction.atomic(using=schema_editor.connection.alias),
        schema_editor.connection.cursor() as cursor,
    ):
        cursor.execute(NO_COLUMN)
        cursor.execute(WITH)


class AddIndex(AddIndexConcurrently):
    """Adds an index beside everybody's work; within a transaction, as any index is."""

    def database_forwards(self, app_label, schema_editor, *states):
        self._kind(schema_editor).database_forwards(
            self, app_label, schema_editor, *states
        )

    def database_backwards(self, app_label, schema_editor, *states):
        self._kind(schema_editor).database_backwards(
            self, app_label, schema_editor, *states
        )

    def _kind(self, schema_editor):
        is_within = schema_editor.connection.in_atomic_block
        return migrations.AddIndex if is_within else AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0098_time_marks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add_language, remove_language)],
            [
                migrations.AddField(
                    "publishedverdict",
                    "language",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=12,
                    ),
                )
            ],
        ),
        migrations.RunSQL(VECTOR, NO_VECTOR),
        AddIndex(
            "publishedverdict",
            GinIndex(
                Func("language", "summary", "explanation", function="claim_vector"),
                name="publication_words",
            ),
        ),
        migrations.RunSQL(
            ASKED.format(**OF_A_LANGUAGE), ASKED.format(**NOT_OF_A_LANGUAGE)
        ),
    ]
