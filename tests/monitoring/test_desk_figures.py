from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from claims.models import Message
from claims.models.choices import ClaimStatus, VerdictStatus
from factcheck.monitoring.desk_figures import DeskFigures
from factcheck.monitoring.integrity_run import record_run
from tests.factories import make_claim, make_verdict

pytestmark = pytest.mark.django_db


def figures():
    """Return what Prometheus is told, by name and label."""
    return {
        (sample.name.removeprefix("factcheck_"), *sample.labels.values()): sample.value
        for family in DeskFigures().collect()
        for sample in family.samples
    }


def message(key, **fields):
    return Message.objects.create(
        key=key, channel="mail", recipient="a@desk.example", payload="", **fields
    )


def test_what_waits_is_counted_and_what_was_given_up():
    now = timezone.now()
    message("one", due_at=now - timedelta(minutes=5))
    message("two", due_at=now)
    message("three", dead_at=now)
    make_claim(status=ClaimStatus.SUGGESTED)
    make_verdict(make_claim(), status=VerdictStatus.IN_REVIEW)
    told = figures()
    assert told["database_up",] == 1
    assert told["outbox_messages", "waiting"] == 2
    assert told["outbox_messages", "dead"] == 1
    assert told["outbox_overdue_seconds",] >= 300
    assert told["open_work", "suggested claims"] == 1
    assert told["open_work", "verdicts in review"] == 1
    assert told["change_number",] >= 0


def test_the_last_integrity_check_is_told_once_there_was_one(settings, tmp_path):
    settings.METRICS = str(tmp_path)
    assert ("integrity_problems",) not in figures()
    before = timezone.now().timestamp()
    record_run(3)
    assert figures()["integrity_problems",] == 3
    assert figures()["integrity_last_run_timestamp_seconds",] >= before


def test_without_a_database_that_alone_is_told(monkeypatch):
    def away(*_asked):
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.models.QuerySet.count", away)
    assert figures() == {("database_up",): 0}


@pytest.mark.parametrize(
    ("folder", "bind", "words"),
    [
        ("", "127.0.0.1:0", "Set FACTCHECK_METRICS"),
        (".", "9464", "--bind 9464: it looks like"),
        (".", "127.0.0.1:99999", "Nothing can listen at 127.0.0.1:99999"),
    ],
)
def test_what_cannot_be_served_is_said(settings, tmp_path, folder, bind, words):
    settings.METRICS = folder and str(tmp_path)
    with pytest.raises(CommandError, match=words):
        call_command("serve_metrics", bind=bind)
