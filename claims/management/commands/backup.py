"""manage.py backup: write the database and the uploaded files to one file."""

from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from claims.exchange.formats import atomic_write
from claims.management.backups import BackupFailed, make_backup
from factcheck.database.owner import as_owner


class Command(BaseCommand):
    help = (
        "Write the database and the uploaded files to one new file, as they are at one "
        "moment, while the site goes on. Reads as DATABASE_OWNER_URL, where there is "
        "one. The file appears only when it is whole, and holds password hashes and "
        "secrets: keep it where nobody else reads."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "target",
            type=Path,
            nargs="?",
            default=Path(),
            help="the file, or a folder in which it is named by the time: .",
        )

    def handle(self, *, target, **options):
        if target.is_dir():
            target /= f"factcheck-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
        if target.exists():
            raise CommandError(f"{target} exists already: name another file.")
        try:
            with as_owner(), atomic_write(target) as unfinished:
                manifest = make_backup(unfinished)
        except (BackupFailed, ImproperlyConfigured, DatabaseError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from error
        rows = sum(rows for rows, _digest in manifest["tables"].values())
        size = sum(member["bytes"] for member in manifest["members"].values())
        files = len(manifest["members"]) - 1
        self.stdout.write(
            f"{target}: {rows} rows of {len(manifest['tables'])} tables, {files} "
            f"uploaded files, {size} bytes."
        )
