"""manage.py export_claims: write the claims of a query as CSV, JSON Lines or ZIP."""

import shutil
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.management.base import BaseCommand, CommandError

from claims.exceptions import Refused
from claims.exchange.export import HashedFile, export_csv, export_jsonl, export_zip
from claims.exchange.formats import TargetExists, atomic_write
from claims.lists.filters import ClaimQuery
from claims.reading.structured_data import data_feed


def export_claimreview(query, *, site):
    """Return the ClaimReview DataFeed of the claims' verdicts in force."""
    file = HashedFile.spool()
    claims = query.rows().reviewed()
    for piece in data_feed(claims, at=lambda path: f"{site}{path}"):
        file.write(piece.encode())
    return file.finished(claims.count(), "json", "application/ld+json")


FORMATS = {
    "csv": export_csv,
    "jsonl": export_jsonl,
    "claimreview": export_claimreview,
    "zip": export_zip,
}


class Command(BaseCommand):
    help = (
        "Write the listed claims that a query means as CSV, JSON Lines, ClaimReview, "
        "or a ZIP of the CSV with its checksum. The query is the one in the address "
        "of the list: --query 'speaker=ankara&rating=false'. Without --output it "
        "writes to standard output; with it, the file appears only when it is whole. "
        "Set FACTCHECK_URL, and the addresses in the file are complete."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--query", default="", help="what follows /claims/?")
        parser.add_argument("--output", type=Path, help="the file to write")

    def handle(self, *, format, query, output, **options):
        try:
            made = FORMATS[format](self.asked(query), site=settings.FACTCHECK["URL"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        with closing(made.file):
            if output is None:
                shutil.copyfileobj(made.file, self.stdout.buffer)
            else:
                self.write(made.file, output)
        self.stderr.write(
            f"{made.rows} claims, {made.size} bytes, SHA-256 {made.sha256}"
        )

    def asked(self, query):
        """Parse --query; raise Refused or CommandError."""
        try:
            query.encode()  # what a shell hands over need not be text
            return ClaimQuery(query.removeprefix("?"))
        except (UnicodeError, TooManyFieldsSent):
            raise CommandError("--query: this is no query of the list.") from None

    def write(self, file, output):
        try:
            with atomic_write(output) as unfinished, unfinished.open("wb") as target:
                shutil.copyfileobj(file, target)
        except TargetExists:
            raise CommandError(f"{output} is a folder; name a file.") from None
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
