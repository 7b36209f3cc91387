"""Delivery of the outbox: queues what was published, sends what is due."""

from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from claims.desk.agenda import tell_of_deadlines
from claims.desk.follow_mail import (
    is_as_published,
    leave_address,
    queue_follow_mail,
    text_of,
)
from claims.desk.following import forget_unconfirmed
from claims.desk.notice_mail import is_as_due, queue_mail
from claims.desk.notices import forget_read
from claims.desk.outbox import (
    forget_sent,
    note_failed,
    note_sent,
    queue_changes,
    secrets_of,
    take_next,
)
from claims.desk.report_notices import queue_notices
from claims.desk.reports import forget_contacts
from claims.exchange.webhooks import NotDelivered, post, signed_headers
from claims.models import Message
from claims.models.choices import Channel

# Longer than any try may take: when it ends, whoever held it is dead.
LEASE = timedelta(minutes=5)
# A receiver may ask to wait, and not for ever.
LONGEST_WAIT = timedelta(days=1)


def deliver_due(*, may_go_on=lambda: True) -> tuple[int, int]:
    """Send until nothing is due; return how many were sent, how many failed."""
    queue_changes()
    tell_of_deadlines()
    queue_mail()
    queue_notices()
    queue_follow_mail()
    sent = failed = 0
    while may_go_on() and (message := take_next(LEASE)) is not None:
        if not is_as_due(message):
            # What is left of it is queued anew.
            queue_mail()
            continue
        if not is_as_published(message):
            continue
        try:
            send(message)
        except NotDelivered as problem:
            wait = min(timedelta(seconds=problem.retry_after), LONGEST_WAIT)
            note_failed(message, str(problem), is_gone=problem.is_gone, at_least=wait)
            failed += 1
        else:
            note_sent(message)
            sent += 1
    return sent, failed


def forget_old() -> int:
    """Delete what was sent or read, and addresses of readers, kept long enough."""
    age = timedelta(days=settings.OUTBOX_DAYS)
    forget_read(age)
    forget_contacts()
    forget_unconfirmed()
    return forget_sent(age)


def send(message: Message) -> None:
    """Send one message now; raise NotDelivered."""
    subscription = message.subscription
    if subscription is None or message.channel == Channel.MAIL:
        send_mail(message)
        return
    body = message.payload.encode()
    headers = signed_headers(
        identifier_of(message), body, secrets_of(subscription), at=int(time.time())
    )
    post(
        subscription.address,
        body,
        headers,
        may_be_private=settings.WEBHOOKS_PRIVATE,
    )


def send_mail(message: Message) -> None:
    """Hand a mail to the mail server; raise NotDelivered."""
    # With DEBUG on, mail is printed.
    if not (settings.MAIL_FROM and (settings.MAIL_SERVER or settings.DEBUG)):
        why = _("No mail server or sender is set: FACTCHECK_MAIL_URL, _MAIL_FROM.")
        raise NotDelivered(why)
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{identifier_of(message)}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    text = message.payload
    if message.follower is not None:
        text = text_of(message)
        # One click in a mail program, by RFC 8058.
        headers["List-Unsubscribe"] = f"<{leave_address(message.follower)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMessage(
        message.subject,
        text,
        settings.MAIL_FROM,
        [message.address],
        headers=headers,
    )
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:
        # The answer of the server may hold anything: its class will do.
        why = _("The mail server did not take it (%(kind)s).")
        raise NotDelivered(why % {"kind": type(error).__name__}) from None


def identifier_of(message: Message) -> str:
    """Return the id of a message, the same at each try, and of no other message.

    It follows from what is said: a database restored from a backup says the same thing
    under the same id, and another thing, queued under a key used before, under another.
    """
    said = f"{message.key}\0{message.subject}\0{message.payload}".encode()
    return f"msg_{hashlib.sha256(said).hexdigest()[:32]}"
