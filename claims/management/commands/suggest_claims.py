"""manage.py suggest_claims: propose the attributed claims of articles."""

from django.core.management.base import BaseCommand, CommandError

from claims.desk.suggestions import desk_speakers, suggest_claims
from claims.models import Article


class Command(BaseCommand):
    help = (
        "Propose the attributed claims of articles as suggestions. What is marked "
        "already, or was rejected, is left alone, so running it again does no harm."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--article",
            type=int,
            action="append",
            metavar="ID",
            help="only this article; may be given several times",
        )

    def handle(self, *, article, **options):
        articles = Article.objects.select_related("current_text").order_by("pk")
        if article:
            found = articles.in_bulk(article)
            missing = sorted(set(article) - set(found))
            if missing:
                raise CommandError(f"There is no article {missing[0]}.")
            articles = [found[number] for number in article]
        else:
            articles = articles.iterator(chunk_size=100)
        speakers = desk_speakers()
        new = known = 0
        for each in articles:
            suggested = suggest_claims(each, speakers=speakers)
            new += len(suggested.new)
            known += suggested.known
            self.stdout.write(
                f"article {each.pk}: {len(suggested.new)} suggested, "
                f"{suggested.known} known already, “{each}”"
            )
        self.stdout.write(f"{new} suggestions in all; {known} were known already.")
