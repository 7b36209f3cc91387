"""manage.py restore: put a backup into an empty database, and prove it whole."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from claims.checks import problems
from claims.desk.evidence_files import stored_paths
from claims.management.backups import (
    BackupFailed,
    check_fits,
    differences,
    file_folders,
    is_empty,
    opened,
    restore_database,
    restore_files,
)
from claims.management.roles import WrongRole, give_defaults, give_rights
from factcheck.database.owner import as_owner


class Command(BaseCommand):
    help = (
        "Restore what manage.py backup wrote, into an empty database: all of it, or "
        "nothing. Stop the site first. Each byte of the file is checked before, every "
        "row and all that check_integrity asks afterwards. Rights are given to the "
        "roles of the settings, whatever they were called before."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, help="the file")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="delete what is in the database, and overwrite uploaded files",
        )
        parser.add_argument(
            "--check", action="store_true", help="check the file, and restore nothing"
        )

    def handle(self, *, backup, replace, check, **options):
        try:
            with as_owner(), opened(backup) as (archive, manifest):
                if check:
                    self.stdout.write(f"{backup} is whole, of {manifest['made_at']}.")
                    return
                self.restore(archive, manifest, replace)
            give_defaults()
        except (BackupFailed, ImproperlyConfigured, WrongRole) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def restore(self, archive, manifest, replace):
        check_fits(manifest)
        folders = file_folders()
        if not replace:
            self.check_empty(folders)
        # The program logs in by itself; an open transaction here could lock it out.
        connection.close()
        restore_database(archive, replace=replace)
        give_rights(connection)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        files = restore_files(archive, folders)
        self.tell(differences(manifest), "Restored, and {} things are not as before.")
        behind = self.is_behind(manifest)
        if not behind:
            self.tell(
                problems(),
                "Every row is as it was backed up, and {} checks of them fail.",
            )
        rows = sum(rows for rows, _digest in manifest["tables"].values())
        self.stdout.write(
            f"Restored {rows} rows and {files} uploaded files, as they were on "
            f"{manifest['made_at']}: every row compared."
        )
        self.stdout.write(
            "It is of an earlier version: run manage.py migrate, then check_integrity."
            if behind
            else "Everything holds together."
        )

    def tell(self, wrong, sentence):
        """Name what is wrong, and end with an error where anything is."""
        for problem in wrong:
            self.stderr.write(problem)
        if wrong:
            raise CommandError(sentence.format(len(wrong)))

    def check_empty(self, folders):
        if not is_empty():
            raise BackupFailed(
                "The database is not empty. Restore into a new one, or use --replace, "
                "which deletes what is in it."
            )
        if not folders and next(stored_paths(), None):
            raise BackupFailed(
                "The storage of uploaded files is not empty. Empty it, or use "
                "--replace, which overwrites files in it."
            )
        for folder in folders.values():
            if folder.is_dir() and any(folder.iterdir()):
                raise BackupFailed(
                    f"{folder} is not empty. Move it away, or use --replace, which "
                    "overwrites files in it."
                )

    def is_behind(self, manifest):
        """Return whether migrations of this program are not in the backup."""
        there = {tuple(row) for row in manifest["migrations"]}
        return bool(set(MigrationLoader(None).disk_migrations) - there)
