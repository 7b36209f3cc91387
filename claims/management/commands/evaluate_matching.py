"""manage.py evaluate_matching: how well earlier claims are found, on files of TREC."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from claims.benchmark.matching import evaluate, read_judgements, read_rows
from claims.exceptions import Refused


class Command(BaseCommand):
    help = (
        "Measures how well earlier claims are found, and how fast: MAP@5, MRR and "
        "recall at 10. QUERIES and CLAIMS have a key, a text and, if it is known, a "
        "speaker on each line, parted by tabs; JUDGEMENTS has lines “query 0 claim "
        "relevance”. NEGATIVES has sentences that no claim is about: then it tells in "
        "how many queries the right claim comes first and is likelier the same than "
        "what is found for 95 % of those. Nothing is stored."
    )

    def add_arguments(self, parser):
        for name in ("queries", "claims", "judgements"):
            parser.add_argument(name, type=Path, metavar=name.upper())
        parser.add_argument("negatives", type=Path, metavar="NEGATIVES", nargs="?")

    def handle(self, *args, queries, claims, judgements, negatives=None, **options):
        try:
            figures = evaluate(
                read_rows(queries),
                read_rows(claims),
                read_judgements(judgements),
                read_rows(negatives) if negatives else None,
            )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"A file is not UTF-8 text: {error.reason}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(figures))
