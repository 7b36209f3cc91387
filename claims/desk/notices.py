"""Notices: people of the desk are told of what happened, as each of them wants it.

`notify()` writes rows in the transaction of what they tell of: what is rolled back is
told to nobody. Mail goes out later, from those rows (`notice_mail.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import (
    Article,
    Claim,
    Evidence,
    LinkCheck,
    Notice,
    NoticeChoice,
    ReaderReport,
    RemovalRequest,
    Thread,
    Verdict,
)
from claims.models.choices import (
    MailWhen,
    NoticeKind,
    ReportKind,
    Subject,
    ThreadSubject,
    VerdictStatus,
)

logger = logging.getLogger(__name__)
# Users without a group's rights are found by this one; others know no permissions.
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Nobody counts further.
MOST = 99


class Choice(NamedTuple):
    """Whether somebody is told of a kind of thing in the product, and when by mail."""

    in_product: bool
    mail: str


# What any reader can bring about is not among them.
AT_ONCE = {
    NoticeKind.MENTION,
    NoticeKind.ASSIGNED,
    NoticeKind.RETURNED,
    NoticeKind.REMOVAL_ASKED,
    NoticeKind.ANSWER,
    NoticeKind.DEADLINE,
}
DEFAULTS = {
    kind: Choice(True, MailWhen.AT_ONCE if kind in AT_ONCE else MailWhen.DAILY)
    for kind in NoticeKind
}


# --- What is told, and who may hear it -----------------------------------------------


def title_of(thing) -> str:
    """Return what a thing is called in a notice: its article and number, no draft."""
    if isinstance(thing, Thread):
        thing = thing.claim or thing.article
    if isinstance(thing, Article):
        return " ".join(thing.headline.split())
    if isinstance(thing, Evidence):
        thing = thing.verdict
    if isinstance(thing, Verdict):
        thing = thing.claim
    if isinstance(thing, Claim):
        headline = " ".join(thing.article.headline.split())
        return _("Claim %(number)s in “%(headline)s”") % {
            "number": thing.pk,
            "headline": headline,
        }
    return f"{thing._meta.verbose_name} {thing.pk}".capitalize()


def place_of(thing, kind: str = "") -> str:
    """Return the address at the desk of what somebody is told of."""
    if isinstance(thing, Thread):
        return f"{place_of(thing_of(thing))}#thread-{thing.pk}"
    if isinstance(thing, Evidence):
        return f"{reverse('admin:claims_evidence_changelist')}?health=dead"
    page = "approve" if kind == NoticeKind.SUBMITTED else "change"
    return reverse(f"admin:claims_{thing._meta.model_name}_{page}", args=[thing.pk])


def thing_of(thread: Thread) -> Article | Claim | Verdict:
    """Return what a thread is about."""
    if thread.about == ThreadSubject.ARTICLE:
        return thread.article
    # A draft may be dropped; what was said of it then stands with its claim.
    verdict = getattr(thread.claim, "verdict", None)
    return (
        verdict if thread.about == ThreadSubject.VERDICT and verdict else (thread.claim)
    )


def rights_to(thing) -> tuple[str, ...]:
    """Return the permissions without which nobody sees a thing at the desk."""
    if isinstance(thing, Thread):
        return f"claims.view_{thing.about}", "claims.view_comment"
    return (f"claims.view_{thing._meta.model_name}",)


def may_see(user, thing) -> bool:
    """Return whether somebody may see a thing at the desk."""
    return user.is_active and user.is_staff and user.has_perms(rights_to(thing))


def people_with(*permissions: str) -> QuerySet:
    """Return the people of the desk who have all these permissions."""
    users = get_user_model().objects
    found = users.filter(is_active=True, is_staff=True)
    for permission in permissions:
        able = users.with_perm(permission, backend=BACKEND)
        found = found.filter(pk__in=able.values("pk"))
    return found


def things_of(notices: Iterable[Notice]) -> dict[tuple[str, int], object]:
    """Return what notices tell of, by model and number, as far as it is there."""
    numbers: dict[str, set[int]] = {}
    for notice in notices:
        numbers.setdefault(notice.model, set()).add(notice.row)
    joins = {
        "claim": ["article"],
        "verdict": ["claim__article"],
        "thread": ["article", "claim__article"],
        "evidence": ["verdict__claim__article"],
    }
    found = {}
    for name, rows in numbers.items():
        model = apps.get_model("claims", name)
        things = model._default_manager.filter(pk__in=rows)
        if name in joins:
            things = things.select_related(*joins[name])
        found |= {(name, thing.pk): thing for thing in things}
    return found


# --- Telling -------------------------------------------------------------------------


def notify(kind: str, thing, *, to: Iterable, by=None, key: str = "") -> None:
    """Tell people of something, in the transaction under way.

    `to` are users or their numbers. Told are those who may see the thing and have not
    switched off this kind; never who did it (`by`), nobody whose account is closed,
    and the same person once for the same `key`. If it cannot be told, what it tells
    of goes on all the same.
    """
    wanted = {getattr(each, "pk", each) for each in to} - {None, getattr(by, "pk", 0)}
    if not wanted:
        return
    try:
        with transaction.atomic():
            users = people_with(*rights_to(thing)).filter(pk__in=wanted)
            chosen = {
                row.user_id: Choice(row.in_product, row.mail)
                for row in NoticeChoice.objects.filter(kind=kind, user__in=wanted)
            }
            rows = []
            for user in users.order_by("pk"):
                choice = chosen.get(user.pk, DEFAULTS[NoticeKind(kind)])
                mail = choice.mail if user.email else MailWhen.NEVER
                if choice.in_product or mail != MailWhen.NEVER:
                    rows.append(
                        Notice(
                            user=user,
                            kind=kind,
                            model=thing._meta.model_name,
                            row=thing.pk,
                            by=by,
                            key=key,
                            mail=mail,
                        )
                    )
            Notice.objects.bulk_create(rows, ignore_conflicts=True)
    except DatabaseError:
        if connection.in_atomic_block and connection.needs_rollback:
            # The connection is lost, and with it what is told of.
            raise
        logger.exception("Nobody was told of: %s, %s", kind, thing._meta.label)


def tell_of_step(name: str, thing: Claim | Verdict, *, by) -> None:
    """Tell those whom a step of the workflow concerns that it was taken."""
    if name not in TOLD:
        return
    kind, concerned = TOLD[name]
    notify(kind, thing, to=concerned(thing), by=by)


def _approvers(verdict):
    """Return those who may publish a verdict and wrote no part of it."""
    wrote = [verdict.author_id, *verdict.contributors.values_list("pk", flat=True)]
    return people_with("claims.publish_verdict").exclude(pk__in=wrote)


def _writers(verdict):
    """Return those who wrote a verdict or shall."""
    wrote = verdict.contributors.values_list("pk", flat=True)
    return {verdict.author_id, verdict.assignee_id, *wrote}


def _owners(thing):
    """Return whose work was taken off the site, and who asked for that."""
    claim = thing if isinstance(thing, Claim) else thing.claim
    verdict = Verdict.objects.filter(claim=claim).first()
    people = _writers(verdict) if verdict else set()
    return people | _askers(thing)


def _askers(thing):
    """Return who asked last for what was decided."""
    claim = thing if isinstance(thing, Claim) else thing.claim
    kind = "withdraw" if isinstance(thing, Claim) else "retract"
    asked = RemovalRequest.objects.filter(claim=claim, kind=kind).order_by("-id")
    return set(asked.values_list("asked_by", flat=True)[:1])


def _deciders(thing):
    """Return those who may take a thing off the site."""
    subject = Subject.CLAIM if isinstance(thing, Claim) else Subject.VERDICT
    right = {Subject.CLAIM: "withdraw_claim", Subject.VERDICT: "retract_verdict"}
    return people_with(f"claims.{right[subject]}")


# Which kind of notice each step is told by, and to whom.
TOLD = {
    "submit": (NoticeKind.SUBMITTED, _approvers),
    "return": (NoticeKind.RETURNED, _writers),
    "publish": (NoticeKind.PUBLISHED, _writers),
    "retract": (NoticeKind.TAKEN_OFF, _owners),
    "withdraw": (NoticeKind.TAKEN_OFF, _owners),
    "ask_retract": (NoticeKind.REMOVAL_ASKED, _deciders),
    "ask_withdraw": (NoticeKind.REMOVAL_ASKED, _deciders),
    "decline_retract": (NoticeKind.DECLINED, _askers),
    "decline_withdraw": (NoticeKind.DECLINED, _askers),
}


def tell_of_report(report: ReaderReport) -> None:
    """Tell of a reader's report: those who answer it, and whose verdict it is about."""
    verdict = Verdict.objects.filter(claim=report.claim_id).first()
    is_error = verdict is not None and report.kind == ReportKind.ERROR
    writers = _writers(verdict) if is_error else set()
    notify(NoticeKind.CORRECTION, report, to=writers)
    others = people_with("claims.change_readerreport").exclude(pk__in=writers - {None})
    notify(NoticeKind.REPORT, report, to=others)


def tell_of_dead_link(check: LinkCheck) -> None:
    """Tell those whose published verdicts rest on an address that it is dead, once.

    Where it has come back in between, they are told again.
    """
    rows = Evidence.objects.filter(
        url=check.url, verdict__status=VerdictStatus.PUBLISHED
    )
    for row in rows.select_related("verdict").order_by("pk"):
        key = f"dead-link-{check.pk}-{row.pk}-{check.failing_since}"
        notify(NoticeKind.DEAD_LINK, row, to=_writers(row.verdict), key=key)


# --- Reading and choosing ------------------------------------------------------------


def choices_of(user) -> dict[str, Choice]:
    """Return how somebody wants to be told of each kind of thing."""
    stored = {
        row.kind: Choice(row.in_product, row.mail) for row in user.notice_choices.all()
    }
    return DEFAULTS | {NoticeKind(kind): stored[kind] for kind in stored}


def choose(user, choices: dict[str, Choice]) -> None:
    """Store how somebody wants to be told of each kind of thing."""
    rows = [NoticeChoice(user=user, kind=k, **c._asdict()) for k, c in choices.items()]
    with transaction.atomic():
        NoticeChoice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["user", "kind"],
            update_fields=["in_product", "mail"],
        )


def notices_for(user) -> QuerySet[Notice]:
    """Return what somebody is told in the product, newest first."""
    off = user.notice_choices.filter(in_product=False).values("kind")
    return Notice.objects.filter(user=user).exclude(kind__in=off)


def unread_count(user) -> str:
    """Return how many notices somebody has not read, "" for none."""
    count = notices_for(user).filter(read_at=None).order_by()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count or "")


def mark_read(notices: QuerySet[Notice], *, is_read: bool = True) -> int:
    """Mark notices as read, or unread; return how many were not."""
    with transaction.atomic():
        return notices.filter(read_at__isnull=is_read).update(
            read_at=timezone.now() if is_read else None
        )


def forget_read(age) -> int:
    """Delete notices read longer ago than that; return how many."""
    with transaction.atomic():
        return Notice.objects.filter(read_at__lt=timezone.now() - age).delete()[0]
