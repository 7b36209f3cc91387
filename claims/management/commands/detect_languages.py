"""manage.py detect_languages: articles whose text reads as another language."""

from django.core.management.base import CommandError
from django.db import transaction

from claims.desk.languages import language_name, misread_articles, set_language
from claims.exceptions import Refused
from claims.management.import_command import ImportCommand


class Command(ImportCommand):
    help = (
        "Name the articles whose text reads as another language than they count as, "
        "such as those taken in before languages were told. --apply sets what the "
        "text tells; manage.py suggest_claims then suggests in it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--apply", action="store_true", help="set the language that is read"
        )
        parser.add_argument("--by", metavar="LOGIN", help="who sets it")

    def handle(self, *, apply, by, **options):
        person = self.find_user(by)
        if apply and person is None:
            raise CommandError("Say who sets the languages: --by LOGIN.")
        misread = misread_articles()
        for article, found in misread:
            change = f"{language_name(article.language)} → {language_name(found)}"
            self.say(f"article {article.pk}: {change}, “{article}”")
        if not misread:
            self.say("Every text reads as the language that its article has.")
        elif not apply:
            self.say(f"{len(misread)} in all; --apply --by LOGIN sets them.")
        else:
            self.set_all(misread, person)

    def set_all(self, misread, person):
        try:
            with transaction.atomic():
                for article, found in misread:
                    set_language(article, found, by=person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.say(f"{len(misread)} set.")
