"""Privileges wider than the application's and the public role need.

The roles are those whose names end in `_app` and `_public`. Where the server has none,
one role does everything, and only what others were given is looked at.
"""

from django.db import connection

from claims.checks.definitions import recorded

APPLICATION = {"SELECT", "INSERT", "UPDATE", "DELETE"}
# What no page for readers needs.
DESK_ONLY = {
    "claims_verdict",
    "claims_verdict_contributors",
    "claims_verdictcomment",
    "claims_evidence",
    "claims_secondrating",
    "claims_removalrequest",
    "claims_logintry",
    "claims_presence",
}

# Given on a table or on one of its columns; the owner's own privileges are left out.
GRANTS = r"""
SELECT name, coalesce(r.rolname, 'PUBLIC'), given.privilege_type, given.is_grantable
FROM (
    SELECT relname::text AS name, relowner, relacl AS acl FROM pg_class
    WHERE relkind IN ('r', 'S', 'v') AND relname LIKE 'claims\_%'
      AND relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT c.relname, c.relowner, a.attacl FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND c.relname LIKE 'claims\_%'
      AND c.relnamespace = current_schema()::regnamespace
) held CROSS JOIN LATERAL aclexplode(held.acl) given
LEFT JOIN pg_roles r ON r.oid = given.grantee
WHERE given.grantee <> held.relowner
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
"""
# Application and public roles that could give themselves what they were not given.
POWERS = r"""
SELECT r.rolname, concat_ws(', ',
    CASE WHEN rolsuper THEN 'a superuser' END,
    CASE WHEN rolcreaterole THEN 'a maker of roles' END,
    CASE WHEN rolreplication THEN 'a replication role' END,
    CASE WHEN EXISTS (
        SELECT FROM pg_class c WHERE c.relname LIKE 'claims\_%'
        AND c.relnamespace = current_schema()::regnamespace
        AND pg_has_role(r.oid, c.relowner, 'MEMBER')) THEN 'an owner of tables' END)
FROM pg_roles r WHERE r.rolname ~ '_(app|public)$'
"""


def problems() -> list[str]:
    """Return each privilege that is wider than its role needs, in a sentence."""
    grows_only = {
        name.split(".")[0]
        for name in recorded()["trigger"]
        if name.endswith(".append_only")
    }
    told = []
    with connection.cursor() as cursor:
        cursor.execute(GRANTS)
        for table, role, privilege, may_give in cursor.fetchall():
            if privilege not in allowed(table, role, table in grows_only):
                told.append(f"grants: {role} may {privilege} on {table}")
            elif may_give:
                told.append(f"grants: {role} may give {privilege} on {table} to others")
        cursor.execute(POWERS)
        told += [
            f"roles: {role} is {powers}" for role, powers in cursor.fetchall() if powers
        ]
    return told


def allowed(table: str, role: str, grows_only: bool) -> set[str]:
    """Return the privileges that a role may have on a table or sequence."""
    if table.endswith("_seq"):
        return {"USAGE", "SELECT"} if role.endswith("_app") else {"SELECT"}
    if role.endswith("_app"):
        # A speaker without claims is deleted along with its names.
        deleted = {"DELETE"} if table == "claims_speakername" else set()
        return {"SELECT", "INSERT"} | deleted if grows_only else APPLICATION
    if role == "PUBLIC" or (role.endswith("_public") and table in DESK_ONLY):
        return set()
    # Whoever reads only: readers, a backup, a program that watches.
    return {"SELECT"}
