"""Hebrew and Arabic words are found behind the small words written onto them.

Hebrew writes "the", "and", "in", "to", "from", "that" and "like" onto the next word,
Arabic "and", "in", "like" and "to" before "the". Such a word is stored without them,
too. What somebody asks for is asked for without them where a letter more or less makes
no other word of it.
"""

from django.db import migrations, transaction

from factcheck.database.operations import RunSQLOnce

PREFIXES = r"""
-- A word without the small words before it, of so many letters; null where there are
-- none, or too little would be left. The letter mem begins so many words of its own,
-- that it is taken off longer ones alone.
CREATE FUNCTION claim_behind_prefix(word text, letters integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN substring(word FROM CASE letters
    WHEN 1 THEN '^(?:[הובלשכ]|מ(?=....)|[وف]?(?:[بك]?ال|لل))(...+)$'
    WHEN 2 THEN '^(?:[וש][הבלכ]|[וש]מ(?=....)|[מכ]ה|כש|מש|וש)(...+)$'
    WHEN 3 THEN '^(?:ושה|ושב|ושל|ומה|וכש|כשה|כשב|כשל|לכש|משה|ומש|שמה)(...+)$'
    -- As one asks: what else begins with these is no word.
    ELSE '^(?:ו?(?:ה|[שמ]ה|כשה|[בלכ](?=.....)|מ(?=.....))|ו(?=....)'
        '|ש(?=....)|[وف]?(?:[بك]?ال|لل))(...+)$'
    END);

-- A text of such words alone, and what stands in the place of the others.
CREATE FUNCTION claim_behind_prefixes(words text, letters integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(coalesce(claim_behind_prefix(word, letters),
                               CASE WHEN letters > 0 THEN 'x' ELSE word END),
                      ' ' ORDER BY place)
    FROM string_to_table(words, ' ') WITH ORDINALITY w (word, place)
);

-- The stems of the words behind prefixes, each in its place.
CREATE FUNCTION claim_prefixed(stems regconfig, words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(ts_delete(to_tsvector(
        stems, claim_behind_prefixes(words, letters)), 'x')::text, ' ')
    FROM generate_series(1, 3) letters
);
"""
NO_PREFIXES = """
DROP FUNCTION claim_prefixed(regconfig, text);
DROP FUNCTION claim_behind_prefixes(text, integer);
DROP FUNCTION claim_behind_prefix(text, integer);
"""

CHANGED = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('{function}'::regprocedure);
BEGIN
    IF position($q${before}$q$ IN definition) = 0 THEN
        RAISE EXCEPTION '{function} is made in another way';
    END IF;
    EXECUTE replace(definition, $q${before}$q$, $q${after}$q$);
END $do$;
"""
SCRIPTS = r"[\u05d0-\u05ea\u0627-\u064a]"
IN_VECTORS = (
    "claim_lexemes(text, text)",
    "    IF others <> '' THEN\n",
    f"    IF folded ~ '{SCRIPTS}' THEN\n"
    "        others := others || ' ' || claim_prefixed(stems, folded);\n"
    "    END IF;\n"
    "    IF others <> '' THEN\n",
)
IN_QUERIES = (
    "claim_piece(text, text)",
    "folded !~ '[aou]e' THEN",
    f"folded !~ '[aou]e|{SCRIPTS}' THEN",
)
ASKED = (
    "claim_piece(text, text)",
    "        WHERE folded ~ '[aou]e'\n",
    "        WHERE folded ~ '[aou]e'\n"
    "        UNION ALL SELECT phraseto_tsquery(\n"
    "            stems, claim_behind_prefixes(folded, 0))\n"
    f"        WHERE folded ~ '{SCRIPTS}'\n",
)


def changed(change):
    """Return the operation that changes a function, or changes it back."""
    function, before, after = change
    return RunSQLOnce(
        CHANGED.format(function=function, before=before, after=after),
        CHANGED.format(function=function, before=after, after=before),
        done=f"position($q${after}$q$ IN"
        f" pg_get_functiondef('{function}'::regprocedure)) > 0",
    )


STEP = 1_000
ROWS = "SELECT id FROM claims_publicwords WHERE id > %s ORDER BY id OFFSET %s LIMIT 1"
# Who writes what readers see holds the counter, then rows, then counts of lexemes.
LOCK = "SELECT FROM claims_changecounter FOR UPDATE"
FILL = f"""
UPDATE claims_publicwords w SET vector = filled.vector
FROM (
    SELECT kept.id, claim_vector(f.language, kept.wording || ' ' || kept.quote) AS vector
    FROM claims_publicwords kept JOIN claims_publicclaim f ON f.id = kept.id
    WHERE kept.id > %s AND kept.id <= %s
      AND kept.wording || kept.quote ~ '{SCRIPTS}'
) filled
WHERE filled.id = w.id AND filled.vector <> w.vector
"""
# Where no text has a word of these scripts, no index holds one.
HELD = " UNION ALL ".join(
    f"SELECT EXISTS (SELECT FROM claims_{table} WHERE {words} ~ '{SCRIPTS}')"
    for table, words in (
        ("articletext", "body"),
        ("article", "headline"),
        ("speaker", "name"),
        ("claim", "wording || quote"),
        ("publishedverdict", "summary || explanation"),
    )
)
# Those whose entries are made by the functions.
INDEXES = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = current_schema()::regnamespace
  AND pg_get_expr(i.indexprs, i.indrelid)
      ~ 'claim_(vector|lexemes|terms)\\('
ORDER BY pg_relation_size(c.oid)
"""


def fill(apps, schema_editor):
    """Make the vectors of those texts anew, and the indexes that hold such words."""
    done, last = 0, False
    connection = schema_editor.connection
    while not last:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(LOCK)
            cursor.execute(ROWS, [done, STEP - 1])
            row = cursor.fetchone()
            last = row is None
            until = 2**63 - 1 if last else row[0]
            cursor.execute(FILL, [done, until])
            done = until
    how = "" if connection.in_atomic_block else "CONCURRENTLY"
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        if not any(held for (held,) in cursor.fetchall()):
            return
        cursor.execute(INDEXES)
        for (index,) in cursor.fetchall():
            cursor.execute(f'REINDEX INDEX {how} "{index}"')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0103_replies_of_another_desk")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, fill),
        RunSQLOnce(
            PREFIXES,
            NO_PREFIXES,
            done="to_regprocedure('claim_prefixed(regconfig, text)') IS NOT NULL",
        ),
        changed(IN_VECTORS),
        changed(IN_QUERIES),
        changed(ASKED),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
