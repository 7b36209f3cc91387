"""manage.py import_claims: store claims from files as drafts."""

from pathlib import Path

from django.core.management.base import CommandError

from claims.exceptions import Refused
from claims.exchange.formats import files_in
from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.exchange.sources import STDIN, display_name
from claims.management.import_command import ImportCommand
from claims.models import Article


class Command(ImportCommand):
    help = (
        "Take claims in as drafts: from tables (.csv, .tsv: divided by commas, "
        "semicolons or tabs, as spreadsheets save them), from the JSON Lines or the "
        "ZIP of this site, from JSON Lines in doccano's shape, brat standoff (.ann) or "
        "W3C Web Annotations (.jsonld), each of them also as .gz, or a folder of them; "
        "“-” reads standard input. The articles must be here, and the words must stand "
        "in them. Each file goes in whole or not at all, but for --keep-going. Running "
        "it again adds nothing; what a file says otherwise than last time is changed "
        "here too, unless somebody at the desk has changed it since."
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
        self.add_encoding(parser)
        parser.add_argument(
            "--keep-going",
            action="store_true",
            help="take the good rows in where others are refused",
        )
        parser.add_argument(
            "--rejects",
            type=Path,
            metavar="FILE",
            help="write the refused rows here, in the format of the file they are "
            "from, each with its line, column and reason; put right, they can be "
            "taken in as they are",
        )
        parser.add_argument(
            "--verdicts",
            action="store_true",
            help="take verdicts in as published elsewhere, and list their claims: of "
            "whole records (.jsonl, .zip) all versions, of a table the newest, as far "
            "as a row says it; whoever --by names must have the right to publish",
        )
        parser.add_argument(
            "--published-by",
            default="",
            metavar="NAME",
            help="who published them; else the host of their addresses",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only check; store nothing"
        )

    def handle(self, *, paths, by, article, encoding, rejects, **options):
        options = {
            name: options[name]
            for name in (
                "add_missing",
                "keep_going",
                "dry_run",
                "verdicts",
                "published_by",
            )
        } | {
            "by": self.find_user(by),
            "article": self.article(article),
            "encoding": self.encoding(encoding),
            "rejects": rejects,
        }
        files = [file for path in paths for file in self.files(path)]
        if rejects and len(files) > 1:
            raise CommandError("--rejects takes the rows of one file at a time.")
        refused = sum(not self.take_in(file, **options) for file in files)
        if refused:
            raise CommandError(
                f"{refused} of {len(files)} files were refused; nothing of them is in."
            )

    def take_in(self, file, **options):
        """Take one file in and say what came of it; return whether it is in."""
        name = display_name(file)
        try:
            taken = import_claims_file(file, **options)
        except OSError as error:
            self.write_error(f"{name}: {error.strerror}")
        except ClaimsRefused as refusal:
            self.tell_problems(refusal.result, options["rejects"])
        except Refused as refusal:
            self.write_error(f"{name}: {refusal}")
        else:
            self.tell_problems(taken, options["rejects"])
            for sentence in taken.left:
                self.write_error(sentence)
            would = "would be " if options["dry_run"] else ""
            changed = f", {taken.changed} {would}changed" if taken.changed else ""
            refused = f", {taken.refused} rows {would}refused" if taken.refused else ""
            versions = taken.versions
            versions = f", {versions} versions of verdicts" if versions else ""
            self.say(
                f"{name}: {taken.new} claims {would}taken in, "
                f"{taken.known} were here already{changed}{versions}{refused}"
            )
            if taken.not_read:
                self.say(f"  not read: {', '.join(taken.not_read)}")
            return True
        return False

    def tell_problems(self, result, rejects):
        for problem in result.problems:
            self.write_error(problem)
        untold = result.refused - len(result.problems)
        if untold > 0:
            where = f"; all are in {rejects}" if rejects else "; --rejects writes all"
            self.write_error(f"... and {untold} more{where}")

    def files(self, path):
        if path == STDIN:
            return [path]
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
