"""manage.py benchmark: time pages and downloads on generated archives."""

import dataclasses
import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.benchmark.measuring import BenchmarkFailed
from claims.benchmark.report import benchmark

FEWEST = 1_000


class Command(BaseCommand):
    help = (
        "Measure the public pages and the CSV on two made-up archives, one ten times "
        "the other, in databases of their own that are dropped in the end. Every "
        "figure is told as a ratio to the plainest way to the same rows and to the "
        "smaller archive. Ends with an error when a page grows with the archive."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--claims",
            type=int,
            default=50_000,
            help="how many claims the larger archive has (default: %(default)s)",
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead")

    def handle(self, *, claims, **options):
        if claims < FEWEST:
            raise CommandError(f"An archive to measure has {FEWEST:,} claims or more.")
        self.check_right()
        try:
            report = benchmark(claims, self.say)
        except BenchmarkFailed as refusal:
            raise CommandError(f"Nothing was measured: {refusal}.") from refusal
        self.stdout.write(as_json(report) if options["json"] else as_table(report))
        if report.missed:
            names = "; ".join(
                f"{bar.name} {bar.ratio:.2f}, at most {bar.limit}"
                for bar in report.missed
            )
            raise CommandError(f"Over the limit: {names}")

    def say(self, words):
        self.stderr.write(words)
        self.stderr.flush()

    def check_right(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = user")
            if not cursor.fetchone()[0]:
                raise CommandError(
                    "The measuring needs databases of its own, which the role in "
                    "DATABASE_URL may not create: ALTER ROLE ... CREATEDB, or leave "
                    "DATABASE_URL out to measure on the embedded PostgreSQL."
                )


def as_table(report):
    """Return the report as a plain-text table."""
    lines = [
        f"{report.claims:,} claims",
        f"{'':36}{'ms':>9}{'queries':>9}{'/ plain':>9}{'/ tenth':>9}",
    ]
    lines += [
        f"{row.name:36}{row.ms:9.1f}{row.queries or '':>9}"
        f"{row.over_plain:9.1f}{row.growth:9.2f}"
        for row in report.rows
    ]
    lines += [
        f"{bar.name}: {bar.ratio:.2f}, at most {bar.limit}" for bar in report.bars[-2:]
    ]
    return "\n".join(lines)


def as_json(report):
    """Return the report as JSON."""
    return json.dumps(dataclasses.asdict(report), indent=2)
