"""manage.py suggestion_report: precision of the suggestions, by editors' decisions."""

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.desk.suggestion_statistics import ENOUGH, rule_statistics, weak_rules

COLUMNS = "{:<24}{:<9}{:>8}{:>9}{:>10}{:>9}{:>10}{:>7}{:>7}{:>12}{:>7}  {}"
WEAK = {"lower": "counts less", "omit": "left out"}


class Command(BaseCommand):
    help = (
        "Tell per rule and language how many suggestions were accepted as proposed, "
        "corrected (which fields) and rejected. Precision is the share of the decided "
        "whose words and speaker stand as proposed; kept is what was not rejected; "
        "both once more for the decided that were proposed as ready, with nothing "
        "left open. A rule below FACTCHECK_SUGGESTION_PRECISION says so."
    )

    def handle(self, **options):
        records = rule_statistics()
        if not records:
            self.stdout.write(
                "There are no suggestions yet: manage.py suggest_claims makes them."
            )
            return
        self.weak = weak_rules()
        head = (
            *("Rule", "Language", "Waiting", "Accepted", "Corrected", "Rejected"),
            *("Precision", "Kept", "Ready", "…precision", "…kept", "Corrected fields"),
        )
        for row in [head, *map(self.row, records)]:
            self.stdout.write(COLUMNS.format(*row).rstrip())
        least = settings.FACTCHECK["SUGGESTION_PRECISION"]
        if least:
            self.stdout.write(
                f"Rules right in fewer than {least} % of {ENOUGH} decisions or more: "
                f"{WEAK[settings.FACTCHECK['SUGGESTION_WEAK']]}."
            )

    def row(self, record):
        notes = ", ".join(f"{name} {count}" for name, count in record.corrections)
        if record.key in self.weak:
            weak = WEAK[settings.FACTCHECK["SUGGESTION_WEAK"]]
            notes = f"{notes}; {weak}" if notes else weak
        return (
            record.rule[:23],
            record.language,
            record.waiting,
            record.accepted,
            record.corrected,
            record.rejected,
            percent(record.precision),
            percent(record.usefulness),
            record.ready,
            percent(record.ready_precision),
            percent(record.ready_usefulness),
            notes,
        )


def percent(share):
    return "-" if share is None else f"{100 * share:.0f} %"
