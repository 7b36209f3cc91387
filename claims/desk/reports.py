"""Reader reports: storing them within hourly limits, and answering them."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk.notices import tell_of_report
from claims.desk.throttle import TooMany, free_at, keyed_hash, one_at_a_time
from claims.exceptions import Incomplete, NotPermitted, Refused
from claims.http.client_ip import client_network
from claims.models import Claim, PublicClaim, PublishedVerdict, ReaderReport, acting
from claims.models.choices import AskedBy, ReportKind, ReportStatus
from claims.models.constraints import refuse_as
from claims.text.canonical import visible_text


class AlreadyAnswered(Refused):
    """Somebody else answered the report first."""


def sender_hash(address: str) -> str:
    """Return the keyed hash under which a network address is counted."""
    return keyed_hash("reports", client_network(address))


def file_report(
    *,
    kind: str,
    message: str,
    sender: str,
    claim: PublicClaim | None = None,
    url: str = "",
    contact: str = "",
) -> ReaderReport:
    """Store a reader's report and return it; raise TooMany beyond the limits."""
    own, every = ReaderReport.objects.filter(sender=sender), ReaderReport.objects.all()
    try:
        with one_at_a_time("reports"):
            if free_at(own, settings.REPORTS_FROM_ONE, by="created_at"):
                raise TooMany(
                    _(
                        "You have sent several reports within an hour. They have "
                        "arrived; please send the next one later."
                    )
                )
            if free_at(every, settings.REPORTS_FROM_ALL, by="created_at"):
                raise TooMany(
                    _(
                        "The desk has received very many reports in the last hour. "
                        "Please try again later."
                    )
                )
            report = ReaderReport.objects.create(
                kind=kind,
                message=message,
                sender=sender,
                claim_id=claim and claim.pk,
                url=url,
                contact=contact,
            )
            tell_of_report(report)
            return report
    except IntegrityError as error:
        refuse_as(Refused, error)


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
) -> ReaderReport:
    """Answer a report and return it; `correction` is the version it led to."""
    if not by.has_perm("claims.change_readerreport"):
        raise NotPermitted(_("You may not answer reports."))
    missing = {}
    if not visible_text(answer):
        missing["answer"] = _("Write down what the desk answers.")
    if status == ReportStatus.OPEN:
        missing["status"] = _("Say what came of the report.")
    if (status == ReportStatus.CORRECTED) != (correction is not None):
        missing["correction"] = _(
            "A report that led to a correction names it; any other names none."
        )
    if correction is not None and correction.claim_id != report.claim_id:
        missing["correction"] = _("That correction is of another claim.")
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
        report.answered_by = by
        report.save()
    return report
