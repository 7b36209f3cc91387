"""A desk write under the web's role is refused while nobody is named as acting."""

from django.db import migrations

# What readers send (a report), sign-ins and who is looking at an article name nobody.
# The log of changes and the tables that triggers fill are written along with these.
GUARDED = dict.fromkeys(
    (
        "anchorcandidate",
        "article",
        "articletext",
        "claim",
        "claim_other_speakers",
        "claim_topics",
        "evidence",
        "noclaims",
        "outlet",
        "publishedverdict",
        "publicclaim",
        "publicwords",
        "rating",
        "removalrequest",
        "secondrating",
        "span",
        "speaker",
        "speakeralias",
        "speakerrole",
        "topic",
        "transition",
        "verdict",
        "verdict_contributors",
        "verdictcomment",
    ),
    "INSERT OR UPDATE OR DELETE",
) | {"readerreport": "UPDATE OR DELETE"}

CREATE = r"""
-- Whoever owns the tables, or may become their owner, does other than the desk's work:
-- migrations, repairs, restoring a copy. Where one role does everything,
-- ALTER ROLE ... SET factcheck.needs_actor = on asks for a name all the same.
CREATE FUNCTION claims_actor_is_needed() RETURNS boolean LANGUAGE sql STABLE
RETURN NOT pg_has_role(
        session_user,
        (SELECT relowner FROM pg_class WHERE oid = 'claims_claim'::regclass),
        'MEMBER'
    )
    OR coalesce(
        nullif(current_setting('factcheck.needs_actor', true), '')::boolean, false
    );

CREATE FUNCTION claims_somebody_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_acting() IS NULL AND claims_actor_is_needed() THEN
        PERFORM claims_refuse('desk_write_names_somebody',
            TG_OP || ' on ' || TG_TABLE_NAME || ' refused: nobody is named as acting');
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER somebody_acts BEFORE {writes} ON claims_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION claims_somebody_acts();
ALTER TABLE claims_{table} ENABLE ALWAYS TRIGGER somebody_acts;
"""
    for table, writes in GUARDED.items()
)

DROP = """
DROP FUNCTION claims_somebody_acts() CASCADE;
DROP FUNCTION claims_actor_is_needed();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_removal_requests")]

    operations = [migrations.RunSQL(CREATE, DROP)]
