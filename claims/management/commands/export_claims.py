"""manage.py export_claims: write the claims of a query as CSV, JSON Lines or ZIP."""

import shutil
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.management.base import BaseCommand, CommandError

from claims.exceptions import Refused
from claims.exchange.export import CLAIMREVIEW, FORMATS, export_file
from claims.exchange.formats import TargetExists, atomic_write
from claims.lists.filters import ClaimQuery

# The site has its ClaimReview feed at an address of its own.
WRITERS = FORMATS | {"claimreview": CLAIMREVIEW}


class Command(BaseCommand):
    help = (
        "Write the listed claims that a query means as CSV, JSON Lines, ClaimReview, "
        "or a ZIP of the CSV with its checksum. The query is the one in the address "
        "of the list: --query 'speaker=ankara&rating=false'. Without --output it "
        "writes to standard output; with it, the file appears only when it is whole. "
        "Set FACTCHECK_URL, and the addresses in the file are complete."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=WRITERS, default="csv")
        parser.add_argument("--query", default="", help="what follows /claims/?")
        parser.add_argument(
            "--columns",
            type=int,
            choices=(1, 2),
            default=2,
            help="1: the columns and values of the CSV before its present dialect",
        )
        parser.add_argument("--output", type=Path, help="the file to write")

    def handle(self, *, format, query, output, columns, **options):
        if columns == 1 and format != "csv":
            raise CommandError("--columns 1 is for --format csv.")
        try:
            made = export_file(
                WRITERS[format],
                self.asked(query),
                site=settings.FACTCHECK["URL"],
                **({"former": True} if columns == 1 else {}),
            )
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
