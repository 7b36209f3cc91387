"""Backups: one ZIP of a pg_dump, the uploaded files and a manifest that proves both.

The manifest says how many rows each table has and what their digest is, read in the
snapshot that pg_dump read. It is written last: what was cut in the middle has none.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from claims.database_roles import roles_of_settings
from claims.desk.evidence_files import stored_paths
from factcheck.database.programs import environment_for, folder_for

DUMP, MANIFEST, FILES = "database.dump", "manifest.json", "files/"
MEDIA = "media"
FORMAT = 1
BLOCK = 1 << 20
# The sum of digests of rows: the same in whatever order they lie.
CONTENTS = """
SELECT count(*),
       coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text
FROM {table} t
"""
TABLES = """
SELECT relname::text FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
ORDER BY 1
"""
SEQUENCES = """
SELECT sequencename::text, coalesce(last_value, 0) FROM pg_sequences
WHERE schemaname = current_schema() ORDER BY 1
"""
ANYTHING = """
SELECT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT FROM pg_proc WHERE pronamespace = current_schema()::regnamespace)
"""
# Everything in the schema, whatever refers to it; the schema itself stays.
EMPTY = r"""DO $$
DECLARE
    one text;
BEGIN
    FOR one IN
        -- All names first: CASCADE takes some away that the loop has still to come to.
        SELECT unnest(ARRAY(
            SELECT format('TABLE IF EXISTS %I.%I', nspname, relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE nspname = current_schema() AND relkind IN ('r', 'p')))
    LOOP
        EXECUTE format('DROP %s CASCADE', one);
    END LOOP;
    FOR one IN
        SELECT unnest(ARRAY(
            SELECT format('%s', oid::regprocedure) FROM pg_proc
            WHERE pronamespace = current_schema()::regnamespace))
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one);
    END LOOP;
END $$;
"""
# What names roles, which have other names elsewhere: given anew afterwards.
OF_ROLES = re.compile(rb"\d+; \d+ \d+ (POLICY|ROW SECURITY) ")
# PostgreSQL 16 and older do not know it, and newer programs write it all the same.
TIMEOUT = b"SET transaction_timeout = 0;\n"


class BackupFailed(Exception):
    """A backup could not be made, read or restored; the message tells why."""


def file_folders() -> dict[str, Path]:
    """Return the folders of uploaded files that a backup holds, by their name in it.

    None where another storage than folders of this machine has the files.
    """
    if isinstance(default_storage, FileSystemStorage):
        return {MEDIA: Path(default_storage.location)}
    return {}


def uploaded_files() -> Iterator[tuple[str, Callable]]:
    """Yield each uploaded file: its name in a backup, and a function that opens it."""
    folders = file_folders()
    for name, folder in folders.items():
        for each in sorted(folder.rglob("*")):
            if each.is_file() and not each.is_symlink():
                inside = f"{FILES}{name}/{each.relative_to(folder).as_posix()}"
                yield inside, partial(each.open, "rb")
    if not folders:
        for path in stored_paths():
            yield f"{FILES}{MEDIA}/{path}", partial(default_storage.open, path)


# --- Making one -----------------------------------------------------------------------


def make_backup(path: Path) -> dict:
    """Write a backup to a new file and return its manifest."""
    members: dict[str, dict] = {}
    # Password hashes and secrets are in it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w") as archive:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            manifest = _manifest(cursor)
            cursor.execute("SELECT pg_export_snapshot()")
            with _pg_dump(cursor.fetchone()[0]) as dump:
                members[DUMP] = _add(archive, DUMP, dump)
            manifest["tables"] = contents(cursor)
        for inside, opens in uploaded_files():
            with opens() as source:
                members[inside] = _add(archive, inside, source)
        manifest["members"] = members
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1) + "\n")
    return manifest


def _manifest(cursor):
    application, public = roles_of_settings()
    cursor.execute("SELECT current_user")
    owner = cursor.fetchone()[0]
    cursor.execute(SEQUENCES)
    sequences = dict(cursor.fetchall())
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "site": settings.FACTCHECK["URL"],
        "postgresql": server_version(),
        "roles": {"owner": owner, "application": application, "public": public},
        "migrations": [list(row) for row in cursor.fetchall()],
        "sequences": sequences,
    }


def contents(cursor) -> dict[str, list]:
    """Return the number of rows and the digest of each table."""
    cursor.execute(TABLES)
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(CONTENTS.format(table=connection.ops.quote_name(table)))
        found[table] = list(cursor.fetchone())
    return found


def server_version() -> int:
    """Return the server's major version."""
    return connection.pg_version // 10_000


def _program(name):
    return folder_for(server_version()) / name


@contextmanager
def _pg_dump(snapshot):
    command = [_program("pg_dump"), "--format=custom", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, "--no-password"],
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment_for(connection),
        )
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            process.wait()
        if process.returncode:
            raise BackupFailed(f"pg_dump failed: {_end(said)}")


def _add(archive, name, source):
    """Copy a stream into the archive; return its size and digest."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            member.write(block)
            digest.update(block)
            size += len(block)
    return {"bytes": size, "sha256": digest.hexdigest()}


# --- Reading one ----------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict]]:
    """Open a backup and yield it with its manifest, every byte of it checked before."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise BackupFailed(f"{path}: {error.strerror}") from error
    except zipfile.BadZipFile:
        raise BackupFailed(
            f"{path} is no backup, or was cut in the middle: use another one."
        ) from None
    with archive:
        try:
            manifest = json.loads(archive.read(MANIFEST))
            known = manifest["format"] == FORMAT and {*manifest["members"], MANIFEST}
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
            known = False
        if not known or known != {*archive.namelist()} or DUMP not in known:
            raise BackupFailed(
                f"{path} is no backup of this program, or not a whole one."
            )
        for name, told in manifest["members"].items():
            if _digest(archive, name) != told["sha256"]:
                raise BackupFailed(f"{path}: {name} in it is damaged.")
        yield archive, manifest


def _digest(archive, name):
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while block := member.read(BLOCK):
                digest.update(block)
    except (zipfile.BadZipFile, EOFError):
        return ""
    return digest.hexdigest()


# --- Restoring one --------------------------------------------------------------------


def is_empty() -> bool:
    """Return whether there is nothing at all in the database's schema."""
    with connection.cursor() as cursor:
        cursor.execute(ANYTHING)
        return not cursor.fetchone()[0]


def check_fits(manifest: dict) -> None:
    """Raise BackupFailed where a backup is newer than this program or server."""
    known = set(MigrationLoader(None).disk_migrations)
    newer = [name for app, name in manifest["migrations"] if (app, name) not in known]
    if newer:
        raise BackupFailed(
            f"The backup is of a newer version ({newer[-1]} is not known here): "
            "install that version first."
        )
    if server_version() < manifest["postgresql"]:
        raise BackupFailed(
            f"The backup is of PostgreSQL {manifest['postgresql']}, and the server is "
            f"{server_version()}: use one that is as new."
        )


def restore_database(archive: zipfile.ZipFile, *, replace: bool) -> None:
    """Run the dump in one transaction: all of it, or the database is as it was."""
    env = environment_for(connection)
    pg_restore = [_program("pg_restore"), "--no-owner", "--no-acl"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        order = Path(folder) / "order"
        listed = _fed(archive, [*pg_restore, "--list"], env, said)
        order.write_bytes(
            b"".join(line for line in listed.stdout if not OF_ROLES.match(line))
        )
        # It stops reading after the table of contents.
        if listed.wait():
            raise BackupFailed(f"Nothing was restored: {_end(said)}")
        psql = subprocess.Popen(
            [_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--no-password"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=env,
        )
        script = _fed(
            archive, [*pg_restore, f"--use-list={order}", "--file=-"], env, said
        )
        try:
            psql.stdin.write(b"BEGIN;\n" + (EMPTY.encode() if replace else b""))
            for number, line in enumerate(script.stdout):
                if number > 100 or line != TIMEOUT:
                    psql.stdin.write(line)
            # Without this nothing is kept: what ends in the middle commits nothing.
            if not script.wait():
                psql.stdin.write(b"\nCOMMIT;\n")
            psql.stdin.close()
        except BrokenPipeError:
            script.kill()
        finally:
            script.stdout.close()
            failed = psql.wait() or script.wait()
        if failed:
            raise BackupFailed(f"Nothing was restored: {_end(said)}")


def _fed(archive, command, env, said):
    """Start a program that is given the dump on its standard input."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=env
    )

    def feed():
        # A program that has read enough, or failed, closes it.
        try:
            with archive.open(DUMP) as dump, process.stdin:
                shutil.copyfileobj(dump, process.stdin, BLOCK)
        except BrokenPipeError:
            pass

    threading.Thread(target=feed, daemon=True).start()
    return process


def restore_files(archive: zipfile.ZipFile, folders: dict[str, Path]) -> int:
    """Write the uploaded files of a backup to their folders; return how many."""
    count = 0
    for name in archive.namelist():
        if not name.startswith(FILES):
            continue
        place, *parts = PurePosixPath(name.removeprefix(FILES)).parts
        known = place in folders or (place == MEDIA and not folders)
        if not known or not parts or {"..", "/"} & set(parts):
            raise BackupFailed(f"There is no folder for {name}: set it, and try again.")
        if not folders:
            _store(PurePosixPath(*parts).as_posix(), archive.read(name))
            count += 1
            continue
        target = folders[place].joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, BLOCK)
        count += 1
    return count


def _store(path, content):
    """Put a file into the storage under its own name, in place of one that is there."""
    if default_storage.exists(path):
        default_storage.delete(path)
    stored = default_storage.save(path, ContentFile(content))
    if stored != path:
        raise BackupFailed(f"The storage would call {path} {stored}.")


def differences(manifest: dict) -> list[str]:
    """Return a sentence on whatever in the database is not as it was backed up."""
    with transaction.atomic(), connection.cursor() as cursor:
        there = contents(cursor)
        cursor.execute(SEQUENCES)
        sequences = dict(cursor.fetchall())
    said = [
        f"{table}: {there.get(table, ['no'])[0]} rows, backed up were {rows[0]}"
        if there.get(table, [None])[0] != rows[0]
        else f"{table}: its rows are not those that were backed up"
        for table, rows in manifest["tables"].items()
        if there.get(table) != rows
    ]
    said += [
        f"{table}: not in the backup" for table in there.keys() - manifest["tables"]
    ]
    # Somebody may have written between their reading and the dump.
    said += [
        f"{name}: counts from {sequences.get(name)}, and was at {number}"
        for name, number in manifest["sequences"].items()
        if sequences.get(name, -1) < number
    ]
    return sorted(said)


def _end(said):
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return "\n".join(lines[-5:])
