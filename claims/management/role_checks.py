"""System checks of the database roles: `manage.py check`, and more with --deploy."""

from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections

from claims.database_roles import differences, is_complete, roles_of_settings
from claims.management.roles import lacking_defaults, logins
from factcheck.database.roles import OWNER_ALIAS, PUBLIC_ALIAS

APPLY = "manage.py database_roles prints the SQL, and runs it with --apply."


@register()
def each_role_has_a_login(**_kwargs):
    """Warn where one login does the work of another role."""
    issues = []
    if OWNER_ALIAS not in connections:
        issues.append(
            Warning(
                "The role that the site logs in as owns its tables, and could switch "
                "off the rules that keep publications as they are.",
                hint="Set DATABASE_OWNER_URL to the role that owns the tables, and "
                f"DATABASE_URL to another. {APPLY}",
                id="claims.W001",
            )
        )
    if PUBLIC_ALIAS not in connections:
        issues.append(
            Warning(
                "Public pages read as a role that may also read what is not published.",
                hint="Set DATABASE_PUBLIC_URL to a role that reads what is public. "
                f"{APPLY}",
                id="claims.W002",
            )
        )
    return issues


@register(deploy=True)
def each_role_has_its_rights(**_kwargs):
    """Warn of each right in the database that a role has too much or lacks."""
    application, public = roles_of_settings()
    try:
        with connection.cursor() as cursor:
            if not is_complete(cursor):
                return []
            found = differences(cursor, application, public)
            found += [
                f"{role}: sessions begin without its limits of time"
                for alias, role in logins().items()
                if lacking_defaults(cursor, alias, role)
            ]
    except ImproperlyConfigured as refusal:
        return [Error(str(refusal), id="claims.E001")]
    except DatabaseError as error:
        return [Warning(f"The database cannot be looked at: {error}", id="claims.W004")]
    return [Warning(each, hint=APPLY, id="claims.W003") for each in found]
