"""manage.py suggest_claims: propose the attributed claims of articles."""

from django.core.management.base import CommandError

from claims.desk.languages import why_no_suggestions
from claims.desk.suggestion_weights import Weights, left_out_note
from claims.desk.suggestions import desk_speakers, suggest_claims
from claims.exceptions import Refused
from claims.management.import_command import ImportCommand
from claims.models import Article


class Command(ImportCommand):
    help = (
        "Propose the attributed claims of articles as suggestions. What is marked "
        "already, or was rejected, is left alone, so running it again does no harm. "
        "Those are ready that leave nothing open: speaker, wording and day can stand."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--article",
            type=int,
            action="append",
            metavar="ID",
            help="only this article; may be given several times",
        )
        parser.add_argument("--by", metavar="LOGIN", help="who has them proposed")

    def handle(self, *, article, by, **options):
        person = self.find_user(by)
        articles = Article.objects.select_related("current_text").order_by("pk")
        numbers = list(articles.values_list("pk", flat=True))
        if article:
            missing = sorted(set(article) - set(numbers))
            if missing:
                raise CommandError(f"There is no article {missing[0]}.")
            numbers = article
        speakers, weights = desk_speakers(), Weights.of_desk()
        new = ready = known = without_rules = 0
        for number in numbers:
            each = articles.get(pk=number)
            if sentence := why_no_suggestions(each):
                without_rules += 1
                self.stdout.write(f"article {each.pk}: {sentence} “{each}”")
                continue
            try:
                suggested = suggest_claims(
                    each, by=person, speakers=speakers, weights=weights
                )
            except Refused as refusal:
                raise CommandError(f"article {number}: {refusal}") from refusal
            new += len(suggested.new)
            ready += suggested.ready
            known += suggested.known
            self.stdout.write(
                f"article {each.pk}: {len(suggested.new)} suggested "
                f"({suggested.ready} ready), {suggested.known} known already, “{each}”"
            )
            if suggested.left_out:
                self.stdout.write(f"  {suggested.left_out}: {left_out_note(each)}")
        if without_rules:
            self.stdout.write(
                f"{without_rules} of {len(numbers)} articles are in languages for "
                "which there are no rules yet."
            )
        if without_rules < len(numbers) or not numbers:
            self.stdout.write(
                f"{new} suggestions in all, {ready} of them ready; {known} were known "
                "already."
            )
