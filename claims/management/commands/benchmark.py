"""manage.py benchmark: time pages and downloads on generated archives."""

import dataclasses
import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.benchmark import buffers
from claims.benchmark.archive import fill_database
from claims.benchmark.databases import temporary_database
from claims.benchmark.measuring import BenchmarkFailed
from claims.benchmark.report import benchmark
from factcheck.database.owner import as_owner

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
        parser.add_argument(
            "--buffers",
            action="store_true",
            help="measure the buffers of lists instead: each filter alone and in pairs",
        )

    def handle(self, *, claims, **options):
        if claims < FEWEST:
            raise CommandError(f"An archive to measure has {FEWEST:,} claims or more.")
        with as_owner():
            self.check_right()
            if options["buffers"]:
                self.check_buffers(claims)
            else:
                self.check_times(claims, as_json if options["json"] else as_table)

    def check_times(self, claims, shown):
        """Print the times; end with an error where one is over its limit."""
        try:
            report = benchmark(claims, self.say)
        except BenchmarkFailed as refusal:
            raise CommandError(f"Nothing was measured: {refusal}.") from refusal
        self.stdout.write(shown(report))
        if report.missed:
            names = "; ".join(
                f"{bar.name} {bar.ratio:.2f}, at most {bar.limit}"
                for bar in report.missed
            )
            raise CommandError(f"Over the limit: {names}")

    def check_buffers(self, claims):
        """Print the costliest lists; end with an error where one is over the limit."""
        limit = buffers.limit_of(claims)
        with temporary_database("claims_buffers"):
            self.say(f"Filling an archive of {claims:,} claims ...\n")
            fill_database(claims)
            costs = sorted(buffers.list_costs(), key=lambda cost: -cost.buffers)
        self.stdout.write(f"{len(costs)} lists of {claims:,} claims; buffers:")
        for place, name in ((len(costs) // 2, "median"), (len(costs) // 20, "95 %")):
            self.stdout.write(f"{costs[place].buffers:8,}  {name}")
        for cost in costs[:10]:
            self.stdout.write(f"{cost.buffers:8,}  {cost.query}")
        over = [cost for cost in costs if cost.buffers > limit]
        if over:
            raise CommandError(f"{len(over)} lists touch more than {limit:,} buffers.")

    def say(self, words):
        self.stderr.write(words)
        self.stderr.flush()

    def check_right(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = user")
            if not cursor.fetchone()[0]:
                raise CommandError(
                    "The measuring needs databases of its own, which the owner of the "
                    "tables may not create: ALTER ROLE ... CREATEDB, or leave "
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
