"""manage.py export_annotations: write marked articles as doccano, brat or W3C files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.exchange.annotations import AnnotatedArticles
from claims.exchange.formats import FORMATS, TargetExists, write
from claims.models import Article
from claims.models.choices import ClaimStatus


class Command(BaseCommand):
    help = (
        "Write articles with their marked claims: as JSON Lines in doccano's shape "
        "(a file), as brat standoff or as W3C Web Annotations (a folder). For the "
        "desk: drafts too are written where they are asked for. What is written "
        "appears only when it is whole; nothing that is there is overwritten."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument(
            "--article",
            type=int,
            action="append",
            default=[],
            metavar="ID",
            help="only this article; may be given several times",
        )
        parser.add_argument(
            "--status",
            nargs="+",
            choices=ClaimStatus.values,
            default=[ClaimStatus.LISTED.value],
            help="the states of the claims to write; only listed ones unless given",
        )
        parser.add_argument(
            "--output", required=True, type=Path, metavar="FILE_OR_FOLDER"
        )

    def handle(self, *, article, status, output, **options):
        known = set(Article.objects.filter(pk__in=article).values_list("pk", flat=True))
        if missing := sorted(set(article) - known):
            raise CommandError(f"There is no article {missing[0]}.")
        site = settings.FACTCHECK["URL"] or "http://localhost"
        stored = AnnotatedArticles(tuple(status), site, tuple(article))
        try:
            write(stored, options["format"], output)
        except TargetExists:
            raise CommandError(
                f"{output} is there already; give another name, or move it away first."
            ) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        for each in stored.left_out:
            self.stderr.write(f"left out: {each}")
        self.stdout.write(f"{output}: {stored.claims} claims written")
