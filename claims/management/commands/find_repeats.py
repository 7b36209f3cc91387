"""manage.py find_repeats: suggest which claims of the archive repeat earlier ones."""

from datetime import date
from itertools import islice
from time import perf_counter

from django.core.management.base import CommandError

from claims.desk.find_repeats import TIERS, find_repeats
from claims.exceptions import Refused
from claims.management.import_command import ImportCommand
from claims.models import PublicClaim, acting

EVERY = 500


def day(text):
    """Return an ISO date, for an option of a command."""
    return date.fromisoformat(text)


class Command(ImportCommand):
    help = (
        "Compare each listed claim with the earlier ones and suggest the likest as the "
        "one that it repeats. A person confirms or rejects each suggestion at the "
        "desk; none is made twice, so running it again does no harm. It names how far "
        "it came: --after goes on from there."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--since",
            type=day,
            metavar="DAY",
            help="only claims made since, YYYY-MM-DD",
        )
        parser.add_argument(
            "--limit", type=int, metavar="N", help="look at no more than so many claims"
        )
        parser.add_argument(
            "--least",
            choices=[*TIERS],
            default="very close",
            help="how alike they are at least; “similar” finds many more",
        )
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="ID",
            help="go on behind this claim, where it was broken off",
        )
        parser.add_argument("--by", metavar="LOGIN", help="who has them suggested")

    def handle(self, *, since, limit, least, after, by, **options):
        person = self.find_user(by)
        if limit is not None and limit < 1:
            raise CommandError("--limit is a number from 1 on.")
        if not 0 <= after < 2**63:
            raise CommandError("--after is the number of a claim.")
        total = PublicClaim.objects.listed().filter(repeats=None, pk__gt=after).count()
        claims = pairs = new = known = 0
        begun = perf_counter()
        try:
            with acting(person):
                for looked in islice(
                    find_repeats(since=since, after=after, least=least), limit
                ):
                    claims, pairs = claims + 1, pairs + looked.compared
                    new += looked.is_new
                    known += looked.is_suggested and not looked.is_new
                    after = looked.key
                    if claims % EVERY == 0:
                        self.stdout.write(
                            f"{claims} of at most {total} claims, {new} suggested; go "
                            f"on from here with --after {after}"
                        )
        except Refused as refusal:
            raise CommandError(f"behind claim {after}: {refusal}") from refusal
        seconds = max(perf_counter() - begun, 1e-6)
        self.stdout.write(
            f"{claims} claims looked at ({claims / seconds:,.0f} a second), {pairs} "
            f"pairs compared word by word; {new} suggested, {known} known already."
        )
