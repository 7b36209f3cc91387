"""System checks of what the codes of the field ask of a desk: `check --deploy`."""

from django.conf import settings
from django.core.checks import Info, Warning, register
from django.db import DatabaseError

from claims.reading.desk_pages import missing_pages, published_slugs

ADDRESSES = ("IFCN_COMPLAINTS", "EFCSN_COMPLAINTS")


@register(deploy=True)
def pages_that_codes_ask_for(**_kwargs):
    """Warn of pages about the desk that are missing; tell of addresses that are."""
    issues = [
        Info(
            f"FACTCHECK_{name} is not set.",
            hint="A desk that has signed the code tells readers where to complain.",
            id="claims.I001",
        )
        for name in ADDRESSES
        if not settings.FACTCHECK[name]
    ]
    try:
        missing = missing_pages(published_slugs())
    except DatabaseError:
        # Another check says what is wrong with the database.
        return issues
    if missing:
        names = ", ".join(slug.value for slug in missing)
        warning = Warning(
            f"Pages that the codes ask for and nobody has published: {names}.",
            hint="They are written at the desk, under Desk pages.",
            id="claims.W005",
        )
        return [warning, *issues]
    return issues
