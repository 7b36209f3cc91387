"""manage.py check_integrity: run the integrity checks on the stored data."""

from django.core.management.base import BaseCommand, CommandError

from claims.checks import CHECKS, broken_rows, unsafe_settings


class Command(BaseCommand):
    help = (
        "Look whether everything stored holds together: quotes and texts, ratings "
        "and publications, the chain of digests, triggers and server settings. "
        "Changes nothing; ends with an error when something is wrong."
    )

    def handle(self, **options):
        wrong = 0
        for check in CHECKS:
            rows = broken_rows(check)
            if rows:
                wrong += 1
                ids = ", ".join(map(str, rows[:20]))
                more = " and more" if len(rows) > 20 else ""
                self.stderr.write(f"{check.name}: {check.means}: {ids}{more}")
            else:
                self.stdout.write(f"{check.name}: 0 bad")
        for name, value in unsafe_settings().items():
            wrong += 1
            self.stderr.write(
                f"settings: {name} is {value}; an acknowledged write may be lost"
            )
        if wrong:
            raise CommandError(f"{wrong} checks failed.")
        self.stdout.write("Everything holds together.")
