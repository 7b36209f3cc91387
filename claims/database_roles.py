"""Which rights the application's and the public role of the database have, as SQL.

The application reads everything and writes what a desk writes; what only ever grows it
cannot change, and what triggers keep it cannot write. The public role reads what
readers may see: the public record whole, and of the desk's tables the rows that belong
to it. `statements()` gives every right in SQL, `differences()` tells what a database
has otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections

from factcheck.database.roles import OWNER_ALIAS, PUBLIC_ALIAS, quoted

# What the application may do to a table besides reading it.
APPLICATION = {
    "auth_group": "INSERT, UPDATE, DELETE",
    "auth_group_permissions": "INSERT, UPDATE, DELETE",
    "auth_permission": "",
    "auth_user": "INSERT, UPDATE, DELETE",
    "auth_user_groups": "INSERT, UPDATE, DELETE",
    "auth_user_user_permissions": "INSERT, UPDATE, DELETE",
    "claims_anchorcandidate": "INSERT, UPDATE, DELETE",
    "claims_article": "INSERT, UPDATE",
    "claims_articletext": "INSERT",
    "claims_calendaraddress": "INSERT, UPDATE, DELETE",
    "claims_change": "",
    "claims_changecounter": "UPDATE",
    "claims_claim": "INSERT, UPDATE",
    "claims_claim_other_speakers": "INSERT, UPDATE, DELETE",
    "claims_claim_topics": "INSERT, UPDATE, DELETE",
    "claims_claimrelation": "INSERT, UPDATE",
    "claims_comment": "INSERT",
    "claims_deskpage": "INSERT, UPDATE",
    "claims_evidence": "INSERT, UPDATE, DELETE",
    "claims_evidencefile": "INSERT, DELETE",
    "claims_facetcount": "",
    "claims_follower": "INSERT, UPDATE, DELETE",
    "claims_formerslug": "",
    "claims_linkcheck": "INSERT, UPDATE, DELETE",
    "claims_lexemecount": "",
    "claims_logintry": "INSERT, DELETE",
    "claims_mention": "INSERT",
    "claims_message": "INSERT, UPDATE, DELETE",
    "claims_noclaims": "INSERT, UPDATE, DELETE",
    "claims_notice": "INSERT, UPDATE, DELETE",
    "claims_noticechoice": "INSERT, UPDATE, DELETE",
    "claims_outcome": "INSERT, DELETE",
    "claims_outlet": "INSERT, UPDATE",
    "claims_pageversion": "INSERT",
    "claims_presence": "INSERT, UPDATE, DELETE",
    "claims_publicchange": "INSERT",
    "claims_publicclaim": "INSERT, UPDATE",
    "claims_publicwords": "INSERT, UPDATE",
    "claims_publishedfile": "",
    "claims_publishedhead": "INSERT",
    "claims_publishedverdict": "INSERT",
    "claims_rating": "INSERT, UPDATE",
    "claims_readerreport": "INSERT, UPDATE",
    "claims_redactedrow": "",
    "claims_redaction": "",
    "claims_removalrequest": "INSERT, UPDATE",
    "claims_savedfilter": "INSERT, UPDATE, DELETE",
    "claims_replyrequest": "INSERT, UPDATE",
    "claims_reportercontact": "INSERT, UPDATE, DELETE",
    "claims_secondrating": "INSERT",
    "claims_sentform": "INSERT, UPDATE, DELETE",
    "claims_span": "INSERT, UPDATE, DELETE",
    "claims_speaker": "INSERT, UPDATE, DELETE",
    "claims_speakeralias": "INSERT, UPDATE, DELETE",
    "claims_speakername": "DELETE",
    "claims_speakerpicture": "INSERT, UPDATE, DELETE",
    "claims_speakerrole": "INSERT, UPDATE, DELETE",
    "claims_subscription": "INSERT, UPDATE, DELETE",
    "claims_thread": "INSERT, UPDATE",
    "claims_topic": "INSERT, UPDATE, DELETE",
    "claims_transition": "INSERT",
    # Of verdicts only an empty draft goes, and a trigger sees to that.
    "claims_verdict": "INSERT, UPDATE, DELETE",
    "claims_verdict_contributors": "DELETE",
    "claims_verdictseen": "INSERT",
    "claims_wordingcheck": "INSERT",
    "claims_workitem": "INSERT, UPDATE",
    "django_admin_log": "INSERT, DELETE",
    "django_content_type": "",
    "django_migrations": "",
    "django_session": "INSERT, UPDATE, DELETE",
    "otp_static_staticdevice": "INSERT, UPDATE, DELETE",
    "otp_static_statictoken": "INSERT, UPDATE, DELETE",
    "otp_totp_totpdevice": "INSERT, UPDATE, DELETE",
}
# The columns that the public role may read of a table; "": all.
PUBLIC = {
    "claims_article": "",
    "claims_articletext": "id, article_id, number, sha256",
    "claims_change": 'id, "table", row, operation, at, before, after',
    "claims_changecounter": "",
    "claims_claimrelation": "id, claim_id, to_id, kind, state",
    "claims_evidencefile": "id, sha256, kind, size, width, height, path",
    "claims_facetcount": "",
    "claims_formerslug": "",
    "claims_lexemecount": "",
    "claims_outlet": "",
    "claims_pageversion": "",
    "claims_publicchange": "",
    "claims_publicclaim": "",
    "claims_publicwords": "",
    "claims_publishedfile": "",
    "claims_publishedhead": "",
    "claims_publishedverdict": "",
    "claims_rating": "",
    "claims_redaction": "id, article_id, file_id, reason, at",
    "claims_speaker": "",
    "claims_speakeralias": "",
    "claims_speakername": "",
    "claims_speakerpicture": "",
    "claims_speakerrole": "",
    "claims_topic": "",
}
_OF_AN_ARTICLE = (
    "( SELECT a.was_public FROM claims_article a WHERE a.id = {table}.article_id )"
)
_OF_A_SPEAKER = (
    "( SELECT s.was_public FROM claims_speaker s WHERE s.id = {table}.speaker_id )"
)
# Which rows of it, where not all. A subquery that gives one value is looked up row by
# row; EXISTS might be turned into a pass through the whole table it asks.
PUBLIC_ROWS = {
    "claims_article": "was_public",
    "claims_articletext": _OF_AN_ARTICLE.format(table="claims_articletext"),
    # How the scale read before.
    "claims_change": (
        "\"table\"::text = 'rating'::text AND operation::text = 'update'::text"
    ),
    "claims_claimrelation": (
        "(state::text = 'confirmed'::text"
        " AND ( SELECT f.listed_at IS NOT NULL FROM claims_publicclaim f"
        " WHERE f.id = claims_claimrelation.claim_id )"
        " AND ( SELECT f.listed_at IS NOT NULL FROM claims_publicclaim f"
        " WHERE f.id = claims_claimrelation.to_id ))"
    ),
    "claims_formerslug": _OF_A_SPEAKER.format(table="claims_formerslug"),
    "claims_evidencefile": (
        "( SELECT true FROM claims_publishedfile l JOIN claims_publicclaim f"
        " ON f.id = l.claim_id WHERE l.file_id = claims_evidencefile.id"
        " AND f.listed_at IS NOT NULL LIMIT 1 )"
    ),
    "claims_outlet": "was_public",
    "claims_publishedfile": (
        "( SELECT f.listed_at IS NOT NULL FROM claims_publicclaim f"
        " WHERE f.id = claims_publishedfile.claim_id )"
    ),
    "claims_publishedverdict": (
        "( SELECT f.listed_at IS NOT NULL FROM claims_publicclaim f"
        " WHERE f.id = claims_publishedverdict.claim_id )"
    ),
    "claims_redaction": _OF_AN_ARTICLE.format(table="claims_redaction"),
    "claims_speaker": "was_public",
    "claims_speakeralias": _OF_A_SPEAKER.format(table="claims_speakeralias"),
    "claims_speakername": _OF_A_SPEAKER.format(table="claims_speakername"),
    "claims_speakerpicture": _OF_A_SPEAKER.format(table="claims_speakerpicture"),
    "claims_speakerrole": _OF_A_SPEAKER.format(table="claims_speakerrole"),
    "claims_topic": "was_public",
}
# A policy narrows what another one allows.
EVERYBODY, READERS = "everybody", "readers"
NO_POLICIES = r"""DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT relname, polname FROM pg_class c
        LEFT JOIN pg_policy p ON p.polrelid = c.oid
        WHERE relnamespace = current_schema()::regnamespace AND relname ~ '^claims_'
          AND (relrowsecurity OR polname IS NOT NULL)
    LOOP
        IF one.polname IS NOT NULL THEN
            EXECUTE format('DROP POLICY %I ON %I', one.polname, one.relname);
        END IF;
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one.relname);
    END LOOP;
END $$;"""


def roles_of_settings() -> tuple[str | None, str | None]:
    """Return the application's and the public role; None: the owner does its work."""
    has_owner = OWNER_ALIAS in connections
    return _role_at(DEFAULT_DB_ALIAS) if has_owner else None, _role_at(PUBLIC_ALIAS)


def _role_at(alias):
    return connections.settings[alias]["USER"] if alias in connections else None


def statements(application: str | None, public: str | None) -> Iterator[str]:
    """Yield the SQL that gives both roles their rights, and no others.

    For the owner of the tables; a role that is None has no part in it.
    """
    roles = ", ".join(quoted(role) for role in (application, public) if role)
    everybody = f"PUBLIC, {roles}"
    yield f"REVOKE ALL ON {', '.join(APPLICATION | PUBLIC)} FROM {everybody};"
    # What somebody makes could be found in place of what a query means.
    yield f"REVOKE CREATE ON SCHEMA public FROM {everybody};"
    yield (
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC',"
        " current_database()); END $$;"
    )
    yield f"GRANT USAGE ON SCHEMA public TO {roles};"
    if application:
        role = quoted(application)
        yield f"GRANT SELECT ON {', '.join(APPLICATION)} TO {role};"
        for table, rights in APPLICATION.items():
            if rights:
                yield f"GRANT {rights} ON {table} TO {role};"
    if public:
        for table, columns in PUBLIC.items():
            only = f" ({columns})" if columns else ""
            yield f"GRANT SELECT{only} ON {table} TO {quoted(public)};"
        yield from _policies(public)


def _policies(public: str) -> Iterator[str]:
    yield NO_POLICIES
    for table, rows in PUBLIC_ROWS.items():
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        yield f"CREATE POLICY {EVERYBODY} ON {table} USING (true);"
        yield (
            f"CREATE POLICY {READERS} ON {table} AS RESTRICTIVE"
            f" TO {quoted(public)} USING ({rows});"
        )


# --- What a database has -------------------------------------------------------------

GRANTED = """
SELECT coalesce(g.rolname::text, 'everybody'), relname::text, attname::text,
       privilege_type || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM (
    SELECT relname, relowner, NULL::name AS attname, (aclexplode(relacl)).*
    FROM pg_class WHERE relnamespace = current_schema()::regnamespace
      AND (relname = ANY(%(tables)s) OR relkind = 'S')
    UNION ALL
    SELECT relname, relowner, attname, (aclexplode(attacl)).*
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%(tables)s)
) granted LEFT JOIN pg_roles g ON g.oid = grantee
WHERE grantee <> relowner
"""
POLICIES = """
SELECT c.relname::text, c.relrowsecurity, p.polpermissive,
       pg_get_expr(p.polqual, p.polrelid),
       ARRAY(SELECT rolname::text FROM pg_roles WHERE oid = ANY(p.polroles))
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname ~ '^claims_'
  AND (c.relrowsecurity OR p.oid IS NOT NULL)
"""
POWERS = """
SELECT r.rolname::text, power
FROM pg_roles r CROSS JOIN LATERAL (VALUES
    ('is a superuser', rolsuper),
    ('may make roles', rolcreaterole),
    ('may replicate', rolreplication),
    ('may bypass row level security', rolbypassrls),
    ('may become the owner of the tables', EXISTS (
        SELECT FROM pg_class c WHERE c.relname = ANY(%(tables)s)
        AND c.relnamespace = current_schema()::regnamespace
        AND pg_has_role(r.oid, c.relowner, 'MEMBER'))),
    ('may make temporary tables',
        has_database_privilege(r.oid, current_database(), 'TEMPORARY')),
    ('may make tables', has_schema_privilege(r.oid, current_schema(), 'CREATE'))
) held (power, has) WHERE has AND r.rolname = ANY(%(roles)s)
"""


def is_complete(cursor) -> bool:
    """Return whether every table that the roles have rights on is there."""
    cursor.execute(
        "SELECT count(*) = %s AND to_regproc('claims_public_text') IS NOT NULL"
        " FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relname = ANY(%s)",
        [len(APPLICATION), [*APPLICATION]],
    )
    return cursor.fetchone()[0]


def differences(cursor, application: str | None, public: str | None) -> list[str]:
    """Return a sentence on each right that a role has too much or lacks."""
    known = {
        "tables": [*APPLICATION],
        "roles": [role for role in (application, public) if role],
    }
    cursor.execute(GRANTED, known)
    # Another role may read, as a backup does.
    found = {
        row
        for row in cursor.fetchall()
        if row[0] in {"everybody", *known["roles"]} or row[3] != "SELECT"
    }
    wanted = set(_wanted(application, public))
    said = [f"{_right(*row)}, and should not" for row in found - wanted]
    said += [f"{_right(*row)} is missing" for row in wanted - found]
    cursor.execute(POWERS, known)
    said += [f"{role} {power}" for role, power in cursor.fetchall()]
    return sorted([*said, *_open_tables(cursor, public)])


def _wanted(application, public):
    if application:
        for table, rights in APPLICATION.items():
            for right in ["SELECT", *filter(None, rights.split(", "))]:
                yield application, table, None, right
    if public:
        for table, columns in PUBLIC.items():
            for column in columns.split(", "):
                yield public, table, column.strip('"') or None, "SELECT"


def _right(role, table, column, right):
    return f"{role}: {right} on {table}" + (f" ({column})" if column else "")


def _open_tables(cursor, public):
    """Return a sentence on each table whose policies are not those of here."""
    cursor.execute(POLICIES)
    found: dict[str, set] = {table: set() for table in PUBLIC_ROWS}
    for table, is_on, is_permissive, rows, roles in cursor.fetchall():
        policy = is_permissive, _spelling(rows or ""), tuple(roles)
        found.setdefault(table, set()).add(policy if is_on else "off")
    for table, policies in found.items():
        rows = PUBLIC_ROWS.get(table)
        if public and rows:
            wanted = {(True, "true", ()), (False, _spelling(rows), (public,))}
        else:
            # Left from a public role that the settings name no more.
            wanted = policies if rows else set()
        if policies != wanted:
            yield f"{table}: its policies are not those of the public role"


def _spelling(expression: str) -> str:
    """Return an expression without what the database writes in its own way."""
    return re.sub(r"[\s()]", "", expression)
