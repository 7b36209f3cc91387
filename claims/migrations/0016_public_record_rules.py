"""What the database keeps of the public record by itself, and what it refuses there."""

from django.db import migrations

# What a publication held before its statement was stored with it.
STATEMENT = (
    "speaker_id",
    "speaker_kind",
    "speaker_role",
    "speakers",
    "via_id",
    "via_name",
    "attribution",
    "stated_on",
    "stated_precision",
    "stated_basis",
    "checkability",
    "cue",
    "speaker_words",
    "marks",
    "text_id",
    "headline",
    "outlet_name",
    "article_url",
    "article_published_on",
    "statement_basis",
    "former_digest",
)

DIGESTS = f"""
CREATE FUNCTION claims_former_publication_digest(
    p claims_publishedverdict, before text
) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
RETURN encode(sha256(convert_to(
    before || (to_jsonb(p) - ARRAY['id', 'digest', 'search', {
    ", ".join(f"'{column}'" for column in STATEMENT)
}])::text, 'UTF8')), 'hex');
"""

ROLES = r"""
CREATE FUNCTION claims_role_on(speaker bigint, day date) RETURNS text
LANGUAGE sql STABLE
RETURN coalesce((
    SELECT concat_ws(', ', nullif(title, ''), nullif(organisation, ''))
    FROM claims_speakerrole
    WHERE speaker_id = speaker
      AND (since IS NULL OR since <= day) AND (until IS NULL OR until >= day)
    ORDER BY since DESC NULLS LAST, id DESC LIMIT 1
), '');

CREATE FUNCTION claims_keep_speaker_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.name <> OLD.name THEN
        INSERT INTO claims_speakername (speaker_id, name, since)
            VALUES (NEW.id, NEW.name, clock_timestamp());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_speaker_name AFTER INSERT OR UPDATE OF name ON claims_speaker
    FOR EACH ROW EXECUTE FUNCTION claims_keep_speaker_name();
"""

# A speaker without claims may be deleted, and its names with it.
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE ON claims_speakername
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON claims_publicchange
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
""" + "".join(
    f"""
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_append_only();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER append_only_whole;
"""
    for table in ("speakername", "publicchange")
)

LOGGED = "".join(
    f"""
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON claims_{table}
    FOR EACH ROW EXECUTE FUNCTION claims_log_change();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER log_change;
"""
    for table in ("speakerrole", "claim_other_speakers")
)

# The locks on the counts are taken in the order of the codes, so that two writers
# cannot wait for each other.
COUNT = """
CREATE FUNCTION claims_count_facets_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO claims_facetcount AS kept (facet, count, changed_at)
        SELECT facet, sum(step), max(changed_at) FROM ({steps}) steps
        GROUP BY facet ORDER BY facet
    ON CONFLICT (facet) DO UPDATE SET
        count = kept.count + EXCLUDED.count,
        changed_at = greatest(kept.changed_at, EXCLUDED.changed_at);
    RETURN NULL;
END $$;
CREATE TRIGGER count_facets_{name} AFTER {name} ON claims_publicclaim
    REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_count_facets_{name}();
"""
ADDED = (
    "SELECT unnest(facets) AS facet, 1 AS step, changed_at FROM added"
    " WHERE state = 'listed'"
)
REMOVED = (
    "SELECT unnest(facets) AS facet, -1 AS step, changed_at FROM removed"
    " WHERE state = 'listed'"
)
COUNTS = (
    COUNT.format(name="insert", steps=ADDED, tables="NEW TABLE AS added")
    + COUNT.format(name="delete", steps=REMOVED, tables="OLD TABLE AS removed")
    + COUNT.format(
        name="update",
        steps=f"{ADDED} UNION ALL {REMOVED}",
        tables="OLD TABLE AS removed NEW TABLE AS added",
    )
)

FIRST_ROWS = """
INSERT INTO claims_speakername (speaker_id, name, since)
    SELECT id, name, '0001-01-01 00:00+00' FROM claims_speaker;
INSERT INTO claims_changecounter (one, number, at) VALUES (true, 0, now());
"""

STORAGE = """
ALTER TABLE claims_publicclaim SET (
    fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_insert_scale_factor = 0.01
);
ALTER TABLE claims_publicwords SET (fillfactor = 90);
ALTER TABLE claims_facetcount SET (fillfactor = 70);
"""


def show_publication(in_force):
    """Return the trigger that gives a claim the rating of a publication in force."""
    return f"""
CREATE OR REPLACE FUNCTION claims_show_publication() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE claims_claim SET
        current_id = NEW.id,
        rating_id = CASE WHEN {in_force} THEN NEW.rating_id END
    WHERE id = NEW.claim_id;
    RETURN NULL;
END $$;
"""


IN_FORCE = "NEW.kind NOT IN ('retracted', 'withdrawn')"
IN_FORCE_BEFORE = "NEW.kind <> 'retracted'"

# The claim's own guard compares with the same rule.
CLAIM_GUARD_BEFORE = "CASE WHEN kind <> 'retracted' THEN rating_id END"
CLAIM_GUARD_AFTER = (
    "CASE WHEN kind NOT IN ('retracted', 'withdrawn') THEN rating_id END"
)


def in_claim_guard(before, after):
    """Return the SQL that puts one rule of the claim's guard in place of another."""
    return f"""
DO $do$
DECLARE
    definition text := pg_get_functiondef('claims_claim_guard()'::regprocedure);
BEGIN
    EXECUTE replace(definition, $q${before}$q$, $q${after}$q$);
END $do$;
"""


UNDO = """
DROP TRIGGER append_only ON claims_speakername;
DROP TRIGGER append_only_whole ON claims_speakername;
DROP TRIGGER append_only ON claims_publicchange;
DROP TRIGGER append_only_whole ON claims_publicchange;
DROP TRIGGER log_change ON claims_speakerrole;
DROP TRIGGER log_change ON claims_claim_other_speakers;
DROP FUNCTION claims_former_publication_digest(claims_publishedverdict, text);
DROP FUNCTION claims_role_on(bigint, date);
DROP FUNCTION claims_keep_speaker_name() CASCADE;
DROP FUNCTION claims_count_facets_insert() CASCADE;
DROP FUNCTION claims_count_facets_update() CASCADE;
DROP FUNCTION claims_count_facets_delete() CASCADE;
DELETE FROM claims_changecounter;
DELETE FROM claims_speakername;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_public_record")]

    operations = [
        migrations.RunSQL(
            [
                DIGESTS,
                ROLES,
                APPEND_ONLY,
                LOGGED,
                COUNTS,
                STORAGE,
                show_publication(IN_FORCE),
                in_claim_guard(CLAIM_GUARD_BEFORE, CLAIM_GUARD_AFTER),
                # Last: a table with rows just written cannot be altered.
                FIRST_ROWS,
            ],
            [
                UNDO,
                show_publication(IN_FORCE_BEFORE),
                in_claim_guard(CLAIM_GUARD_AFTER, CLAIM_GUARD_BEFORE),
            ],
        ),
    ]
