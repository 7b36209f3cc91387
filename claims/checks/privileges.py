"""Privileges and policies that are not those of the application's and the public role.

The roles are those of the settings. Where one login does everything, only what others
were given is looked at.
"""

from django.db import connection

from claims.database_roles import differences, is_complete, roles_of_settings


def problems() -> list[str]:
    """Return each privilege that a role has too much or lacks, in a sentence."""
    with connection.cursor() as cursor:
        if not is_complete(cursor):
            return []
        found = differences(cursor, *roles_of_settings())
    return [f"privileges: {each}" for each in found]
