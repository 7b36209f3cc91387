"""manage.py benchmark: measure every page on generated archives, beside its floor."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.benchmark.measuring import BenchmarkFailed
from claims.benchmark.report import (
    SMALLEST,
    as_json,
    as_markdown,
    benchmark,
    over_limits,
)
from factcheck.database.owner import as_owner

FEWEST = 1_000


class Command(BaseCommand):
    help = (
        "Measure every address of the site and the desk on made-up archives, skewed "
        "and dirty as real ones are, each in a database of its own: processor time, "
        "queries, buffers and memory, beside the plainest way to the same rows. Ends "
        "with an error where queries, buffers or plans are over their limit, never "
        "because of time."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--claims",
            type=int,
            nargs="+",
            default=[20_000],
            metavar="N",
            help="how many claims the larger archive has, or each of several (default: "
            f"20,000); the smallest has {SMALLEST:,}",
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="leave the archives, and take those that stand as they are",
        )
        parser.add_argument(
            "--database",
            metavar="NAME",
            help="the database of the largest archive; implies --keep",
        )
        parser.add_argument(
            "--every",
            type=int,
            default=1,
            metavar="N",
            help="of the filters in pairs measure every Nth alone: a short run",
        )
        parser.add_argument(
            "--lists", action="store_true", help="measure lists of claims alone"
        )
        parser.add_argument(
            "--json", type=Path, metavar="FILE", help="write all figures there, too"
        )

    def handle(self, *, claims, keep, database, every, lists, json, **_options):
        if min(claims) < FEWEST:
            raise CommandError(f"An archive to measure has {FEWEST:,} claims or more.")
        if every < 1:
            raise CommandError("--every takes a number from 1 on.")
        sizes = sorted({SMALLEST, *claims})
        names = [*(f"{database}_{size}" for size in sizes[:-1]), database]
        measured = []
        with as_owner():
            self.check_right()
            try:
                for one in benchmark(
                    sizes,
                    self.say,
                    keep=keep or bool(database),
                    names=names if database else (),
                    every=every,
                    only_lists=lists,
                ):
                    measured.append(one)
                    # A large archive takes long: what was measured before is kept.
                    if json:
                        json.write_text(as_json(measured), encoding="utf-8")
            except BenchmarkFailed as refusal:
                raise CommandError(f"Nothing was measured: {refusal}.") from refusal
        self.stdout.write(as_markdown(measured))
        over = [
            f"{one.claims:,} claims: {line}"
            for one in measured[1:] or measured
            for line in over_limits([measured[0], one])
        ]
        if over:
            raise CommandError("\n".join(["Over the limit:", *over]))

    def say(self, words):
        self.stderr.write(words, ending="")
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
