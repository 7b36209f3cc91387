"""The function that folds words for search: no case, no accents, S-400 as s400.

Core PostgreSQL only: the embedded server has no unaccent. Every function used is
immutable, so that generated columns and indexes accept this one.
"""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION claim_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(translate(
    regexp_replace(
        regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'),
        '\m([[:alpha:]]{1,2})[-‐‑–]?([0-9]+)s?\M', '\1\2', 'g'
    ),
    'ıİłŁøØđĐðÐþÞæÆœŒßŋħʻ’‘ʼ“”', 'iIlLoOdDdDtTaAoOsnh''''''''""'
));
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION claim_fold(text);"),
    ]
