"""What stands in the tables for the program of the version before, and its removal.

`manage.py migrate` leaves it in place, so that the version before goes on serving
readers; `manage.py migrate --contract` takes it away when that will not come back. The
migrations of the version after this one take away what is still there.
"""

from django.db import connection, transaction

# Table → its columns that only the version before knows.
COLUMNS = {"claims_speaker": ["title"], "claims_readerreport": ["contact"]}
# What fills the tables of this version from what that one writes.
FUNCTIONS = ["claims_former_contact()"]
TRIGGERS = ["claims_readerreport.former_contact"]


def names() -> set[str]:
    """Return what may be missing, by the names of checks.definitions."""
    columns = {f"{table}.{each}" for table, own in COLUMNS.items() for each in own}
    return columns.union(FUNCTIONS, TRIGGERS)


def contract() -> None:
    """Drop it, all or nothing; done twice it does no harm."""
    with transaction.atomic(), connection.cursor() as cursor:
        for function in FUNCTIONS:
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
        for table, columns in COLUMNS.items():
            drops = ", ".join(f"DROP COLUMN IF EXISTS {each}" for each in columns)
            cursor.execute(f"ALTER TABLE {table} {drops}")
