"""manage.py publish_heads: make the digests of the days gone by."""

from django.core.management.base import BaseCommand

from claims.desk.heads import publish_heads


class Command(BaseCommand):
    help = (
        "Make the head of each day gone by that has none yet: one digest over every "
        "publication, for others to keep (/corrections/heads.json). The first step "
        "of a new day that readers see does the same; run this once a day for a desk "
        "that may publish nothing for long. Twice does no harm."
    )

    def handle(self, **options):
        days = publish_heads()
        for day in days:
            self.stdout.write(f"{day}: made")
        if not days:
            self.stdout.write("Nothing is due.")
