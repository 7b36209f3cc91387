"""manage.py prepare_downloads: make the files of all claims beforehand."""

from django.core.management.base import BaseCommand, CommandError

from claims.exceptions import Refused
from claims.exchange.prepared import prepare


class Command(BaseCommand):
    help = (
        "Write all listed claims as CSV, JSON Lines and ZIP into the storage, dated "
        "and with their SHA-256, and list them on /data/: they are taken from there "
        "however many claims there are and however slow the line. The seven newest "
        "states stay. Run it once a day; without a change since, it makes nothing. "
        "Set FACTCHECK_URL, and the addresses in the files are complete."
    )

    def handle(self, **options):
        try:
            made, is_new = prepare()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The storage: {error.strerror or error}") from error
        if not is_new:
            self.stdout.write(f"Nothing has changed since {made.day}.")
        for file in made.files:
            self.stdout.write(f"{file.sha256}  {file.name}  {file.size} bytes")
