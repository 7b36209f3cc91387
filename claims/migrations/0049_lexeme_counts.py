"""In how many listed claims each lexeme stands, kept by the database.

Likeness weighs rare words more. The counts change in the transaction that changes what
readers see, which holds the counter's lock: two writers never wait for each other.
"""

from django.db import migrations, models

COUNT = """
CREATE FUNCTION claims_count_lexemes_{name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO claims_lexemecount AS kept (word, count)
        SELECT u.lexeme, sum(step) FROM ({steps}) steps, unnest(vector) u
        GROUP BY 1 HAVING sum(step) <> 0
        UNION ALL SELECT '', sum(step) FROM ({steps}) steps HAVING sum(step) <> 0
        UNION ALL SELECT ' ', sum(step * length(vector)) FROM ({steps}) steps
        HAVING sum(step * length(vector)) <> 0
        ORDER BY 1
    ON CONFLICT (word) DO UPDATE SET count = kept.count + EXCLUDED.count;{forget}
    RETURN NULL;
END $$;
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_count_lexemes_{name}()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
CREATE TRIGGER count_lexemes_{name} AFTER {name} ON claims_publicwords
    REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_count_lexemes_{name}();
"""
ADDED = "SELECT vector, 1 AS step FROM added WHERE state = 'listed'"
REMOVED = "SELECT vector, -1 AS step FROM removed WHERE state = 'listed'"
# A word that nobody reads any more is not kept: it may have been taken off the site.
FORGET = """
    DELETE FROM claims_lexemecount WHERE count = 0 AND word IN (
        SELECT u.lexeme FROM removed, unnest(vector) u);"""
COUNTS = (
    COUNT.format(name="insert", steps=ADDED, tables="NEW TABLE AS added", forget="")
    + COUNT.format(
        name="delete", steps=REMOVED, tables="OLD TABLE AS removed", forget=FORGET
    )
    + COUNT.format(
        name="update",
        forget=FORGET,
        steps=f"{ADDED} UNION ALL {REMOVED}",
        tables="OLD TABLE AS removed NEW TABLE AS added",
    )
)
FILL = """
INSERT INTO claims_lexemecount (word, count)
    SELECT u.lexeme, count(*) FROM claims_publicwords, unnest(vector) u
    WHERE state = 'listed' GROUP BY 1
    UNION ALL SELECT '', count(*) FROM claims_publicwords WHERE state = 'listed'
    UNION ALL SELECT ' ', coalesce(sum(length(vector)), 0)
    FROM claims_publicwords WHERE state = 'listed';
ALTER TABLE claims_lexemecount SET (fillfactor = 70);
"""
UNDO = """
DROP FUNCTION claims_count_lexemes_insert() CASCADE;
DROP FUNCTION claims_count_lexemes_update() CASCADE;
DROP FUNCTION claims_count_lexemes_delete() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0048_wording_checks")]

    operations = [
        migrations.CreateModel(
            name="LexemeCount",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(COUNTS, UNDO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
