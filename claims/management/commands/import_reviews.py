"""manage.py import_reviews: store checks that were published elsewhere."""

import json
from pathlib import Path

from django.core.management.base import CommandError

from claims.exceptions import Refused
from claims.exchange.published.mapping import Mapping, read_mapping
from claims.exchange.records import InvalidValue
from claims.exchange.reviews import (
    MOST_SHOWN,
    ReviewsRefused,
    import_reviews,
    propose_mapping,
)
from claims.exchange.sources import STDIN
from claims.management.import_command import ImportCommand


class Command(ImportCommand):
    help = (
        "Take in checks that were published elsewhere, as such: ClaimReview in JSON-LD "
        "(one, a list, @graph, DataFeed, JSON by line, inside saved HTML), or a table "
        "(CSV, TSV, JSON) through a mapping file. All or nothing; a second run adds "
        "nothing, and what changed at its source becomes a later version. How a "
        "review is read stands in claims/exchange/published/README.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="LOGIN", help="who takes them in")
        parser.add_argument(
            "--mapping",
            type=Path,
            metavar="FILE",
            help="JSON: which column is what, which label which rating",
        )
        self.add_encoding(parser)
        parser.add_argument(
            "--propose-mapping",
            action="store_true",
            help="print a first mapping of the files, and store nothing",
        )
        parser.add_argument(
            "--keep-going",
            action="store_true",
            help="take the good rows though others are broken",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only check; store nothing"
        )

    def handle(self, *, paths, by, mapping, encoding, propose_mapping, **options):
        encoding = options["encoding"] = self.encoding(encoding)
        if STDIN in paths:
            raise CommandError(
                "Checks are read from files, which may be packed (.gz): a mapping and "
                "the rows refused go by their names."
            )
        try:
            if propose_mapping:
                self.propose(paths, encoding)
                return
            self.take(paths, self.find_user(by), self.read_mapping(mapping), **options)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def read_mapping(self, path):
        if path is None:
            return Mapping()
        try:
            return read_mapping(path.read_text(encoding="utf-8-sig"))
        except (InvalidValue, UnicodeDecodeError) as problem:
            raise CommandError(f"{path}: {problem}") from None

    def propose(self, paths, encoding):
        proposed = propose_mapping(paths, encoding)
        self.say(json.dumps(proposed, ensure_ascii=False, indent=1))

    def take(self, paths, by, mapping, *, verbosity=1, **options):
        chosen = ("encoding", "keep_going", "dry_run")
        dry_run = options["dry_run"]
        try:
            report = import_reviews(
                paths,
                by=by,
                mapping=mapping,
                **{name: options[name] for name in chosen},
                progress=lambda done: self.say(f"{done:,} reviews") if verbosity else 0,
            )
        except ReviewsRefused as refusal:
            self.write_error(str(refusal))
            self.write_rejects(refusal.report, dry_run)
            raise CommandError(
                f"{len(refusal.report.problems)} problems; nothing was taken in. "
                "--keep-going takes the good rows."
            ) from None
        self.tell(report, dry_run)
        self.write_rejects(report, dry_run)

    def tell(self, report, dry_run):
        for warning in report.warnings[:MOST_SHOWN]:
            self.write_error(warning)
        if len(report.warnings) > MOST_SHOWN:
            self.write_error(f"… and {len(report.warnings) - MOST_SHOWN} more warnings")
        for problem in report.problems:
            self.write_error(problem)
        if report.not_read:
            names = (f"{name} ({n})" for name, n in report.not_read.most_common())
            self.write_error(f"not read: {', '.join(names)}")
        would = "would be taken in: " if dry_run else ""
        self.say(f"{would}{report.stored}, {len(report.problems)} were refused")

    def write_rejects(self, report, dry_run):
        for path, text in report.rejects().items():
            if not dry_run:
                path.write_text(text, encoding="utf-8")
                self.write_error(f"The broken rows are in {path}.")
