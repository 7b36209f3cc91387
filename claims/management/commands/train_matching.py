"""manage.py train_matching: weights of likeness from this desk's own pairs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.desk.likeness_training import train_likeness
from claims.exceptions import Refused
from claims.lists.likeness_weights import write_weights


class Command(BaseCommand):
    help = (
        "Learn how much words, numbers, names and the like count for the likeness of "
        "claims from the repeats that this desk confirmed and rejected, and tell what "
        "it is worth on every fourth, held out. The weights are in force once "
        "FACTCHECK_LIKENESS_WEIGHTS names their file."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="where to write them; else to FACTCHECK_LIKENESS_WEIGHTS",
        )

    def handle(self, *, output, **options):
        try:
            training = train_likeness()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Learned from {training.learned} decided repeats; tried on "
            f"{training.held_out} others: surprise {training.before:.3f} with the "
            f"shipped weights, {training.after:.3f} with these."
        )
        if not training.is_better:
            raise CommandError("They are no better, so they are not written.")
        switched_on = settings.FACTCHECK["LIKENESS_WEIGHTS"]
        file = output or switched_on
        if not file:
            self.stdout.write("Not written: say --output FILE to keep them.")
            return
        try:
            write_weights(Path(file), training.weights)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"Written to {file}.")
        if file != switched_on:
            self.stdout.write(f"FACTCHECK_LIKENESS_WEIGHTS={file} switches them on.")
