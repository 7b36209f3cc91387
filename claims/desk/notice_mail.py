"""Notices by mail: at once or in the digest of the day, through the outbox.

`queue_mail()` puts what nobody was mailed into the outbox, each notice once. Right
before a mail goes out, `is_as_due()` looks whether it still says what it should to whom
it should; if not, it is taken back, and what is left of it is queued anew.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from claims.desk.notices import choices_of, may_see, things_of, title_of
from claims.desk.outbox import queue
from claims.desk.publications import display_name
from claims.models import Message, Notice
from claims.models.choices import MailWhen, NoticeKind

NOTICE, DIGEST = "desk_notice", "desk_digest"
# So many stand in one mail; the rest in the next.
MOST = 100
LONGEST_SUBJECT = 200


def queue_mail() -> int:
    """Queue what somebody is to be told by mail; return how many mails that makes."""
    waiting = Notice.objects.filter(mail_key="").order_by()
    at_once = waiting.filter(mail=MailWhen.AT_ONCE).values_list("user", flat=True)
    queued = sum(_queue_for(user, MailWhen.AT_ONCE) for user in at_once.distinct())
    now = timezone.localtime()
    if now.hour < settings.DIGEST_HOUR:
        return queued
    daily = waiting.filter(mail=MailWhen.DAILY).values_list("user", flat=True)
    keys = {f"digest-{now:%Y%m%d}-{user}": user for user in daily.distinct()}
    told = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    for key in keys.keys() - set(told):
        queued += _queue_for(keys[key], MailWhen.DAILY, key)
    return queued


def _queue_for(user, when, key="") -> bool:
    """Queue a mail with what waits for one person; return whether there was any."""
    with transaction.atomic():
        waiting = (
            Notice.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(user=user, mail=when, mail_key="")
            .select_related("user", "by")
            .order_by("pk")[:MOST]
        )
        rows = list(waiting)
        # What was read at the desk meanwhile needs no mail.
        told = _to_be_told([row for row in rows if row.read_at is None])
        left_out = {row.pk for row in rows} - {row.pk for row, _thing in told}
        Notice.objects.filter(pk__in=left_out).update(mail=MailWhen.NEVER)
        if not told:
            return False
        key = key or f"notice-{told[0][0].pk}"
        letter = _letter(when, told)
        queue(key, event=_event(when), recipient=told[0][0].user.email, **letter)
        if not Message.objects.filter(key=key, payload=letter["payload"]).exists():
            # Another process was first, with others of this person.
            return False
        numbers = [row.pk for row, _thing in told]
        Notice.objects.filter(pk__in=numbers).update(mail_key=key)
        return True


def is_as_due(message: Message) -> bool:
    """Return whether a message may be sent as it is; if not, take it back.

    What is not of here may.
    """
    if message.event not in {NOTICE, DIGEST}:
        return True
    when = MailWhen.DAILY if message.event == DIGEST else MailWhen.AT_ONCE
    of_it = Notice.objects.filter(mail_key=message.key)
    rows = list(of_it.select_related("user", "by").order_by("pk"))
    told = _to_be_told(rows)
    if rows and len(told) == len(rows) and rows[0].user.email == message.recipient:
        letter = _letter(when, told)
        if (message.subject, message.payload) == (letter["subject"], letter["payload"]):
            return True
    with transaction.atomic():
        of_it.update(mail_key="")
        Message.objects.filter(pk=message.pk, sent_at=None).delete()
    return False


def _to_be_told(rows) -> list[tuple[Notice, object]]:
    """Return the notices of one person that may go out by mail, each with its thing."""
    if not rows or not rows[0].user.email:
        return []
    user = rows[0].user
    choices, things = choices_of(user), things_of(rows)
    return [
        (row, thing)
        for row in rows
        if choices[NoticeKind(row.kind)].mail != MailWhen.NEVER
        and (thing := things.get((row.model, row.row))) is not None
        and may_see(user, thing)
    ]


def _event(when):
    return DIGEST if when == MailWhen.DAILY else NOTICE


def _letter(when, told) -> dict[str, str]:
    """Return subject and text of a mail: titles, names and addresses, no other word."""
    name, site = settings.FACTCHECK["NAME"], settings.FACTCHECK["URL"]
    with override(settings.LANGUAGE_CODE):
        parts = [_told(row, thing, site) for row, thing in told]
        row, thing = told[0]
        if when == MailWhen.DAILY:
            said = _("Your digest of the day")
        elif len(told) == 1:
            said = f"{row.get_kind_display()}: {title_of(thing)}"
        else:
            said = ngettext("%(n)d notice", "%(n)d notices", len(told))
            said %= {"n": len(told)}
        why = _(
            "You receive this as one of %(desk)s. What you are told by mail, and when, "
            "you choose here:"
        ) % {"desk": name}
        parts.append(f"-- \n{why}\n{site}{reverse('admin:claims_notice_choices')}")
    return {
        "subject": f"[{name}] {said}"[:LONGEST_SUBJECT],
        "payload": "\n\n".join(parts) + "\n",
    }


def _told(notice, thing, site):
    """Return what one notice says in a mail."""
    at = date_format(notice.at, "DATETIME_FORMAT")
    by = f"{display_name(notice.by)}, " if notice.by else ""
    page = reverse("admin:claims_notice_change", args=[notice.pk])
    return "\n".join(
        [str(notice.get_kind_display()), title_of(thing), f"{by}{at} UTC", site + page]
    )
