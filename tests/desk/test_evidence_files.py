"""Copies of evidence: by content, without what they tell aside, whole or not at all."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from PIL import Image

from claims.desk.evidence_files import (
    LARGEST,
    UnusableFile,
    cleaned,
    forget_unused,
    keep,
    stored_paths,
)
from claims.desk.publications import evidence_snapshot
from claims.desk.workflow import take_step
from claims.exceptions import Refused
from claims.models import Evidence, EvidenceFile, PublishedFile
from claims.models.choices import PublicationKind, VerdictStatus
from tests.desk.files_made import PDF, SECRET, bomb, picture, telling
from tests.factories import make_user, make_verdict

pytestmark = pytest.mark.django_db

NOW = timedelta(0)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def user(db):
    return make_user("Reviewers")


def attach(verdict, file, *, name="chart.png", public=True):
    row = verdict.evidence.get()
    row.file, row.file_name, row.file_is_public = file, name, public
    row.save()
    return row


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_and_what_it_tells_aside_is_not(user, form):
    sent = telling(form)
    # The control: it is all in what was sent.
    assert SECRET.encode() in sent
    file = keep(sent, by=user)
    with default_storage.open(file.path) as stored:
        content = stored.read()
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (file.size, file.width, file.height) == (len(content), 64, 48)
    assert b"camera" not in content
    with Image.open(io.BytesIO(content)) as kept, Image.open(io.BytesIO(sent)) as was:
        assert kept.format == was.format == form
        assert not kept.getexif()
        if form != "JPEG":
            assert kept.tobytes() == was.tobytes()
        else:
            assert kept.quantization == was.quantization
            near = zip(kept.tobytes(), was.tobytes(), strict=True)
            assert sum(abs(a - b) for a, b in near) < len(was.tobytes())


def test_a_picture_taken_upright_stays_upright():
    _kind, content, size = cleaned(telling("JPEG", orientation=6))
    assert size == (48, 64)
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.size == (48, 64)
        assert not kept.getexif()


def test_colours_and_transparency_stay():
    made = Image.new("P", (4, 4), 1)
    made.putpalette([0, 0, 0, 200, 100, 50])
    out = io.BytesIO()
    made.save(out, "PNG", transparency=0, icc_profile=b"colours of a screen")
    _kind, content, _size = cleaned(out.getvalue())
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.info["transparency"] == 0
        assert kept.info["icc_profile"] == b"colours of a screen"
        assert kept.convert("RGB").getpixel((0, 0)) == (200, 100, 50)


def test_a_pdf_is_kept_as_it_is(user):
    file = keep(PDF, by=user)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert default_storage.open(file.path).read() == PDF


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no PDF, PNG, JPEG or WebP"),
        (b"<html><script>x</script></html>", "no PDF, PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PDF, PNG, JPEG or WebP"),
        (b"\n" + PDF, "no PDF, PNG, JPEG or WebP"),
        (b"MZ\x90\0" + PDF, "no PDF, PNG, JPEG or WebP"),
        (picture("GIF"), "no PDF, PNG, JPEG or WebP"),
        (picture("TIFF"), "no PDF, PNG, JPEG or WebP"),
        (PDF[:40], "breaks off"),
        (picture("PNG")[:-40], "damaged or breaks off"),
        (picture("JPEG")[:400], "damaged or breaks off"),
        (picture("WEBP")[:60], "damaged or breaks off"),
        (b"%PDF-" + b"0" * LARGEST, "larger than 20 MB"),
        (bomb(), "50 million pixels"),
        (bomb(8000, 8000), "50 million pixels"),
        (
            picture(
                "PNG", save_all=True, append_images=[Image.new("RGB", (64, 48), "red")]
            ),
            "moving picture",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(user, content, sentence):
    with pytest.raises(UnusableFile, match=sentence):
        keep(content, by=user)
    assert not EvidenceFile.objects.exists()
    assert list(stored_paths()) == []


def test_a_page_hidden_behind_a_picture_does_not_come_along():
    _kind, content, _size = cleaned(picture("PNG") + b"<script>alert(1)</script>")
    assert b"script" not in content


def test_the_same_file_is_stored_once(user):
    assert keep(PDF, by=user) == keep(PDF, by=make_user("Editors"))
    assert len(list(stored_paths())) == 1


def test_a_file_that_the_storage_lost_is_there_again_once_sent_again(user):
    file = keep(PDF, by=user)
    default_storage.delete(file.path)
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("forget_files")
    keep(PDF, by=user)
    assert default_storage.open(file.path).read() == PDF


def test_a_byte_that_the_storage_spoilt_is_found_and_made_good(user, media):
    file = keep(PDF, by=user)
    call_command("forget_files")
    (media / file.path).write_bytes(PDF.replace(b"Catalog", b"Catalpg"))
    assert default_storage.size(file.path) == file.size
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("forget_files")
    assert keep(PDF, by=user) == file
    assert default_storage.open(file.path).read() == PDF
    call_command("forget_files")


# Stores a file and dies at the word, as a server that loses its power does.
KILLED = """
import os, sys
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[1]
from django.core.files.storage import FileSystemStorage, default_storage
def halfway(self, name, content):
    full = self.path(name)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(content.read()[:20])
        file.flush()
        print(name, flush=True)
        os.kill(os.getpid(), 9)
FileSystemStorage._save = halfway
from claims.desk.evidence_files import keep
from claims.models import EvidenceFile
EvidenceFile.objects.filter = lambda **_: EvidenceFile.objects.none()
keep(sys.stdin.buffer.read(), by=None)
"""


def test_an_upload_killed_halfway_leaves_nothing_that_is_named(user, media):
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(media)],
        input=PDF,
        capture_output=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"},
    )
    assert process.returncode == -9, process.stderr.decode()
    (half,) = stored_paths()
    assert default_storage.size(half) == 20
    # Sent again, it is whole, and the half is never taken for it.
    file = keep(PDF, by=user)
    assert file.path != half
    assert default_storage.open(file.path).read() == PDF
    assert forget_unused() == (0, 0)
    os.utime(media / half, (1, 1))
    assert forget_unused() == (0, 1)
    assert list(stored_paths()) == [file.path]


def test_what_nothing_names_is_forgotten_and_nothing_else(user):
    named = keep(PDF, by=user)
    attach(make_verdict(), named, name="minutes.pdf", public=False)
    keep(picture(), by=user)
    assert forget_unused() == (0, 0)
    assert forget_unused(older_than=NOW) == (1, 1)
    assert list(stored_paths()) == [named.path]


def test_a_published_file_stays_when_its_evidence_goes(user):
    file = keep(picture(), by=user)
    verdict = make_verdict()
    attach(verdict, file)
    take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    take_step(
        "revise", verdict, by=verdict.author, kind=PublicationKind.UPDATED, comment="x"
    )
    Evidence.objects.filter(verdict=verdict).delete()
    assert forget_unused(older_than=NOW) == (0, 0)
    # Given up, the revision has the published copy again.
    take_step("end_revision", verdict, by=verdict.author, comment="No.")
    assert verdict.evidence.get().file == file
    published = verdict.claim.publications.get()
    assert evidence_snapshot(verdict.evidence.get()) == published.evidence[0]


def test_a_private_copy_survives_a_revision_that_is_given_up(user):
    verdict = make_verdict()
    file = keep(PDF, by=user)
    attach(verdict, file, name="minutes.pdf", public=False)
    take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    assert "file" not in verdict.claim.publications.get().evidence[0]
    take_step(
        "revise", verdict, by=verdict.author, kind=PublicationKind.UPDATED, comment="x"
    )
    take_step("end_revision", verdict, by=verdict.author, comment="No.")
    row = verdict.evidence.get()
    assert (row.file, row.file_name, row.file_is_public) == (
        file,
        "minutes.pdf",
        False,
    )


def test_the_database_publishes_no_copy_that_readers_may_not_see(user, monkeypatch):
    verdict = make_verdict()
    file = keep(picture(), by=user)
    row = attach(verdict, file, public=False)
    row.file_is_public = True
    leaked = evidence_snapshot(row)
    assert leaked["file"]["sha256"] == file.sha256
    monkeypatch.setattr(
        "claims.desk.publications.evidence_snapshot", lambda _row: leaked
    )
    take_step("submit", verdict, by=verdict.author)
    with pytest.raises(Refused, match="readers may not see"), transaction.atomic():
        take_step("publish", verdict, by=make_user("Editors"))
    assert not PublishedFile.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE claims_evidencefile SET sha256 = repeat('0', 64)",
        "UPDATE claims_publishedfile SET file_id = 0",
        "DELETE FROM claims_publishedfile",
        "TRUNCATE claims_publishedfile",
        "TRUNCATE claims_evidencefile CASCADE",
    ],
)
def test_files_never_change_and_what_was_published_is_not_forgotten(user, sql):
    verdict = make_verdict()
    attach(verdict, keep(picture(), by=user))
    take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    assert PublishedFile.objects.count() == 1
    with (
        pytest.raises(IntegrityError, match="only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_one_verdict_has_one_copy_of_a_name(user):
    verdict = make_verdict(status=VerdictStatus.DRAFT)
    row = attach(verdict, keep(picture(), by=user))
    row.pk = None
    with (
        pytest.raises(IntegrityError, match="evidence_copy_names_are_unique"),
        transaction.atomic(),
    ):
        row.save()
