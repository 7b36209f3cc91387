"""Articles that share sentences are found: a code for each sentence, and an index.

Nothing is stored twice: the codes are in the index alone. A text that has most of its
sentences from another one has one of its longest among them, so a few are looked up.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Codes of a text's sentences, the longest first. Signs, blanks and case do not count;
# a point within a number ends a sentence too, in every text alike.
SENTENCES = r"""
CREATE FUNCTION claim_sentences(body text) RETURNS int[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT ('x' || left(md5(words), 8))::bit(32)::int FROM (
        SELECT DISTINCT string_to_table(translate(
            lower(body),
            E'.!?… \u00a0\n,;:()-–—"''“”„‘’«»',
            E'\x01\x01\x01\x01'
        ), E'\x01') AS words
    ) sentences
    WHERE words <> '' ORDER BY length(words) DESC, words COLLATE "C"
);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0046_outbox_rights")]

    operations = [
        migrations.RunSQL(SENTENCES, "DROP FUNCTION claim_sentences(text)"),
        migrations.AddIndex(
            "articletext",
            GinIndex(
                models.Func("body", function="claim_sentences"),
                name="article_text_sentences",
            ),
        ),
    ]
