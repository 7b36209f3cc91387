"""How often passwords may be tried, counted in the database for all processes.

By login name and network together first: whoever guesses at a name shuts out nobody
who signs in from elsewhere. All names from one network more loosely, against one
guess at each of many names.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from claims.exceptions import Refused
from claims.http.client_ip import network_of
from claims.models import LoginTry

WINDOW = timedelta(hours=1)


class TooManyTries(Refused):
    """So many passwords were tried that the next one has to wait."""

    status = 429

    def __init__(self, until: datetime):
        seconds = (until - timezone.now()).total_seconds()
        self.retry_after = max(1, math.ceil(seconds))
        minutes = max(1, math.ceil(seconds / 60))
        super().__init__(
            ngettext(
                "Too many passwords were tried from here. Try again in %(minutes)d "
                "minute, or ask whoever runs this site to let you in sooner.",
                "Too many passwords were tried from here. Try again in %(minutes)d "
                "minutes, or ask whoever runs this site to let you in sooner.",
                minutes,
            )
            % {"minutes": minutes}
        )


def begin_try(name: str, address: str) -> LoginTry:
    """Note that a password is about to be tried, and return the note.

    Noted before it is known whether the password is right: many guesses at once
    would otherwise all be made before the first is counted. Raises TooManyTries.
    """
    now = timezone.now()
    network = network_of(address)
    pair = _hash("pair", f"{name.casefold()}\n{network}")
    network = _hash("network", network)
    with transaction.atomic():
        _one_at_a_time()
        LoginTry.objects.filter(at__lte=now - WINDOW).delete()
        for rows, most in (
            (LoginTry.objects.filter(pair=pair), settings.LOGIN_TRIES),
            (LoginTry.objects.filter(network=network), settings.LOGIN_TRIES_NETWORK),
        ):
            # The one that has to grow old before there are fewer than the most.
            times = rows.order_by("-at", "-pk").values_list("at", flat=True)
            hindering = times[most - 1 : most].first() if most > 0 else None
            if hindering is not None:
                raise TooManyTries(hindering + WINDOW)
        return LoginTry.objects.create(pair=pair, network=network, at=now)


def end_tries(right: LoginTry) -> None:
    """Forget what somebody mistyped who has found the password in the end."""
    LoginTry.objects.filter(pair=right.pair).delete()


def forget_all_tries() -> int:
    """Let everybody try again at once; return how many tries were forgotten."""
    return LoginTry.objects.all().delete()[0]


def _hash(what, words):
    salt = f"claims.logins.{what}"
    return salted_hmac(salt, words, algorithm="sha256").hexdigest()


def _one_at_a_time():
    """Let tries be counted and noted one after the other, or some slip through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('claims.logins'))")
