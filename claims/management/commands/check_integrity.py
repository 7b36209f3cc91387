"""manage.py check_integrity: run the integrity checks on the stored data."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from claims.checks import all_checks, compare_heads, definitions, problems
from factcheck.monitoring.integrity_run import record_run


class Command(BaseCommand):
    help = (
        "Look whether everything stored holds together: quotes and texts, publications "
        "and the chain of their digests, four eyes, the public record and what it is "
        "made from, rows and their history, and triggers, functions, constraints and "
        "privileges as the migrations made them. Changes nothing; ends with an error "
        "when something is wrong, and names it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--record-definitions",
            action="store_true",
            help="for developers, after a new migration: write down the definitions of "
            "this database as the ones to compare with",
        )

        parser.add_argument(
            "--heads",
            type=Path,
            metavar="FILE",
            help="a copy of /corrections/heads.json that somebody kept: hold it "
            "against the database",
        )

    def handle(self, *, record_definitions, heads, **options):
        if record_definitions:
            definitions.record()
            self.stdout.write(f"Written to {definitions.RECORDED.name}.")
            return
        wrong = problems() + (self.kept(heads) if heads else [])
        record_run(len(wrong))
        for problem in wrong:
            self.stderr.write(problem)
        if wrong:
            raise CommandError(f"{len(wrong)} checks failed.")
        self.stdout.write(f"{len(all_checks())} checks of rows, 0 bad.")
        self.stdout.write("Everything holds together.")

    def kept(self, file):
        try:
            return compare_heads(file.read_text())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} cannot be read as heads: {error}") from None
