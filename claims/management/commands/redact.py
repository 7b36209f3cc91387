"""manage.py redact: take words off the site for good."""

from django.core.management.base import CommandError

from claims.desk.redaction import redact, standing
from claims.exceptions import Refused
from claims.management.import_command import ImportCommand
from claims.models import Article, Claim
from factcheck.database.owner import as_owner


class Command(ImportCommand):
    help = (
        "Take words off the site for good, as a court or a person's right may oblige "
        "a desk to: blank them in every version, text, mark, history and report of an "
        "article and of the claims in it. Of the words a digest remains; readers see "
        "when it was done and why. Needs the role that owns the tables, and two people."
    )

    def add_arguments(self, parser):
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--article", type=int, metavar="ID")
        scope.add_argument(
            "--claim", type=int, metavar="ID", help="the article of this claim"
        )
        parser.add_argument("--words", required=True, help="exactly as they stand")
        parser.add_argument("--reason", required=True, help="readers see it")
        parser.add_argument("--by", required=True, metavar="LOGIN")
        parser.add_argument("--approved-by", required=True, metavar="LOGIN")

    def handle(self, *, article, claim, words, reason, by, approved_by, **options):
        with as_owner():
            self.redact(article, claim, words, reason, by, approved_by)

    def redact(self, article, claim, words, reason, by, approved_by):
        try:
            if claim is None:
                article = Article.objects.get(pk=article)
            else:
                article = Claim.objects.select_related("article").get(pk=claim).article
        except (Article.DoesNotExist, Claim.DoesNotExist) as error:
            raise CommandError(str(error)) from None
        try:
            done = redact(
                article,
                words,
                by=self.find_user(by),
                approved_by=self.find_user(approved_by),
                reason=reason,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        article.refresh_from_db()
        self.say(f"Blanked in {done.rows.count()} rows: {article}")
        for place in standing(words):
            self.say(f"The words still stand, outside this article, in {place}")
