"""Indexes for searching in every script: headlines, names, the desk's claims and texts.

Each is built while everybody goes on reading and writing, and only then asked. That of
the texts takes an hour where there are two hundred thousand.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Func, Value

from factcheck.database.operations import AddIndex, RemoveIndex

# The functions that the public role asks, by other expressions.
ASKED = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('{function}'::regprocedure);
BEGIN
    IF position({before} IN definition) = 0 THEN
        RAISE EXCEPTION '{function} asks in another way';
    END IF;
    EXECUTE replace(definition, {before}, {after});
END $do$;
"""
ARTICLES = {
    "function": "claims_public_articles(tsquery, integer)",
    "before": "'WHERE search @@ $1'",
    "after": "'WHERE claim_vector(language, headline) @@ $1'",
}
SPEAKERS = {
    "function": "claims_public_speakers(tsquery, text)",
    "before": "'WHERE search @@ $1'",
    "after": "'WHERE claim_lexemes(''''simple'''', name) @@ $1'",
}


def asked(change, *, back=False):
    """Return the statement that changes one of the functions, or changes it back."""
    if back:
        change = change | {"before": change["after"], "after": change["before"]}
    return ASKED.format(**change)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0076_desk_search_scripts")]

    operations = [
        AddIndex(
            "article",
            GinIndex(
                Func("language", "headline", function="claim_vector"),
                name="article_words",
            ),
        ),
        AddIndex(
            "speaker",
            GinIndex(
                Func(Value("simple"), "name", function="claim_lexemes"),
                name="speaker_words",
            ),
        ),
        AddIndex(
            "claim",
            GinIndex(
                Func("wording", "quote", function="claim_terms"), name="claim_terms"
            ),
        ),
        AddIndex(
            "articletext",
            GinIndex(Func("body", function="claim_terms"), name="article_text_terms"),
        ),
        RemoveIndex("articletext", "article_text_words"),
        migrations.RunSQL(asked(ARTICLES), asked(ARTICLES, back=True)),
        migrations.RunSQL(asked(SPEAKERS), asked(SPEAKERS, back=True)),
    ]
