"""Words of the archive are found by words with a typing error, through an index.

A word and one typed with an error have a shorter form in common: each without one of
its letters. An index over these forms is a dictionary of errors that keeps itself.
"""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION claim_shortened(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT left(word, n - 1) || substr(word, n + 1)
    FROM generate_series(1, length(word) + 1) n
);
CREATE INDEX lexeme_shortened ON claims_lexemecount USING gin (claim_shortened(word))
    WHERE length(word) BETWEEN 3 AND 30;
"""
UNDO = """
DROP INDEX lexeme_shortened;
DROP FUNCTION claim_shortened(text);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0069_contradictions_index")]

    operations = [migrations.RunSQL(CREATE, UNDO)]
