"""The vectors of the public record, filled anew: by the language of each article.

A thousand rows at a time, each in a transaction of its own: nobody waits longer for a
lock. A run that is broken off goes on where it stood.
"""

from django.db import migrations, transaction

STEP = 1_000
ROWS = "SELECT id FROM claims_publicwords WHERE id > %s ORDER BY id OFFSET %s LIMIT 1"
# Who writes what readers see holds the counter, then rows, then counts of lexemes.
LOCK = "SELECT FROM claims_changecounter FOR UPDATE"
FILL = """
UPDATE claims_publicwords w SET vector = filled.vector
FROM (
    SELECT kept.id, claim_vector(f.language, kept.wording || ' ' || kept.quote) AS vector
    FROM claims_publicwords kept JOIN claims_publicclaim f ON f.id = kept.id
    WHERE kept.id > %s AND kept.id <= %s
) filled
WHERE filled.id = w.id AND filled.vector <> w.vector
"""


def fill(apps, schema_editor, step=STEP):
    done, last = 0, False
    connection = schema_editor.connection
    while not last:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(LOCK)
            cursor.execute(ROWS, [done, step - 1])
            row = cursor.fetchone()
            last = row is None
            until = 2**63 - 1 if last else row[0]
            cursor.execute(FILL, [done, until])
            done = until


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0074_search_by_language")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
