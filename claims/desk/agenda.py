"""The desk's calendar: what is due on which day, whose it is, and where it is done.

A part of the desk with deadlines of its own adds a function to SOURCES: it gets two
days, and the user whose entries are asked for or None for everybody's, and yields
Entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.desk import queues, replies
from claims.desk.notices import notify
from claims.desk.planning import owner_of
from claims.models import Claim, Notice, ReaderReport, Verdict
from claims.models.choices import NoticeKind, VerdictStatus
from claims.reading.working_days import answer_due

# More than anybody reads in a calendar.
MOST = 500


@dataclass(frozen=True)
class Entry:
    """Something due on a day: what, on which claim, and who is to do it.

    `key` stays the same when the day moves. Of a draft nothing is told but the wording
    of its claim.
    """

    key: str
    day: date
    what: str | Promise
    title: str
    owner: AbstractUser | None
    # The page of the desk on which it is done: a name of the admin and a key.
    page: str
    row: int


Source = Callable[[date, date, "AbstractUser | None"], Iterable[Entry]]


def agenda(first: date, last: date, *, of=None) -> list[Entry]:
    """Return what is due from one day to another, in order of days.

    `of` limits it to what a user has to do.
    """
    entries = [entry for source in SOURCES for entry in source(first, last, of)]
    return sorted(entries, key=lambda entry: (entry.day, entry.title, entry.key))[:MOST]


def claims_due(first: date, last: date, of) -> Iterator[Entry]:
    """Yield the claims without a verdict in force that are to be done by a day."""
    claims = (
        Claim.objects.undecided()
        .unreviewed()
        .filter(work__due_on__range=(first, last))
        .select_related("work__person", "verdict__assignee", "verdict__author")
        .defer("search")
        .order_by("work__due_on", "id")
    )
    if of is not None:
        written = Verdict.objects.filter(pk__in=queues.drafts_of(of).values("pk"))
        claims = claims.filter(
            Q(work__person=of) | Q(pk__in=written.order_by().values("claim"))
        )
    for claim in claims[:MOST]:
        yield Entry(
            f"claim-{claim.pk}-due",
            claim.work.due_on,
            _("Verdict due"),
            claim.wording,
            owner_of(claim),
            "claim_change",
            claim.pk,
        )


def rechecks(first: date, last: date, of) -> Iterator[Entry]:
    """Yield the published verdicts that are to be checked again on a day."""
    verdicts = (
        Verdict.objects.filter(
            status=VerdictStatus.PUBLISHED, recheck_on__range=(first, last)
        )
        .select_related("assignee")
        .annotate(wording=F("claim__wording"))
        .only("claim_id", "recheck_on", "assignee")
        .order_by("recheck_on", "id")
    )
    if of is not None:
        verdicts = verdicts.filter(assignee=of)
    for verdict in verdicts[:MOST]:
        yield Entry(
            f"verdict-{verdict.pk}-recheck",
            verdict.recheck_on,
            _("Check again"),
            verdict.wording,
            verdict.assignee,
            "verdict_change",
            verdict.pk,
        )


def answers_due(first: date, last: date, of) -> Iterator[Entry]:
    """Yield the requests for reply that nobody answered, by the day they are due."""
    requests = replies.awaited().filter(until__range=(first, last))
    if of is not None:
        requests = requests.filter(
            Q(verdict__assignee=of) | Q(verdict__assignee=None, verdict__author=of)
        )
    for each in requests[:MOST]:
        yield Entry(
            f"reply-{each.pk}-due",
            each.until,
            _("Answer asked for"),
            each.verdict.claim.wording,
            each.verdict.assignee or each.verdict.author,
            "verdict_replies",
            each.verdict_id,
        )


def reports_due(first: date, last: date, of) -> Iterator[Entry]:
    """Yield the open reports of errors, by the last day on which to answer them.

    They are nobody's in particular: everybody who may answer has them.
    """
    if of is not None and not of.has_perm("claims.change_readerreport"):
        return
    reports = ReaderReport.objects.open_errors().filter(
        # No holidays make so many days of seven working days.
        created_at__date__range=(first - timedelta(days=60), last)
    )
    for each in reports.order_by("created_at", "id")[:MOST]:
        day = answer_due(each.created_at.date())
        if first <= day <= last:
            yield Entry(
                f"report-{each.pk}-answer",
                day,
                _("Report to be answered"),
                str(each.claim or each.get_kind_display()),
                None,
                "readerreport_change",
                each.pk,
            )


SOURCES: list[Source] = [claims_due, rechecks, answers_due, reports_due]


def tell_of_deadlines() -> None:
    """Tell whoever has something due today or tomorrow of it, once for each day."""
    today = timezone.localdate()
    due = {
        f"{entry.key}-{entry.day}": entry
        for entry in agenda(today, today + timedelta(days=1))
        if entry.owner
    }
    told = Notice.objects.filter(kind=NoticeKind.DEADLINE, key__in=due)
    for key in due.keys() - set(told.values_list("key", flat=True)):
        entry = due[key]
        model = apps.get_model("claims", entry.page.partition("_")[0])
        thing = model._default_manager.filter(pk=entry.row).first()
        if thing is not None:
            notify(NoticeKind.DEADLINE, thing, to=[entry.owner], key=key)
