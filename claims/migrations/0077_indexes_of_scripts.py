"""Indexes for searching in every script: headlines, names, the desk's claims and texts.

Each is built while everybody goes on reading and writing, and only then asked. That of
the texts takes an hour where there are two hundred thousand.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Func, Value

from factcheck.database.operations import AddIndex, RemoveIndex, RunSQLOnce

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


def asked(change):
    """Return the operation that changes one of the functions, or changes it back."""
    back = change | {"before": change["after"], "after": change["before"]}
    definition = f"pg_get_functiondef('{change['function']}'::regprocedure)"
    return RunSQLOnce(
        ASKED.format(**change),
        ASKED.format(**back),
        done=f"position({change['after']} IN {definition}) > 0",
    )


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
        asked(ARTICLES),
        asked(SPEAKERS),
    ]
