"""Indexes for the desk: words of texts and verdicts, what is under way, re-checks.

No word is stored twice: the vectors are in the indexes alone.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# A vector holds a megabyte at most, and a text may have two million characters: what
# lies behind the first 200,000 is not searched for.
WORDS = r"""
CREATE FUNCTION claim_words(body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('english'::regconfig, claim_fold(left(body, 200000)));
CREATE FUNCTION claim_words(summary text, explanation text, how_verified text)
RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('english'::regconfig, claim_fold(left(
    summary || ' ' || explanation || ' ' || how_verified, 200000)));
"""
NO_WORDS = """
DROP FUNCTION claim_words(text);
DROP FUNCTION claim_words(text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0052_own_desk")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.AddIndex(
            "articletext",
            GinIndex(
                models.Func("body", function="claim_words"), name="article_text_words"
            ),
        ),
        migrations.AddIndex(
            "verdict",
            GinIndex(
                models.Func(
                    "summary", "explanation", "how_verified", function="claim_words"
                ),
                name="verdict_words",
            ),
        ),
        migrations.AddIndex(
            "verdict",
            models.Index(
                fields=["recheck_on"],
                condition=models.Q(("recheck_on__isnull", False)),
                name="verdict_recheck",
            ),
        ),
        migrations.AddIndex(
            "verdict",
            models.Index(
                fields=["status", "updated_at"],
                condition=models.Q(("status__in", ["draft", "in_review"])),
                name="verdict_under_way",
            ),
        ),
    ]
