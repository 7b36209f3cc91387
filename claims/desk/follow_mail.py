"""Mails to readers who follow a list: what is queued for each, and what they say.

As with subscriptions, the change feed is what will be sent: a follower's cursor moves
on in the transaction that queues its mail. A mail is written from what is published
when it is queued, and again right before it goes out: words that were taken off the
site meanwhile are in none.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from claims.desk.following import ASKED
from claims.desk.outbox import queue, versions_published
from claims.lists.following import claims_of_list, name_of_list
from claims.models import (
    ChangeCounter,
    Follower,
    Message,
    PublicChange,
    PublicClaim,
    PublishedVerdict,
)
from claims.models.choices import FollowPace, PublicationKind, PublicState
from claims.models.outbox import EVENTS

TOLD = "follow"
# So many changes are read at once, and so many stand in one mail.
BATCH, MOST = 500, 100
LONGEST_SUBJECT = 200


# --- Queueing -------------------------------------------------------------------------


def queue_follow_mail() -> int:
    """Queue what followers were not told of yet; return how many mails that makes."""
    queued = 0
    newest = ChangeCounter.objects.get().number
    behind = Follower.objects.confirmed().filter(last_change__lt=newest)
    now = timezone.localtime()
    due = Q(pace=FollowPace.AT_ONCE)
    if now.hour >= settings.DIGEST_HOUR:
        today = now.date()
        due |= Q(digest_on=None) | Q(digest_on__lt=today)
    # Many follow the same list, and are as far.
    found: dict[tuple[str, int], tuple[int, list[int]]] = {}
    for key in behind.filter(due).order_by("pk").values_list("pk", flat=True):
        while (written := _queue_next(key, found)) is not None:
            queued += written
    return queued


def _queue_next(key, found) -> int | None:
    """Queue the next changes for a follower and move it on, both or neither.

    None: it was told of all, or another process is at it.
    """
    with transaction.atomic():
        locked = Follower.objects.confirmed().select_for_update(skip_locked=True)
        follower = locked.filter(pk=key).first()
        if follower is None:
            return None
        place = follower.query, follower.last_change
        if place not in found:
            found[place] = _changes_of_list(*place)
        last, told = found[place]
        if last == follower.last_change:
            if follower.pace == FollowPace.DAILY:
                # The next one is tomorrow's, now that it was told of all.
                follower.digest_on = timezone.localdate()
                follower.save(update_fields=["digest_on"])
            return None
        for first in range(0, len(told), MOST):
            numbers = told[first : first + MOST]
            queue(
                f"{TOLD}-{follower.pk}-{numbers[0]}",
                event=TOLD,
                follower=follower,
                changes=numbers,
                **_letter(follower, numbers),
            )
        follower.last_change = last
        follower.save(update_fields=["last_change"])
        return -(-len(told) // MOST)


def _changes_of_list(query, after) -> tuple[int, list[int]]:
    """Return the number of the last change read, and those that the list is told of."""
    changes = list(
        PublicChange.objects.filter(number__gt=after).order_by("number")[:BATCH]
    )
    if not changes:
        return after, []
    told = [each for each in changes if each.kind in EVENTS and each.claim_id]
    mine = claims_of_list(query, {change.claim_id for change in told})
    told = [change for change in told if change.claim_id in mine]
    versions = _versions(told)
    return changes[-1].number, [
        change.number
        for change in told
        # Of checks published elsewhere an archive may bring thousands, all of them old.
        if (version := versions.get(change.number)) is None
        or version.kind != PublicationKind.ARCHIVE
    ]


def _versions(changes):
    """Return the version of a verdict that each change published, by its number."""
    numbers = versions_published(changes)
    rows = PublishedVerdict.objects.filter(
        claim__in={change.claim_id for change in changes},
        number__in=set(numbers.values()),
    )
    found = {(row.claim_id, row.number): row for row in rows}
    versions = {}
    for change in changes:
        version = found.get((change.claim_id, numbers.get(change.number)))
        if version is not None:
            versions[change.number] = version
    return versions


# --- What it says ---------------------------------------------------------------------


def is_as_published(message: Message) -> bool:
    """Return whether a message may be sent, put right to what is published now.

    What is of no follower is left alone; of one who left there is nothing to send.
    """
    if message.follower_id is None:
        return True
    if not Follower.objects.filter(pk=message.follower_id).exists():
        return False
    if message.event == ASKED:
        message.subject = _asking(message.follower)[0]
        return True
    letter = _letter(message.follower, message.changes)
    if (message.subject, message.payload) != (letter["subject"], letter["payload"]):
        message.subject, message.payload = letter["subject"], letter["payload"]
        with transaction.atomic():
            Message.objects.filter(pk=message.pk, sent_at=None).update(**letter)
    return True


def text_of(message: Message) -> str:
    """Return the whole text of a mail to a follower: with the links that are its own.

    They stand in no stored message, where somebody of the desk could open them.
    """
    follower = message.follower
    if message.event == ASKED:
        return _asking(follower)[1]
    with override(follower.language):
        why = _(
            "You receive this because you follow this list of %(desk)s: %(list)s. To "
            "end it, and have your address deleted, open this page:"
        ) % {"desk": settings.FACTCHECK["NAME"], "list": name_of_list(follower.query)}
        return f"{message.payload}\n-- \n{why}\n{leave_address(follower)}\n"


def leave_address(follower: Follower) -> str:
    """Return where one click ends it: a POST there, by a mail program or a button."""
    return _address("follow_leave", follower)


def _address(name, follower):
    path = reverse(f"claims:{name}", args=[follower.token])
    language = "" if follower.language == settings.LANGUAGE_CODE else follower.language
    prefix = f"/{language}" if language else ""
    return f"{settings.FACTCHECK['URL']}{prefix}{path}"


def _asking(follower) -> tuple[str, str]:
    """Return subject and text of the mail that asks whether somebody wants this."""
    name = settings.FACTCHECK["NAME"]
    told = {
        "desk": name,
        "list": name_of_list(follower.query),
        "hours": settings.FOLLOW_CONFIRM_HOURS,
    }
    with override(follower.language):
        if follower.confirmed_at:
            subject = _("You follow this list")
            lines = [
                _(
                    "Somebody, likely you, asked %(desk)s for mails to this address "
                    "about this list: %(list)s."
                )
                % told,
                _("You follow it already. To end it, open this page:"),
                leave_address(follower),
            ]
        else:
            subject = _("Please confirm that you want these mails")
            lines = [
                _(
                    "Somebody, likely you, asked %(desk)s for mails to this address "
                    "about this list: %(list)s."
                )
                % told,
                _("If you want them, open this page and press the button:"),
                _address("follow_confirm", follower),
                _(
                    "If not, do nothing: you get no mail of this kind, and the address "
                    "is deleted after %(hours)s hours."
                )
                % told,
            ]
    return f"[{name}] {subject}"[:LONGEST_SUBJECT], "\n\n".join(lines) + "\n"


def _letter(follower, numbers) -> dict[str, str]:
    """Return subject and text of a mail that tells of changes."""
    changes = list(PublicChange.objects.filter(number__in=numbers).order_by("number"))
    versions = _versions(changes)
    off = set(
        PublicClaim.objects.filter(
            pk__in={change.claim_id for change in changes}, state=PublicState.WITHDRAWN
        ).values_list("pk", flat=True)
    )
    with override(follower.language):
        parts = [
            _told(change, versions.get(change.number), change.claim_id in off)
            for change in changes
        ]
        if len(changes) == 1:
            said = changes[0].get_kind_display()
        else:
            said = ngettext("%(n)d change", "%(n)d changes", len(changes))
            said %= {"n": len(changes)}
    name = settings.FACTCHECK["NAME"]
    return {
        "subject": f"[{name}] {said}"[:LONGEST_SUBJECT],
        "payload": "\n\n".join(parts) + "\n",
    }


def _told(change, version, is_off) -> str:
    """Return what a mail says of a change: of a withdrawn claim no words."""
    page = f"{settings.FACTCHECK['URL']}/claims/{change.claim_id}/"
    lines = [str(change.get_kind_display())]
    if version is not None:
        page += f"versions/{version.number}/"
        if not is_off:
            names = [version.speaker_name, *(one["name"] for one in version.speakers)]
            lines += [
                f"{'; '.join(names)}: {version.claim_reviewed}",
                _("Verdict: %(verdict)s") % {"verdict": version.verdict_state},
            ]
    return "\n".join([*lines, page])
