"""manage.py redact: take words off the site for good."""

from django.core.management.base import CommandError

from claims.desk.file_redaction import redact_file
from claims.desk.redaction import redact, standing
from claims.exceptions import Refused
from claims.management.import_command import ImportCommand
from claims.models import Article, Claim, EvidenceFile
from factcheck.database.owner import as_owner


class Command(ImportCommand):
    help = (
        "Take words off the site for good, as a court or a person's right may oblige "
        "a desk to: blank them in every version, text, mark, history and report of an "
        "article and of the claims in it; or (--file) delete a kept copy of evidence. "
        "A digest remains; readers see when it was done and why. Needs the role that "
        "owns the tables, and two people."
    )

    def add_arguments(self, parser):
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--article", type=int, metavar="ID")
        scope.add_argument(
            "--claim", type=int, metavar="ID", help="the article of this claim"
        )
        scope.add_argument(
            "--file", metavar="SHA256", help="a kept copy: its bytes go for good"
        )
        parser.add_argument("--words", help="exactly as they stand; not with --file")
        parser.add_argument("--reason", required=True, help="readers see it")
        parser.add_argument("--by", required=True, metavar="LOGIN")
        parser.add_argument("--approved-by", required=True, metavar="LOGIN")

    def handle(
        self, *, article, claim, file, words, reason, by, approved_by, **options
    ):
        if (file is None) == (not words):
            raise CommandError("Name the words (--words), or a file (--file).")
        with as_owner():
            people = {
                "by": self.find_user(by),
                "approved_by": self.find_user(approved_by),
                "reason": reason,
            }
            try:
                if file is not None:
                    self.redact_file(file, people)
                else:
                    self.redact_words(article, claim, words, people)
            except Refused as refusal:
                raise CommandError(str(refusal)) from None

    def redact_words(self, article, claim, words, people):
        try:
            if claim is None:
                article = Article.objects.get(pk=article)
            else:
                article = Claim.objects.select_related("article").get(pk=claim).article
        except (Article.DoesNotExist, Claim.DoesNotExist) as error:
            raise CommandError(str(error)) from None
        done = redact(article, words, **people)
        article.refresh_from_db()
        self.say(f"Blanked in {done.rows.count()} rows: {article}")
        for place in standing(words):
            self.say(f"The words still stand, outside this article, in {place}")

    def redact_file(self, sha256, people):
        file = EvidenceFile.objects.filter(sha256=sha256.lower()).first()
        if file is None:
            raise CommandError("No copy of evidence has this SHA-256.")
        done = redact_file(file, **people)
        for redaction in done:
            self.say(f"Taken off: {file}, in {redaction.article}")
        if not done:
            self.say(f"Taken off before: {file}")
