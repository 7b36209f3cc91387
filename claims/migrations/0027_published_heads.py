"""One digest a day over every publication, and a history of steps and contributors.

Whoever keeps a head can tell later whether anything was changed since. The database
makes it: a program names the day alone.
"""

from django.db import migrations, models

HEADS = r"""
CREATE FUNCTION claims_digest(words text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN encode(sha256(convert_to(words, 'UTF8')), 'hex');

-- One row of the change history. Its columns are named: another one is not in it.
CREATE FUNCTION claims_change_digest(h claims_change) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN claims_digest(jsonb_build_array(
    h.id, h."table", h.row, h.operation, h.actor_id, h.at, h.before, h.after)::text);

CREATE FUNCTION claims_head_digest(h claims_publishedhead) RETURNS text
LANGUAGE sql STABLE
RETURN claims_digest(concat_ws(E'\n', to_char(h.day, 'YYYY-MM-DD'), h.last_change,
    h.publications, h.publications_digest, h.changes, h.changes_digest, h.previous));

CREATE FUNCTION claims_head_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before claims_publishedhead;
BEGIN
    IF NEW.day >= (clock_timestamp() AT TIME ZONE 'UTC')::date THEN
        PERFORM claims_refuse('head_is_of_a_day_gone_by',
            'the head of a day is made once the day is over');
    END IF;
    -- Waits until every row that has a number is there to be seen, or never will be.
    PERFORM pg_advisory_xact_lock(7304311);
    SELECT * INTO before FROM claims_publishedhead ORDER BY day DESC LIMIT 1;
    IF before.day IS NOT NULL AND NEW.day <> before.day + 1 THEN
        PERFORM claims_refuse('heads_follow_each_other',
            'the head of another day comes first, or is there already');
    END IF;
    NEW.last_change := greatest(before.last_change, coalesce((
        SELECT id FROM claims_change WHERE at < (NEW.day + 1) AT TIME ZONE 'UTC'
        ORDER BY id DESC LIMIT 1), 0));
    SELECT count(*), claims_digest(coalesce(string_agg(
            concat_ws(' ', claim_id, number, digest), E'\n' ORDER BY claim_id)
            FILTER (WHERE newest), ''))
        INTO NEW.publications, NEW.publications_digest
        FROM (
            SELECT p.claim_id, p.number, p.digest,
                   p.number = max(p.number) OVER (PARTITION BY p.claim_id) AS newest
            FROM claims_publishedverdict p
            JOIN claims_change h ON h."table" = 'publishedverdict' AND h.row = p.id
                AND h.operation = 'insert' AND h.id <= NEW.last_change
        ) published;
    SELECT count(*), claims_digest(coalesce(
            string_agg(claims_change_digest(h), E'\n' ORDER BY id), ''))
        INTO NEW.changes, NEW.changes_digest
        FROM claims_change h
        WHERE id > coalesce(before.last_change, 0) AND id <= NEW.last_change;
    NEW.previous := coalesce(before.digest, '');
    NEW.digest := claims_head_digest(NEW);
    NEW.made_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER head_guard BEFORE INSERT ON claims_publishedhead
    FOR EACH ROW EXECUTE FUNCTION claims_head_guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_publishedhead
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_publishedhead
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_publishedhead ENABLE ALWAYS TRIGGER head_guard;
ALTER TABLE claims_publishedhead ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_publishedhead ENABLE ALWAYS TRIGGER append_only_whole;
"""

# Writers of the history hold the lock together; a head is made when none is at work.
LOCKED = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_log_change()'::regprocedure);
BEGIN
    EXECUTE replace(definition, '        INSERT INTO claims_change',
        '        PERFORM pg_advisory_xact_lock_shared(7304311);
        INSERT INTO claims_change');
END $do$;
"""
UNLOCKED = r"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_log_change()'::regprocedure);
BEGIN
    EXECUTE replace(definition, '        PERFORM pg_advisory_xact_lock_shared(7304311);
', '');
END $do$;
"""

# What these tables held until now is logged as it stands.
LOGGED = ("transition", "verdict_contributors", "speakername")
HISTORY = "".join(
    f"""
INSERT INTO claims_change ("table", row, operation, at, after)
    SELECT '{table}', id, 'insert', clock_timestamp(), to_jsonb(t)
    FROM claims_{table} t ORDER BY id;
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
"""
    for table in LOGGED
)

# From here on they are not followed any more: their history ends.
DROP = (
    "".join(
        f"""
DROP TRIGGER log_change ON claims_{table};
INSERT INTO claims_change ("table", row, operation, at, before)
    SELECT '{table}', id, 'delete', clock_timestamp(), to_jsonb(t)
    FROM claims_{table} t ORDER BY id;
"""
        for table in LOGGED
    )
    + """
DROP FUNCTION claims_head_guard() CASCADE;
DROP FUNCTION claims_head_digest(claims_publishedhead);
DROP FUNCTION claims_change_digest(claims_change);
DROP FUNCTION claims_digest(text);
DROP TRIGGER append_only ON claims_publishedhead;
DROP TRIGGER append_only_whole ON claims_publishedhead;
"""
)

# The way back would lose them.
REFUSAL = r"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM claims_publishedhead) THEN
        RAISE EXCEPTION 'Heads were published that somebody may keep, and that the '
            'version before does not know: restore the copy made before the upgrade.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0024_who_asked")]

    operations = [
        migrations.CreateModel(
            name="PublishedHead",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("last_change", models.BigIntegerField()),
                ("publications", models.BigIntegerField()),
                ("publications_digest", models.CharField(max_length=64)),
                ("changes", models.BigIntegerField()),
                ("changes_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={"ordering": ["day"]},
        ),
        migrations.RunSQL([HEADS, LOCKED, HISTORY], [DROP, UNLOCKED]),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSAL),
    ]
