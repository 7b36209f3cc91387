"""How urgent a claim is, as a column: kept by the database from what makes it urgent.

The desk's order, harm and reach stand in the claim's work item; readers who asked are
open reports; it was said again in listed claims that repeat it. `0102` fills it.
"""

from django.db import migrations, models

URGENCY = """
CREATE FUNCTION claims_urgency_of(claim bigint) RETURNS integer LANGUAGE sql STABLE
RETURN (
    SELECT CASE
        -- Any place of the desk's order goes before every weight.
        WHEN w.place IS NOT NULL THEN 1000000 - w.place
        ELSE coalesce(3 * w.harm + 2 * w.reach, 0)
           + CASE WHEN EXISTS (
                 SELECT FROM claims_readerreport r
                 WHERE r.claim_id = claim AND r.status = 'open') THEN 2 ELSE 0 END
           + CASE WHEN EXISTS (
                 SELECT FROM claims_claim c
                 WHERE c.repeats_id = claim AND c.status = 'listed') THEN 1 ELSE 0 END
        END
    FROM (VALUES (1)) one (row) LEFT JOIN claims_workitem w ON w.claim_id = claim
);

CREATE FUNCTION claims_keep_urgency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys bigint[];
BEGIN
    IF TG_TABLE_NAME = 'claims_claim' THEN
        keys := ARRAY[OLD.repeats_id, NEW.repeats_id];
    ELSE
        keys := ARRAY[OLD.claim_id, NEW.claim_id];
    END IF;
    -- Locked before it is weighed: of two reports closed at once each would see the
    -- other as open.
    PERFORM FROM claims_claim WHERE id = ANY (keys) ORDER BY id FOR NO KEY UPDATE;
    UPDATE claims_claim SET urgency = claims_urgency_of(id)
        WHERE id = ANY (keys) AND urgency <> claims_urgency_of(id);
    RETURN NULL;
END $$;

-- Whoever saves a claim that was read earlier brings the urgency of then.
CREATE FUNCTION claims_urgency_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.urgency := claims_urgency_of(NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER urgency_is_kept BEFORE UPDATE OF urgency ON claims_claim
    FOR EACH ROW WHEN (NEW.urgency <> OLD.urgency)
    EXECUTE FUNCTION claims_urgency_is_kept();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER urgency_is_kept;
"""
WEIGHED = "({row}.place IS NOT NULL OR {row}.harm > 0 OR {row}.reach > 0)"
ASKED = "({row}.status = 'open' AND {row}.claim_id IS NOT NULL)"
AGAIN = "({row}.status = 'listed' AND {row}.repeats_id IS NOT NULL)"
# Of each table: when a row that is there makes a claim urgent, and by which columns.
SOURCES = {
    "workitem": (WEIGHED, ("claim_id", "place", "harm", "reach")),
    "readerreport": (ASKED, ("claim_id", "status")),
    "claim": (AGAIN, ("repeats_id", "status")),
}


def triggers():
    """Return the SQL of the triggers on everything that makes a claim urgent."""
    for table, (tells, columns) in SOURCES.items():
        old, new = (
            f"({', '.join(f'{row}.{column}' for column in columns)})"
            for row in ("OLD", "NEW")
        )
        for event, of, when in (
            ("insert", "", tells.format(row="NEW")),
            ("update", f" OF {', '.join(columns)}", f"{old} IS DISTINCT FROM {new}"),
            ("delete", "", tells.format(row="OLD")),
        ):
            yield f"""
CREATE TRIGGER keep_urgency_{event} AFTER {event.upper()}{of} ON claims_{table}
    FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION claims_keep_urgency();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER keep_urgency_{event};
"""


# What the database derives is no change of a claim that anybody made.
RULES = {
    "claims_log_change": "'updated_at', 'was_public']",
    "claims_log_added": "'updated_at', 'was_public']",
    "claims_claim_guard": "'sort_date', 'updated_at']",
}


def changed_rules(*, back):
    """Return the SQL that adds the column to what each function leaves out."""
    for name, before in RULES.items():
        after = before.removesuffix("]") + ", 'urgency']"
        if back:
            before, after = after, before
        yield f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('{name}()'::regprocedure);
BEGIN
    IF strpos(definition, $q${before}$q$) = 0 THEN
        RAISE EXCEPTION 'The rule to change is missing in {name}.';
    END IF;
    EXECUTE replace(definition, $q${before}$q$, $q${after}$q$);
END $do$;
"""


# A reader's report is nobody's of the desk, and what follows from it neither. Whatever
# else writes claims from a trigger does so for a table that asks for a name itself.
SOMEBODY = """
DROP TRIGGER somebody_acts ON claims_claim;
CREATE TRIGGER somebody_acts BEFORE INSERT OR UPDATE OR DELETE ON claims_claim
    FOR EACH STATEMENT{when} EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER somebody_acts;
"""
PATHS = """
DO $do$ BEGIN
    EXECUTE format('ALTER FUNCTION claims_keep_urgency()'
                   ' SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION claims_urgency_is_kept()'
                   ' SET search_path = %I, pg_temp', current_schema());
END $do$;
"""
UNDO = """
DROP FUNCTION claims_keep_urgency() CASCADE;
DROP FUNCTION claims_urgency_is_kept() CASCADE;
DROP FUNCTION claims_urgency_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0099_article_changes")]

    operations = [
        migrations.AddField(
            "claim",
            "urgency",
            models.IntegerField(default=0, db_default=0, editable=False),
        ),
        migrations.RunSQL(
            [
                *changed_rules(back=False),
                SOMEBODY.format(when=" WHEN (pg_trigger_depth() = 0)"),
                URGENCY,
                *triggers(),
                PATHS,
            ],
            [UNDO, SOMEBODY.format(when=""), *changed_rules(back=True)],
        ),
    ]
