"""The three database roles: owner of the tables, application, public.

The owner migrates. The application is who the web process and the commands log in as:
it owns nothing. The public role reads for the public pages, and nothing else. Which
tables each may use is no matter of this package.
"""

# The aliases in DATABASES. Where the owner's or the public one is missing, the default
# does its work.
APPLICATION_ALIAS, OWNER_ALIAS, PUBLIC_ALIAS = "default", "owner", "public"
# The names in the embedded server.
OWNER, APPLICATION, PUBLIC = "factcheck", "factcheck_app", "factcheck_public"
VARIABLES = {
    APPLICATION_ALIAS: "DATABASE_URL",
    OWNER_ALIAS: "DATABASE_OWNER_URL",
    PUBLIC_ALIAS: "DATABASE_PUBLIC_URL",
}
# Defaults for the sessions of the public role. What keeps it from writing is that no
# right to write is granted; these end what would go on for too long.
PUBLIC_DEFAULTS = {"default_transaction_read_only": "on", "statement_timeout": "15s"}


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def create_login(role: str) -> str:
    """Return the statement that makes a role which may log in, unless it is there."""
    literal = role.replace("'", "''")
    return (
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles"
        f" WHERE rolname = '{literal}')"
        f" THEN CREATE ROLE {quoted(role)} LOGIN; END IF; END $$;"
    )


def set_public_defaults(role: str) -> list[str]:
    """Return the statements that give a role the defaults of the public one."""
    return [
        f"ALTER ROLE {quoted(role)} SET {name} = '{value}';"
        for name, value in PUBLIC_DEFAULTS.items()
    ]
