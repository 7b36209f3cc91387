"""manage.py forget_files: delete kept files that nothing names, and half uploads."""

from django.core.management.base import BaseCommand, CommandError

from claims.desk.evidence_files import forget_unused, missing_files
from claims.desk.speaker_pictures import forget_replaced


class Command(BaseCommand):
    help = (
        "Delete files of evidence that no evidence and no publication names, pictures "
        "that no speaker has any more, and what uploads cut in the middle have left; "
        "younger than a day they stay. Reads "
        "every file that is kept, names those that the storage has lost or spoilt, "
        "and then ends with an error."
    )

    def handle(self, **options):
        rows, files = forget_unused()
        files += forget_replaced()
        self.stdout.write(f"{rows} copies forgotten, {files} files deleted.")
        missing = missing_files()
        for file in missing:
            self.stderr.write(
                f"{file.path}: not in the storage, or not as it was kept."
            )
        if missing:
            raise CommandError(f"{len(missing)} files are missing: restore a backup.")
