"""A backup is put back as it was, row for row, or is refused; nothing in between."""

import json
import shutil
import zipfile
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import override_settings

from claims.checks import definitions, problems
from claims.database_roles import GRANTED, POLICIES, differences, roles_of_settings
from claims.management import backups
from claims.management.commands import restore
from claims.models import Claim
from factcheck.database import programs
from factcheck.database.owner import as_owner
from tests.database.logins import committed, three_roles
from tests.databases import drop
from tests.factories import make_published, make_user

ROWS = "SELECT t::text FROM {} t ORDER BY 1"


@contextmanager
def in_database(name, *, new=True):
    """Work in another database, an empty one that is dropped afterwards."""
    own = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        if new:
            drop(cursor, name)
            cursor.execute(f'CREATE DATABASE "{name}"')
    connections.close_all()
    for each in connections.settings.values():
        each["NAME"] = name
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for each in connections.settings.values():
            each["NAME"] = own
        connection.settings_dict["NAME"] = own
        with connection._nodb_cursor() as cursor:
            drop(cursor, name)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """A desk with a published claim, a withdrawn one, a login and odd words."""
    with django_db_blocker.unblock(), committed():
        make_published(rating="false", summary="Ĳ “%s” \\. \t 🜁 it's")
        make_user("Editors", first_name="Ödön \\N")
        yield


@pytest.fixture
def work(filled, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def made(filled, django_db_blocker, tmp_path_factory):
    """A backup of it, with two uploaded files."""
    folder = tmp_path_factory.mktemp("backups")
    with django_db_blocker.unblock(), uploads(folder / "media") as media:
        (media / "2026").mkdir()
        (media / "2026" / "Bild Ü.bin").write_bytes(bytes(range(256)) * 99)
        (media / "empty").touch()
        call_command("backup", str(folder / "one.backup"), verbosity=0)
    return folder / "one.backup"


@contextmanager
def uploads(folder):
    folder.mkdir(exist_ok=True)
    with override_settings(MEDIA_ROOT=str(folder)):
        yield folder


def everything():
    """Return all that a database holds, read without the code that backs it up."""
    found = {"definitions": definitions.found()}
    with connection.cursor() as cursor:
        cursor.execute(backups.TABLES)
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(ROWS.format(table))
            found[table] = cursor.fetchall()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = cursor.fetchall()
        names = {"tables": tables}
        cursor.execute(GRANTED, names)
        found["grants"] = {
            row for row in cursor.fetchall() if not row[1].endswith("_seq")
        }
        cursor.execute(POLICIES)
        found["policies"] = sorted(cursor.fetchall(), key=str)
    return found


def restored(path, **options):
    call_command("restore", str(path), verbosity=0, **options)


def test_everything_is_as_it_was(work, made, tmp_path, capsys):
    before = everything()
    assert len(before["claims_publishedverdict"]) == 1
    with in_database("restored"), uploads(tmp_path / "media") as media:
        restored(made)
        assert everything() == before
        assert problems() == []
        files = {p.name: p.read_bytes() for p in media.rglob("*") if p.is_file()}
        assert files == {"Bild Ü.bin": bytes(range(256)) * 99, "empty": b""}
        assert "Everything holds together." in capsys.readouterr().out
        # It goes on from there: the sequences and the triggers work.
        claim = Claim.objects.get()
        make_published(article=claim.article)
        assert problems() == []


@pytest.mark.slow
def test_rights_go_to_the_roles_of_the_settings(work, made, tmp_path):
    """Backed up where one login does everything, restored where there are three."""
    with in_database("restored"), three_roles(), uploads(tmp_path):
        restored(made)
        with as_owner(), connection.cursor() as cursor:
            assert differences(cursor, *roles_of_settings()) == []
            there = everything()
        assert there["grants"]
        assert there["policies"]
        path = made.with_name("roles.backup")
        call_command("backup", str(path), verbosity=0)
        # And from three to three, in place of what is there.
        restored(path, replace=True)
        with as_owner():
            assert everything() == there


def test_a_database_with_something_in_it_is_left_alone_unless_told(work, made):
    before = everything()
    with pytest.raises(CommandError, match="not empty"):
        restored(made)
    assert everything() == before


@pytest.mark.long
def test_a_failure_in_the_middle_leaves_what_was_there(work, made, monkeypatch):
    before = everything()
    # Each cut between the end of the dump's script and the word that keeps it.
    monkeypatch.setattr(backups, "EMPTY", backups.EMPTY + "SELECT 1/0;\n")
    with pytest.raises(CommandError, match="division by zero"):
        restored(made, replace=True)
    assert everything() == before


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_what_was_there(work, made, tmp_path):
    before = everything()
    script = tmp_path / "pg_restore"
    real = programs.folder_for(backups.server_version()) / "pg_restore"
    # Writes half of the script, then ends as a killed program does.
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *--list*) exec {real} "$@";; esac\n'
        f'{real} "$@" | head -c 200000\nkill -9 $$\n'
    )
    script.chmod(0o755)
    own = backups._program
    try:
        backups._program = lambda name: script if name == "pg_restore" else own(name)
        with pytest.raises(CommandError, match="Nothing was restored"):
            restored(made, replace=True)
    finally:
        backups._program = own
    assert everything() == before


# --- Files that are not whole --------------------------------------------------------


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_cut_in_the_middle_is_recognised(made, tmp_path, share):
    cut = tmp_path / "cut.backup"
    whole = made.read_bytes()
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(CommandError, match="cut in the middle"):
        restored(cut, check=True)


def test_a_flipped_bit_is_recognised(work, made, tmp_path, capsys):
    restored(made, check=True)
    assert "is whole" in capsys.readouterr().out
    with zipfile.ZipFile(made) as archive:
        place = archive.getinfo(backups.DUMP).header_offset + 5000
    damaged = tmp_path / "damaged.backup"
    whole = bytearray(made.read_bytes())
    whole[place] ^= 1
    damaged.write_bytes(whole)
    with pytest.raises(CommandError, match=r"database\.dump in it is damaged"):
        restored(damaged, check=True)


def test_another_zip_is_no_backup(tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("claims.csv", "id\n1\n")
    with pytest.raises(CommandError, match="no backup of this program"):
        restored(other, check=True)


def changed(made, target, **changes):
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(target, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == backups.MANIFEST:
                content = json.dumps(json.loads(content) | changes)
            copy.writestr(name, content)
    return target


def test_one_of_a_newer_version_is_refused(work, made, tmp_path):
    newer = changed(
        made, tmp_path / "x", migrations=[["claims", "9999_from_the_future"]]
    )
    with pytest.raises(CommandError, match="newer version"):
        restored(newer)
    newer = changed(made, tmp_path / "y", postgresql=99)
    with pytest.raises(CommandError, match="PostgreSQL 99"):
        restored(newer)


@pytest.mark.long
def test_what_was_wrong_before_is_told_after_it(work, made, tmp_path, monkeypatch):
    monkeypatch.setattr(restore, "problems", lambda: ["a trigger is gone"])
    told = pytest.raises(CommandError, match="as it was backed up, and 1 checks")
    with in_database("restored"), uploads(tmp_path / "media"), told:
        restored(made)


@pytest.mark.slow
def test_rows_that_differ_afterwards_are_named(work, made, tmp_path, capsys):
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read(backups.MANIFEST))
    tables = manifest["tables"]
    tables["claims_claim"][0] += 1
    tables["claims_speaker"][1] = "7"
    other = changed(made, tmp_path / "x", tables=tables, sequences={"gone_seq": 3})
    told = pytest.raises(CommandError, match="3 things")
    with in_database("restored"), uploads(tmp_path / "media"), told:
        restored(other)
    said = capsys.readouterr().err
    assert "claims_claim: 1 rows, backed up were 2" in said
    assert "claims_speaker: its rows are not those" in said
    assert "gone_seq" in said


# --- Making one ----------------------------------------------------------------------


def test_a_backup_is_for_its_owner_alone_and_replaces_no_other(work, made):
    assert made.stat().st_mode & 0o077 == 0
    before = made.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(made))
    assert made.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing(work, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "_program", lambda name: shutil.which("false"))
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_of_one_moment_while_others_write(work, tmp_path, monkeypatch):
    """What is committed between the dump and the count is in neither."""
    read = backups.contents

    def later(cursor):
        other = connection.copy()
        try:
            with other.cursor() as second:
                second.execute(
                    "INSERT INTO claims_logintry (pair, network, at)"
                    " VALUES ('a', 'b', now())"
                )
        finally:
            other.close()
        return read(cursor)

    monkeypatch.setattr(backups, "contents", later)
    path = tmp_path / "busy.backup"
    call_command("backup", str(path), verbosity=0)
    monkeypatch.setattr(backups, "contents", read)
    with in_database("restored"), uploads(tmp_path / "media"):
        restored(path)


# --- The programs --------------------------------------------------------------------


def test_the_oldest_programs_that_fit_the_server_are_taken(monkeypatch, tmp_path):
    folders = {17: tmp_path / "17", 18: tmp_path / "18"}
    monkeypatch.setattr(programs, "wheel_folders", lambda: dict(folders))
    monkeypatch.setattr(programs, "PLACES", ())
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert programs.folder_for(15) == folders[17]
    assert programs.folder_for(18) == folders[18]
    with pytest.raises(ImproperlyConfigured, match=r"PostgreSQL 19, and .* 17, 18"):
        programs.folder_for(19)


def test_a_password_goes_to_the_programs_unseen():
    class Login:
        def get_connection_params(self):
            return {"dbname": "facts", "password": "x y", "sslmode": "require"}

    env = programs.environment_for(Login())
    assert (env["PGDATABASE"], env["PGPASSWORD"]) == ("facts", "x y")
    assert env["PGSSLMODE"] == "require"


@pytest.mark.slow
def test_files_of_another_storage_are_backed_up_and_put_back(tmp_path):
    """As with S3: by the functions of a storage, without a folder."""
    elsewhere = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    path = tmp_path / "files.zip"
    with override_settings(STORAGES={**settings.STORAGES, "default": elsewhere}):
        default_storage.save("evidence/ab/minutes.pdf", ContentFile(b"%PDF-"))
        with zipfile.ZipFile(path, "w") as archive:
            for name, opens in backups.uploaded_files():
                with opens() as source:
                    archive.writestr(name, source.read())
    with override_settings(STORAGES={**settings.STORAGES, "default": elsewhere}):
        default_storage.save("evidence/ab/minutes.pdf", ContentFile(b"another"))
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == ["files/media/evidence/ab/minutes.pdf"]
            assert backups.restore_files(archive, backups.file_folders()) == 1
        assert default_storage.open("evidence/ab/minutes.pdf").read() == b"%PDF-"
