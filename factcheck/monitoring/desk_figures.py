"""Figures of the desk for Prometheus, asked of the database when they are scraped."""

import logging
import time
from collections.abc import Iterator

from django.db import DatabaseError, connections
from prometheus_client.core import GaugeMetricFamily, Metric

from claims.models import (
    ChangeCounter,
    Claim,
    Message,
    ReaderReport,
    RemovalRequest,
    Verdict,
)
from claims.models.choices import MessageState, ReportStatus
from factcheck.monitoring.integrity_run import last_run

log = logging.getLogger(__name__)


class DeskFigures:
    """A collector: outbox, open work, change number, the last integrity check."""

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("factcheck_database_up", "1 while the database answers")
        try:
            found = [_outbox(), _oldest_message(), _open_work(), _change_number()]
        except DatabaseError as error:
            log.warning("The database cannot be asked: %s", error)
            found = []
        finally:
            # Each scrape has a thread of its own, and a connection of it would stay.
            for connection in connections.all(initialized_only=True):
                if not connection.in_atomic_block:
                    connection.close()
        up.add_metric([], 1 if found else 0)
        yield from [up, *found, *_integrity()]


def _outbox():
    family = GaugeMetricFamily(
        "factcheck_outbox_messages",
        "Messages that wait, or were given up",
        labels=["state"],
    )
    for state in (MessageState.WAITING, MessageState.DEAD):
        family.add_metric([state.value], Message.objects.in_state(state).count())
    return family


def _oldest_message():
    """Return for how long the message due first has waited: is `deliver` running?"""
    family = GaugeMetricFamily(
        "factcheck_outbox_overdue_seconds",
        "How long the longest due message has waited",
    )
    due = Message.objects.due().values_list("due_at", flat=True).first()
    family.add_metric([], max(time.time() - due.timestamp(), 0) if due else 0)
    return family


def _open_work():
    family = GaugeMetricFamily(
        "factcheck_open_work", "What waits for people", labels=["what"]
    )
    for what, rows in {
        "suggested claims": Claim.objects.suggested(),
        "draft claims": Claim.objects.drafts(),
        "draft verdicts": Verdict.objects.drafts(),
        "verdicts in review": Verdict.objects.in_review(),
        "removal requests": RemovalRequest.objects.undecided(),
        "reader reports": ReaderReport.objects.filter(status=ReportStatus.OPEN),
    }.items():
        family.add_metric([what], rows.count())
    return family


def _change_number():
    family = GaugeMetricFamily(
        "factcheck_change_number", "Number of the newest public change"
    )
    number = ChangeCounter.objects.values_list("number", flat=True).first()
    family.add_metric([], number or 0)
    return family


def _integrity():
    """Return when `check_integrity` last ended and what it found, if it ever did."""
    if found := last_run():
        yield GaugeMetricFamily(
            "factcheck_integrity_last_run_timestamp_seconds",
            "When check_integrity last ended",
            value=found["at"],
        )
        yield GaugeMetricFamily(
            "factcheck_integrity_problems",
            "What check_integrity last found wrong",
            value=found["problems"],
        )
