"""Settings of the server under which a committed write may be lost."""

from django.db import connection

WANTED = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def unsafe_settings() -> dict[str, str]:
    """Return PostgreSQL settings under which a committed write may be lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(WANTED)]
        )
        return {name: found for name, found in cursor if found != WANTED[name]}
