"""manage.py train_suggestions: a model of which suggestions this desk accepts."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.desk.suggestion_model import train
from claims.exceptions import Refused

COLUMNS = "{:<34}{:>10}{:>8}{:>19}"


class Command(BaseCommand):
    help = (
        "Train a small model on the suggestions that this desk accepted and rejected, "
        "and tell what it is worth on the articles held out. It weighs the scores of "
        "new suggestions once FACTCHECK_SUGGESTION_MODEL names its file."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="where to write it; else to FACTCHECK_SUGGESTION_MODEL",
        )

    def handle(self, *, output, **options):
        try:
            training = train()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Learned from {training.learned} decided suggestions; tried on "
            f"{training.held_out} others, in every fourth of {training.articles} "
            "articles:"
        )
        rows = [
            ("", "Precision", "Recall", "Average precision"),
            ("before: all, by their rule's score", *percents(training.before)),
            ("after: likelier kept than not", *percents(training.after)),
        ]
        for row in rows:
            self.stdout.write(COLUMNS.format(*row))
        if not training.is_better:
            raise CommandError(
                "The model does not order them better than the rules do, so it is not "
                "written."
            )
        switched_on = settings.FACTCHECK["SUGGESTION_MODEL"]
        file = output or switched_on
        if not file:
            self.stdout.write("Not written: say --output FILE to keep it.")
            return
        try:
            training.model.write(Path(file))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"Written to {file}.")
        if file != switched_on:
            self.stdout.write(f"FACTCHECK_SUGGESTION_MODEL={file} switches it on.")


def percents(figures):
    values = (figures.precision, figures.recall, figures.average_precision)
    return [f"{100 * value:.1f}" for value in values]
