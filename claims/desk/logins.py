"""Throttle of logins: failed tries counted by login name and network.

By login name and network together first: whoever guesses at a name shuts out nobody
who signs in from elsewhere. All names from one network more loosely, against one
guess at each of many names.
"""

from __future__ import annotations

import math
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import ngettext

from claims.desk.throttle import (
    WINDOW,
    TooMany,
    free_at,
    keyed_hash,
    one_at_a_time,
)
from claims.http.client_ip import client_network
from claims.models import LoginTry


def begin_try(name: str, address: str) -> LoginTry:
    """Record a login try before the password is checked, and return the record.

    Noted before it is known whether the password is right: many guesses at once
    would otherwise all be made before the first is counted. Raises TooMany.
    """
    network = client_network(address)
    pair = keyed_hash("logins.pair", f"{name.casefold()}\n{network}")
    return _begin(pair, keyed_hash("logins.network", network), _too_many)


def begin_code_try(user, address: str) -> LoginTry:
    """Record a try at a user's second factor, and return the record; as begin_try().

    From one network as few as passwords, and from all networks together as few as
    passwords from one: whoever tries codes knows the password already.
    """
    pair = keyed_hash("codes.pair", f"{user.pk}\n{client_network(address)}")
    return _begin(pair, keyed_hash("codes.user", str(user.pk)), _too_many_codes)


def _begin(pair, network, too_many):
    now = timezone.now()
    with one_at_a_time("logins"):
        LoginTry.objects.filter(at__lte=now - WINDOW).delete()
        for rows, most in (
            (LoginTry.objects.filter(pair=pair), settings.LOGIN_TRIES),
            (LoginTry.objects.filter(network=network), settings.LOGIN_TRIES_NETWORK),
        ):
            until = free_at(rows, most, by="at")
            if until is not None:
                raise too_many(until)
        return LoginTry.objects.create(pair=pair, network=network, at=now)


def end_tries(right: LoginTry) -> None:
    """Delete a user's failed tries after a successful login."""
    LoginTry.objects.filter(pair=right.pair).delete()


def forget_all_tries() -> int:
    """Delete all failed tries; return how many there were."""
    return LoginTry.objects.all().delete()[0]


def _too_many(until: datetime) -> TooMany:
    seconds, minutes = _left(until)
    sentence = ngettext(
        "Too many passwords were tried from here. Try again in %(minutes)d "
        "minute, or ask whoever runs this site to let you in sooner.",
        "Too many passwords were tried from here. Try again in %(minutes)d "
        "minutes, or ask whoever runs this site to let you in sooner.",
        minutes,
    )
    return TooMany(sentence % {"minutes": minutes}, seconds)


def _too_many_codes(until: datetime) -> TooMany:
    seconds, minutes = _left(until)
    sentence = ngettext(
        "Too many codes were tried. Try again in %(minutes)d minute.",
        "Too many codes were tried. Try again in %(minutes)d minutes.",
        minutes,
    )
    return TooMany(sentence % {"minutes": minutes}, seconds)


def _left(until):
    """Return the seconds and minutes until then, each at least one."""
    seconds = (until - timezone.now()).total_seconds()
    return max(1, math.ceil(seconds)), max(1, math.ceil(seconds / 60))
