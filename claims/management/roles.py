"""The rights of the database roles, given by the owner's connection."""

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from claims.database_roles import (
    differences,
    is_complete,
    roles_of_settings,
    statements,
)
from factcheck.database.owner import as_owner
from factcheck.database.roles import (
    APPLICATION_ALIAS,
    OWNER_ALIAS,
    PUBLIC_ALIAS,
    VARIABLES,
    create_login,
    defaults_of,
    set_defaults,
)

LOCK = 7_340_035


class WrongRole(Exception):
    """A role of the settings that the server does not know, or that owns the tables."""


def give_rights(connection) -> bool:
    """Give both roles their rights by the owner's connection; False: they have them.

    Without all tables nothing is given: the last migration will.
    """
    application, public = roles_of_settings()
    if not (application or public):
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        # Two at once would write the same rows of the catalogue.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if not is_complete(cursor):
            return False
        _check_roles(cursor, application, public)
        if not differences(cursor, application, public):
            return False
        for statement in statements(application, public):
            cursor.execute(statement)
    return True


def give_defaults() -> None:
    """Have each role take what its sessions begin with: any role may set its own.

    Within as_owner() the application's stay as they are: the owner stands in its place.
    """
    owner = None
    if OWNER_ALIAS in connections:
        with as_owner():
            owner = _give_defaults(connections[DEFAULT_DB_ALIAS], OWNER_ALIAS)
    for alias in (APPLICATION_ALIAS, PUBLIC_ALIAS):
        if alias in connections:
            _give_defaults(connections[alias], alias, but=owner)


def _give_defaults(connection, alias, but=None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        if role == but or not lacking_defaults(cursor, alias, role):
            return role
    # Within one transaction, since behind a pooler the next may meet another session.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ WRITE")
        for statement in set_defaults(alias, role):
            cursor.execute(statement)
    # The next session begins with them.
    connection.close()
    return role


def logins() -> dict[str, str]:
    """Return the roles that the settings name, by the alias of their connection."""
    return {
        alias: connections.settings[alias]["USER"]
        for alias in VARIABLES
        if alias in connections
    }


def lacking_defaults(cursor, alias: str, role: str) -> bool:
    """Return whether sessions of a role begin without the defaults of its alias."""
    cursor.execute("SELECT rolconfig FROM pg_roles WHERE rolname = %s", [role])
    row = cursor.fetchone()
    held = dict(each.split("=", 1) for each in (row and row[0]) or ())
    return held | defaults_of(alias) != held


def administrators_statements(*roles: str | None) -> list[str]:
    """Return what takes the right to make roles, which an owner may not have."""
    return [create_login(role) for role in roles if role]


def _check_roles(cursor, *roles):
    cursor.execute(
        "SELECT rolname, oid IN (SELECT relowner FROM pg_class WHERE relname = %s"
        " AND relnamespace = current_schema()::regnamespace)"
        " FROM pg_roles WHERE rolname = ANY(%s)",
        ["claims_claim", [*roles]],
    )
    known = dict(cursor.fetchall())
    for role, is_owner in known.items():
        if is_owner:
            raise WrongRole(
                f"{role} owns the tables, so no right can be kept from it: name "
                "another role in DATABASE_URL and in DATABASE_PUBLIC_URL."
            )
    unknown = [role for role in roles if role and role not in known]
    if unknown:
        raise WrongRole(
            f"The server knows no role {' and no role '.join(unknown)}. Somebody who "
            "may make roles has to run, and to give each a password:\n"
            + "\n".join(administrators_statements(*unknown))
            + "\nand then manage.py database_roles --apply."
        )
