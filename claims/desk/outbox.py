"""The outbox: who is told of publications, what is queued for them, what became of it.

A publication writes no row here. Its row of the change feed, in its own transaction, is
what will be sent: numbers have no gaps and become visible in their order, so that
`queue_changes()` reads on from the last number of each subscription. Nothing can be
forgotten, whatever wrote the change, and no publication waits or fails for a receiver.
Whatever else goes out is queued by `queue()`.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.models import (
    ChangeCounter,
    Follower,
    Message,
    PublicChange,
    PublishedVerdict,
    Subscription,
)
from claims.models.choices import Channel
from claims.models.outbox import EVENTS

TEST = "test"
# How long after the first, second, … failure the next try is; then it is given up.
DELAYS = (
    *(timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
JITTER = 0.2
# How long an address rests after a failure, whichever message it was.
LONGEST_REST = timedelta(minutes=1)
# Receivers change to a new secret within this time; both sign meanwhile.
ROTATION = timedelta(days=1)
BATCH = 500
LONGEST_ERROR = 300
_random = secrets.SystemRandom()


def new_secret() -> str:
    """Return a signing secret in the form of Standard Webhooks."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def subscribe(subscription: Subscription) -> str:
    """Store a new subscription, told of all that is published from now on.

    Returns its secret, "" for mail.
    """
    if subscription.channel == Channel.WEBHOOK:
        subscription.secret = new_secret()
    subscription.last_change = ChangeCounter.objects.get().number
    subscription.save(force_insert=True)
    return subscription.secret


def replace_secret(subscription: Subscription) -> str:
    """Give a webhook another secret and return it; the former signs for a day more."""
    with transaction.atomic():
        subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
        subscription.former_secret = subscription.secret
        subscription.former_until = timezone.now() + ROTATION
        subscription.secret = new_secret()
        subscription.save(update_fields=["secret", "former_secret", "former_until"])
    return subscription.secret


def secrets_of(subscription: Subscription) -> list[str]:
    """Return the secrets that sign now: the newest, and the former one for a while."""
    until = subscription.former_until
    former = [subscription.former_secret] if until and until > timezone.now() else []
    return [subscription.secret, *former]


# --- Queueing -------------------------------------------------------------------------


def queue(
    key: str,
    *,
    event: str,
    payload: str,
    channel: str = Channel.MAIL,
    subscription: Subscription | None = None,
    follower: Follower | None = None,
    changes: Iterable[int] = (),
    recipient: str = "",
    subject: str = "",
    due_at: datetime | None = None,
) -> None:
    """Queue one message, in the transaction under way; the same key twice is one."""
    message = Message(
        key=key,
        event=event,
        payload=payload,
        channel=channel,
        subscription=subscription,
        follower=follower,
        changes=[*changes],
        recipient=recipient,
        subject=subject,
        due_at=due_at or timezone.now(),
    )
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=True)


def queue_test(subscription: Subscription) -> None:
    """Queue a message that says that it is a test."""
    now = datetime.now(UTC)
    queue(
        f"test-{subscription.pk}-{now:%Y%m%d%H%M%S%f}",
        event=TEST,
        channel=subscription.channel,
        subscription=subscription,
        **_composed(subscription, TEST, now, {"test": True}),
    )


def queue_changes() -> int:
    """Queue what subscriptions were not told of yet; return how many messages."""
    queued = 0
    newest = ChangeCounter.objects.get().number
    behind = Subscription.objects.filter(is_active=True, last_change__lt=newest)
    for key in behind.values_list("pk", flat=True):
        while (written := _queue_next(key)) is not None:
            queued += written
    return queued


def _queue_next(key: int) -> int | None:
    """Queue the next changes for a subscription and move it on, both or neither.

    None: it was told of all, or another process is at it.
    """
    with transaction.atomic():
        locked = Subscription.objects.select_for_update(skip_locked=True)
        subscription = locked.filter(pk=key, is_active=True).first()
        if subscription is None:
            return None
        after = PublicChange.objects.filter(number__gt=subscription.last_change)
        changes = list(after.order_by("number")[:BATCH])
        if not changes:
            return None
        wanted = set(subscription.events) & set(EVENTS)
        told = [each for each in changes if each.kind in wanted and each.claim_id]
        versions = versions_published(told)
        messages = [
            Message(
                key=f"change-{change.number}-{subscription.pk}",
                event=change.kind,
                channel=subscription.channel,
                subscription=subscription,
                due_at=timezone.now(),
                **_composed(
                    subscription,
                    change.kind,
                    change.at,
                    _public_facts(change, versions.get(change.number)),
                ),
            )
            for change in told
        ]
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        subscription.last_change = changes[-1].number
        subscription.save(update_fields=["last_change"])
        return len(messages)


def versions_published(changes: Iterable[PublicChange]) -> dict[int, int]:
    """Return the version that each change published, by the change's number."""
    claims = {change.claim_id for change in changes}
    published: dict[int, list] = {}
    rows = PublishedVerdict.objects.filter(claim__in=claims)
    for claim, number, at in rows.values_list("claim", "number", "published_at"):
        published.setdefault(claim, []).append((number, at))
    versions = {}
    for change in changes:
        until = [n for n, at in published.get(change.claim_id, ()) if at <= change.at]
        if until:
            versions[change.number] = max(until)
    return versions


def _public_facts(change, version):
    """Return what a receiver is told: keys and addresses, and no words.

    Words may have been taken off the site before a message arrives.
    """
    page = f"{settings.FACTCHECK['URL']}/claims/{change.claim_id}/"
    return {
        "change": change.number,
        "kind": change.kind,
        "claim": change.claim_id,
        "version": version,
        "url": page,
        "version_url": version and f"{page}versions/{version}/",
    }


def _composed(subscription, event, at, facts):
    if subscription.channel == Channel.WEBHOOK:
        data = {
            "type": f"claim.{event}" if event != TEST else TEST,
            "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "data": facts,
        }
        return {"payload": json.dumps(data, separators=(",", ":"))}
    with override(settings.LANGUAGE_CODE):
        return _letter(event, facts)


def _letter(event, facts):
    """Return subject and text of a mail."""
    name = settings.FACTCHECK["NAME"]
    why = _(
        "You receive this because %(desk)s entered this address. Write to the desk to "
        "receive no more."
    ) % {"desk": name}
    if event == TEST:
        what, lines = _("A test"), [_("This is a test. Nothing was published.")]
    else:
        what = str(dict(PublicChange._meta.get_field("kind").flatchoices)[event])
        lines = [f"{what}:", facts["version_url"] or facts["url"]]
        number = _("Claim %(claim)s, change %(change)s.") % facts
        lines.append(number)
    return {
        "subject": f"[{name}] {what}"[:200],
        "payload": "\n\n".join([*lines, f"-- \n{why}"]) + "\n",
    }


# --- Sending --------------------------------------------------------------------------


def take_next(lease: timedelta) -> Message | None:
    """Return the message that is due next, for this process alone until the lease ends.

    The try counts from here on: a process that dies in the middle has tried.
    """
    with transaction.atomic():
        due = Message.objects.due().select_related("subscription", "follower")
        message = due.select_for_update(skip_locked=True, of=("self",)).first()
        if message is not None:
            message.leased_until = timezone.now() + lease
            message.tries += 1
            message.save(update_fields=["leased_until", "tries"])
    return message


def note_sent(message: Message) -> None:
    """Note that a message taken by take_next() arrived."""
    _settle(message, sent_at=timezone.now(), last_error="")


@transaction.atomic
def note_failed(
    message: Message, error: str, *, is_gone=False, at_least: timedelta = timedelta()
) -> None:
    """Note a failed try: the next one is due later, or it was the last.

    `is_gone`: the receiver wants nothing more, so its subscription is switched off.
    """
    now, error = timezone.now(), error[:LONGEST_ERROR]
    if is_gone or message.tries > len(DELAYS):
        _settle(message, dead_at=now, last_error=error)
        delay = DELAYS[0]
    else:
        delay = DELAYS[message.tries - 1]
        delay = max(delay * _random.uniform(1 - JITTER, 1 + JITTER), at_least)
        _settle(message, due_at=now + delay, last_error=error)
    if message.subscription_id:
        Subscription.objects.filter(pk=message.subscription_id).update(
            paused_until=now + min(delay, LONGEST_REST),
            **({"is_active": False} if is_gone else {}),
        )


def _settle(message, **outcome):
    """Write an outcome, unless the lease ended and another process took over."""
    Message.objects.filter(
        pk=message.pk, leased_until=message.leased_until, sent_at=None
    ).update(leased_until=None, **outcome)


def send_again(messages) -> int:
    """Queue messages anew that were given up; return how many."""
    with transaction.atomic():
        return messages.filter(dead_at__isnull=False).update(
            dead_at=None, tries=0, due_at=timezone.now()
        )


def forget_sent(age: timedelta) -> int:
    """Delete messages that were sent longer ago than that; return how many."""
    with transaction.atomic():
        return Message.objects.filter(sent_at__lt=timezone.now() - age).delete()[0]
