"""Private addresses of calendars: a secret in the address, its digest in the table."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from claims.exceptions import NotPermitted
from claims.models import CalendarAddress, acting


def new_address(user) -> str:
    """Return a new secret for a user's calendar; one given out before is void."""
    if not may_have_calendar(user):
        raise NotPermitted("")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic(), acting(user):
        CalendarAddress.objects.update_or_create(
            user=user, defaults={"digest": _digest(secret)}
        )
    return secret


def drop_address(user) -> None:
    """Make a user's calendar address void, if there is one."""
    with transaction.atomic(), acting(user):
        CalendarAddress.objects.filter(user=user).delete()


def user_of(secret: str):
    """Return the user whose calendar a secret opens, None if it opens none."""
    address = (
        CalendarAddress.objects.filter(digest=_digest(secret))
        .select_related("user")
        .first()
    )
    return address.user if address and may_have_calendar(address.user) else None


def may_have_calendar(user) -> bool:
    """Return whether a user works at the desk, now: not only on the day of asking."""
    return user.is_active and user.is_staff and user.has_perm("claims.view_claim")


def _digest(secret):
    # A secret of 256 random bits needs no slow hash.
    return hashlib.sha256(secret.encode()).hexdigest()
