"""Following a list by mail: asking for it, confirming, leaving, and being forgotten.

Nobody learns here whether an address follows something: whatever is asked for it is
answered alike, and what is true stands in the mail to the address itself.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk.outbox import queue
from claims.desk.throttle import (
    WINDOW,
    TooMany,
    free_at,
    keyed_hash,
    one_at_a_time,
)
from claims.http.client_ip import client_network
from claims.models import ChangeCounter, Follower, Message

# The mail that asks whether an address wants to be told.
ASKED = "follow_ask"
# So many of those go to one address within an hour, whoever asks for them.
MAILS_TO_ONE = 3


def is_offered() -> bool:
    """Return whether readers can follow by mail here: it is set how mails go out."""
    can_send = settings.MAIL_FROM and (settings.MAIL_SERVER or settings.DEBUG)
    return bool(can_send and settings.FACTCHECK["URL"])


def sender_hash(address: str) -> str:
    """Return the keyed hash under which a network address is counted."""
    return keyed_hash("following", client_network(address))


def ask_to_follow(
    address: str, query: str, *, pace: str, language: str, sender: str
) -> None:
    """Have an address asked by mail whether it wants to be told of a list.

    Raises TooMany beyond the limits of one sender and of all. Beyond the limit of the
    address nothing is sent, and nothing said: others may have asked for it.
    """
    name, _at, domain = address.rpartition("@")
    address = f"{name}@{domain.lower()}"
    with one_at_a_time("following"):
        _check_limits(sender)
        own = Follower.objects.filter(address__iexact=address)
        asked = Message.objects.filter(follower__in=own, event=ASKED)
        if free_at(asked, MAILS_TO_ONE, by="created_at"):
            return
        now = timezone.now()
        follower = own.filter(query=query).first()
        if follower is None:
            follower = Follower(
                address=address, query=query, token=secrets.token_urlsafe(32)
            )
        if follower.confirmed_at is None:
            follower.pace, follower.language = pace, language
        follower.sender, follower.asked_at = sender, now
        follower.save()
        queue(
            f"{ASKED}-{follower.pk}-{now:%Y%m%d%H%M%S%f}",
            event=ASKED,
            payload="",
            follower=follower,
        )


def _check_limits(sender):
    everybody = Follower.objects.all()
    by = {"by": "asked_at"}
    if free_at(everybody.filter(sender=sender), settings.FOLLOWS_FROM_ONE, **by):
        raise TooMany(
            _(
                "You have asked for many lists within an hour. The mails are on their "
                "way; please ask for the next list later."
            )
        )
    if free_at(everybody, settings.FOLLOWS_FROM_ALL, **by):
        raise TooMany(
            _("Very many readers ask for mails just now. Please try again later.")
        )


def confirm(token: str) -> Follower | None:
    """Tell a follower of what is published from now on; None for no such link.

    A second time changes nothing.
    """
    with transaction.atomic():
        follower = Follower.objects.select_for_update().filter(token=token).first()
        if follower is None or follower.confirmed_at:
            return follower
        if follower.asked_at < _oldest():
            return None
        follower.confirmed_at = timezone.now()
        follower.last_change = ChangeCounter.objects.get().number
        follower.save(update_fields=["confirmed_at", "last_change"])
        return follower


def leave(token: str) -> None:
    """Delete a follower, its address and whatever waits for it or was sent to it."""
    with transaction.atomic():
        Follower.objects.filter(token=token).delete()


def forget_unconfirmed() -> int:
    """Delete addresses that nobody confirmed in time; return how many."""
    with transaction.atomic():
        Follower.objects.filter(asked_at__lt=timezone.now() - WINDOW).exclude(
            sender=""
        ).update(sender="")
        late = Follower.objects.filter(confirmed_at=None, asked_at__lt=_oldest())
        count = late.count()
        late.delete()
    return count


def _oldest():
    return timezone.now() - timedelta(hours=settings.FOLLOW_CONFIRM_HOURS)
