"""manage.py suggestion_report: precision of the suggestions, by editors' decisions."""

from django.core.management.base import BaseCommand

from claims.desk.suggestions import rule_statistics

COLUMNS = "{:<24}{:>9}{:>10}{:>11}{:>10}{:>11}{:>8}"


class Command(BaseCommand):
    help = (
        "Tell per rule how many suggestions were accepted as proposed, corrected and "
        "rejected. Precision is accepted among decided; kept also counts corrected."
    )

    def handle(self, **options):
        records = rule_statistics()
        if not records:
            self.stdout.write(
                "There are no suggestions yet: manage.py suggest_claims makes them."
            )
            return
        self.stdout.write(
            COLUMNS.format(
                "Rule",
                "Waiting",
                "Accepted",
                "Corrected",
                "Rejected",
                "Precision",
                "Kept",
            )
        )
        for record in records:
            self.stdout.write(
                COLUMNS.format(
                    record.rule[:23],
                    record.waiting,
                    record.accepted,
                    record.corrected,
                    record.rejected,
                    percent(record.precision),
                    percent(record.usefulness),
                )
            )


def percent(share):
    return "-" if share is None else f"{100 * share:.0f} %"
