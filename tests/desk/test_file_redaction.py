"""A kept copy that is taken off is gone for good, and what named it stays checkable."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from claims.checks import problems
from claims.desk.evidence_files import (
    UnusableFile,
    forget_unused,
    keep,
    missing_files,
)
from claims.desk.file_redaction import NO_BYTES, redact_file
from claims.desk.workflow import take_step
from claims.exceptions import Incomplete, NotPermitted
from claims.models import PublicChange, RedactedRow, Redaction
from claims.models.choices import PublicChangeKind
from tests.desk.files_made import picture
from tests.factories import make_user, make_verdict

pytestmark = pytest.mark.django_db
WHY = "A court ordered it on 3 June 2026."


@pytest.fixture
def published():
    """A published verdict with a picture that readers see."""
    verdict = make_verdict()
    file = keep(picture(), by=verdict.author)
    copy = {"file": file, "file_name": "chart.png", "file_is_public": True}
    verdict.evidence.update(**copy)
    verdict = take_step("submit", verdict, by=verdict.author)
    return take_step("publish", verdict, by=make_user("Editors"))


@pytest.fixture
def people():
    return make_user("Editors"), make_user("Editors")


def test_a_copy_under_a_courts_order_is_gone_and_the_page_says_so(
    published, people, django_capture_on_commit_callbacks
):
    file, (by, other) = published.evidence.get().file, people
    address = file.get_absolute_url()
    assert Client().get(address).status_code == 200
    publication = published.claim.publications.get()
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "redact",
            file=file.sha256,
            reason=WHY,
            by=by.username,
            approved_by=other.username,
        )
    assert not default_storage.exists(file.path)
    page = Client().get(address)
    assert page.status_code == 410
    for part in (WHY, file.sha256, "taken off the site on"):
        assert part in page.content.decode()
    assert WHY in Client().get(published.claim.get_absolute_url()).content.decode()
    # Digest and publication are as they were, and all checks hold.
    file.refresh_from_db()
    digest = publication.digest
    publication.refresh_from_db()
    assert publication.digest == digest
    assert file.sha256 in str(publication.evidence)
    row = RedactedRow.objects.get(table="evidencefile")
    assert (row.row, row.before, row.after) == (file.pk, file.sha256, NO_BYTES)
    assert PublicChange.objects.filter(kind=PublicChangeKind.REDACTED).count() == 1
    assert list(problems()) == []
    assert missing_files() == []


def test_the_same_file_does_not_come_back(
    published, people, django_capture_on_commit_callbacks
):
    file, (by, other) = published.evidence.get().file, people
    with django_capture_on_commit_callbacks(execute=True):
        redact_file(file, by=by, approved_by=other, reason=WHY)
    with pytest.raises(UnusableFile, match="taken off"):
        keep(picture(), by=by)
    assert not default_storage.exists(file.path)
    client = Client()
    client.force_login(by)
    row = published.evidence.get()
    refused = client.get(f"/admin/claims/evidence/{row.pk}/file/")
    assert refused.status_code == 410
    shown = client.get(f"/admin/claims/verdict/{published.pk}/change/")
    assert "Taken off the site for good" in shown.content.decode()


def test_a_deletion_that_was_stopped_halfway_is_made_good(
    published, people, django_capture_on_commit_callbacks, monkeypatch
):
    file, (by, other) = published.evidence.get().file, people
    # Killed before the storage was asked: nothing is run after the commit.
    redact_file(file, by=by, approved_by=other, reason=WHY)
    assert default_storage.exists(file.path)
    assert Client().get(file.get_absolute_url()).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        assert redact_file(file, by=by, approved_by=other, reason=WHY) == []
    assert not default_storage.exists(file.path)
    assert Redaction.objects.count() == 1
    assert forget_unused() == (0, 0)


def test_one_person_alone_or_without_a_reason_takes_nothing_off(published, people):
    file, (by, other) = published.evidence.get().file, people
    with pytest.raises(NotPermitted):
        redact_file(file, by=by, approved_by=by, reason=WHY)
    with pytest.raises(NotPermitted):
        redact_file(file, by=by, approved_by=make_user("Reviewers"), reason=WHY)
    with pytest.raises(Incomplete):
        redact_file(file, by=by, approved_by=other, reason=" ")
    names = {"by": by.username, "approved_by": other.username, "reason": WHY}
    with pytest.raises(CommandError, match="No copy of evidence"):
        call_command("redact", file="0" * 64, **names)
    with pytest.raises(CommandError, match="Name the words"):
        call_command("redact", file=file.sha256, words="minutes", **names)
    assert not Redaction.objects.exists()
    assert default_storage.exists(file.path)
