"""The three database roles: owner of the tables, application, public.

The owner migrates. The application is who the web process and the commands log in as:
it owns nothing. The public role reads for the public pages, and nothing else. Which
tables each may use is no matter of this package.
"""

from .time_limits import seconds

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


def defaults_of(alias: str) -> dict[str, str]:
    """Return what the sessions of a role begin with: its limits of time and the like.

    They end what would go on for too long, and hold behind a pooler too. What keeps the
    public role from writing is that no right to write is granted.
    """
    if alias == OWNER_ALIAS:
        # Migrations and backups take as long as they must, whatever the server says;
        # how long a migration waits for a table that readers need is a matter of
        # `migrate`.
        return {
            "lock_timeout": "0",
            "statement_timeout": "0",
            "idle_in_transaction_session_timeout": "10min",
        }
    prefix = "PUBLIC_" if alias == PUBLIC_ALIAS else ""
    found = {
        "lock_timeout": f"{seconds('LOCK_TIMEOUT')}s",
        "statement_timeout": f"{seconds(f'{prefix}STATEMENT_TIMEOUT')}s",
        "idle_in_transaction_session_timeout": f"{seconds('IDLE_TIMEOUT')}s",
    }
    if alias == PUBLIC_ALIAS:
        found["default_transaction_read_only"] = "on"
    return found


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


def set_defaults(alias: str, role: str) -> list[str]:
    """Return the statements that give a role the defaults of its alias."""
    return [
        f"ALTER ROLE {quoted(role)} SET {name} = '{value}';"
        for name, value in defaults_of(alias).items()
    ]
