"""Reader reports: storing them once and within limits, and answering them.

Sent twice, by a double click or once more within an hour, a report is stored once. Its
mail address is kept apart, for those who answer, and deleted after a while.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.notices import tell_of_report
from claims.desk.throttle import (
    WINDOW,
    TooMany,
    free_at,
    keyed_hash,
    one_at_a_time,
)
from claims.exceptions import Incomplete, NotPermitted, Refused
from claims.http.client_ip import client_network
from claims.models import (
    Claim,
    Message,
    PublicClaim,
    PublishedVerdict,
    ReaderReport,
    ReporterContact,
    acting,
)
from claims.models.choices import AskedBy, ReportKind, ReportStatus
from claims.models.constraints import refuse_as
from claims.text.canonical import visible_text


class AlreadyAnswered(Refused):
    """Somebody else answered the report first."""


# Answered by what was done with it, not by words.
LEADS_TO_A_CLAIM = (ReportStatus.TAKEN_UP, ReportStatus.KNOWN)
# How a notice to a sender is named in the outbox.
NOTICE = "report-"


@dataclass(frozen=True)
class Filed:
    """A report that is stored, and the token of its tracking page; "" if it was sent
    before in other words of the form."""

    report: ReaderReport
    token: str


def sender_hash(address: str) -> str:
    """Return the keyed hash under which a network address is counted."""
    return keyed_hash("reports", client_network(address))


def file_report(
    *,
    sender: str,
    claim: PublicClaim | None = None,
    contact: str = "",
    wants_notice: bool = False,
    form_token: str = "",
    **said: str,
) -> Filed:
    """Store a reader's report and return it; raise TooMany beyond the limits.

    `said` is its kind, message and url. `form_token` tells one form from another: the
    same one again is the same report.
    """
    own = ReaderReport.objects.filter(sender=sender)
    sent = f"{sender}\0{form_token or secrets.token_urlsafe(32)}"
    form_key, token = keyed_hash("report-form", sent), keyed_hash("report-page", sent)
    row = said | {"claim_id": claim and claim.pk}
    try:
        with one_at_a_time("reports"):
            if (known := own.filter(form_key=form_key).first()) is not None:
                return Filed(known, token)
            lately = own.filter(created_at__gt=timezone.now() - WINDOW)
            if (alike := lately.filter(**row).first()) is not None:
                return Filed(alike, "")
            _check_limits(own)
            report = ReaderReport.objects.create(
                **row,
                sender=sender,
                form_key=form_key,
                tracking_hash=hashlib.sha256(token.encode()).hexdigest(),
            )
            if contact:
                ReporterContact.objects.create(
                    report=report, address=contact, wants_notice=wants_notice
                )
            tell_of_report(report)
            return Filed(report, token)
    except IntegrityError as error:
        refuse_as(Refused, error)


def _check_limits(own):
    if free_at(own, settings.REPORTS_FROM_ONE, by="created_at"):
        raise TooMany(
            _(
                "You have sent several reports within an hour. They have arrived; "
                "please send the next one later."
            )
        )
    every = ReaderReport.objects.all()
    if free_at(every, settings.REPORTS_FROM_ALL, by="created_at"):
        raise TooMany(
            _(
                "The desk has received very many reports in the last hour. Please try "
                "again later."
            )
        )


def correction_asked_by(claim: Claim) -> str:
    """Return who a correction of a claim is likely asked for by: the reader of an open
    report, or else the desk."""
    errors = claim.reports.filter(kind=ReportKind.ERROR, status=ReportStatus.OPEN)
    return AskedBy.READER if errors.exists() else AskedBy.DESK


def answer_report(
    report: ReaderReport,
    *,
    by,
    status: str,
    answer: str,
    correction: PublishedVerdict | None = None,
    led_to: Claim | None = None,
) -> ReaderReport:
    """Answer a report and return it.

    `correction` is the version it led to, `led_to` the claim that was made of it or
    that says the same.
    """
    if not by.has_perm("claims.change_readerreport"):
        raise NotPermitted(_("You may not answer reports."))
    missing = {}
    if not visible_text(answer) and status not in LEADS_TO_A_CLAIM:
        missing["answer"] = _("Write down what the desk answers.")
    if status == ReportStatus.OPEN:
        missing["status"] = _("Say what came of the report.")
    if (status == ReportStatus.CORRECTED) != (correction is not None):
        missing["correction"] = _(
            "A report that led to a correction names it; any other names none."
        )
    if correction is not None and correction.claim_id != report.claim_id:
        missing["correction"] = _("That correction is of another claim.")
    if (status in LEADS_TO_A_CLAIM) != (led_to is not None):
        missing["led_to"] = _(
            "A report that was taken up, or known already, names the claim; any other "
            "names none."
        )
    if missing:
        raise Incomplete(missing)
    with transaction.atomic(), acting(by):
        seen = report.status, report.answer
        report = ReaderReport.objects.select_for_update().get(pk=report.pk)
        if (report.status, report.answer) != seen:
            raise AlreadyAnswered(
                _("%(name)s has answered this report meanwhile.")
                % {"name": report.answered_by}
            )
        report.status = status
        report.answer = answer.strip()
        report.correction = correction
        report.led_to = led_to
        report.answered_by = by
        report.save()
    return report


def forget_contacts() -> int:
    """Delete mail addresses older than the settings keep them; return how many.

    Notices that wait or were given up hold the address too, and go with it.
    """
    oldest = timezone.now() - timedelta(days=settings.REPORT_CONTACT_DAYS)
    with transaction.atomic():
        rows = ReporterContact.objects.filter(created_at__lt=oldest)
        keys = [f"{NOTICE}{key}" for key in rows.values_list("pk", flat=True)]
        Message.objects.filter(key__in=keys).delete()
        return rows.delete()[0]
