"""Notices to readers who reported: the verdict before and after, by mail, once.

They are queued by `manage.py deliver`, from what is published by then.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.desk import outbox
from claims.desk.reports import LEADS_TO_A_CLAIM, NOTICE
from claims.models import PublishedVerdict, ReporterContact
from claims.models.choices import ReportStatus

EVENT = "report"


def queue_notices() -> int:
    """Queue a notice for each report whose verdict changed by now; return how many."""
    queued = 0
    keys = _due().values_list("pk", flat=True)
    for key in list(keys):
        with transaction.atomic():
            rows = _due().select_for_update(of=("self",), skip_locked=True)
            contact = rows.filter(pk=key).first()
            if contact is None:
                continue
            contact.told_at = timezone.now()
            contact.save(update_fields=["told_at"])
            with override(settings.LANGUAGE_CODE):
                outbox.queue(
                    f"{NOTICE}{key}",
                    event=EVENT,
                    recipient=contact.address,
                    **_letter(contact.report),
                )
            queued += 1
    return queued


def _due():
    """Return whom to write to: who asked for it, and has not been told."""
    corrected = Q(
        report__status=ReportStatus.CORRECTED, report__correction__isnull=False
    )
    reviewed = Q(
        report__status__in=LEADS_TO_A_CLAIM,
        report__led_to__rating__isnull=False,
        report__led_to__listed_at__isnull=False,
        report__led_to__current__publisher="",
        # Reported before it was published, not afterwards.
        report__led_to__current__published_at__gt=F("report__created_at"),
    )
    return ReporterContact.objects.filter(
        corrected | reviewed, wants_notice=True, told_at=None
    ).select_related("report")


def _letter(report):
    """Return subject and text: what it said, what it says now, and where."""
    newest = report.correction or report.led_to.current
    before = (
        PublishedVerdict.objects.filter(
            claim=newest.claim_id, number__lt=newest.number, publisher=""
        )
        .order_by("-number")
        .first()
    )
    name = settings.FACTCHECK["NAME"]
    page = f"{settings.FACTCHECK['URL']}/claims/{newest.claim_id}/"
    what = _("What came of your report")
    lines = [
        _("You reported something to %(desk)s and asked to be told.") % {"desk": name},
        newest.claim_reviewed,
        _("Before: %(verdict)s")
        % {"verdict": before.verdict_state if before else _("Not yet reviewed")},
        _("Now: %(verdict)s") % {"verdict": newest.verdict_state},
        f"{page}versions/{newest.number}/",
        "-- \n"
        + _(
            "This is the only message about it. Your address is deleted %(days)s days "
            "after you sent the report."
        )
        % {"days": settings.REPORT_CONTACT_DAYS},
    ]
    return {
        "subject": f"[{name}] {what}"[:200],
        "payload": "\n\n".join(lines) + "\n",
    }
