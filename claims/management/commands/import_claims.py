"""manage.py import_claims: store claims from files as drafts."""

from pathlib import Path

from django.core.management.base import CommandError

from claims.exceptions import Refused
from claims.exchange.formats import files_in
from claims.exchange.import_claims import import_claims_file
from claims.management.import_command import ImportCommand
from claims.models import Article


class Command(ImportCommand):
    help = (
        "Take claims in as drafts: from the CSV or JSON Lines of this site, from JSON "
        "Lines in doccano's shape, brat standoff (.ann) or W3C Web Annotations "
        "(.jsonld), or a folder of them. Each file goes in whole or not at all; a "
        "claim that is here already is left as it is. The articles must be here, and "
        "the words must stand in them."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="LOGIN", help="who takes them in")
        parser.add_argument(
            "--article",
            type=int,
            metavar="ID",
            help="the article that every claim of the files is in",
        )
        parser.add_argument(
            "--add-missing",
            action="store_true",
            help="add speakers, outlets and topics that are not here yet",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only check; store nothing"
        )

    def handle(self, *, paths, by, article, add_missing, dry_run, **options):
        options = {
            "by": self.find_user(by),
            "article": self.article(article),
            "add_missing": add_missing,
            "dry_run": dry_run,
        }
        files = [file for path in paths for file in self.files(path)]
        refused = 0
        for file in files:
            try:
                taken = import_claims_file(file, **options)
            except OSError as error:
                refused += 1
                self.write_error(f"{file}: {error.strerror}")
            except Refused as refusal:
                refused += 1
                self.write_error(str(refusal))
            else:
                would = "would be " if dry_run else ""
                self.say(
                    f"{file}: {taken.new} claims {would}taken in, "
                    f"{taken.known} were here already"
                )
        if refused:
            raise CommandError(
                f"{refused} of {len(files)} files were refused; nothing of them is in."
            )

    def files(self, path):
        found = files_in(path)
        if not found:
            raise CommandError(f"{path}: there is no file with claims in this folder.")
        return found

    def article(self, number):
        if number is None:
            return None
        try:
            return Article.objects.get(pk=number)
        except Article.DoesNotExist:
            raise CommandError(f"There is no article {number}.") from None
