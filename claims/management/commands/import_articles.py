"""manage.py import_articles: store articles from text files."""

from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from claims.desk.languages import (
    doubt_about_language,
    language_choices,
    language_name,
    why_no_suggestions,
)
from claims.desk.suggestion_weights import Weights
from claims.desk.suggestions import desk_speakers, suggest_claims
from claims.exceptions import Refused
from claims.exchange.articles import (
    LARGEST_FILE,
    add_article,
    get_or_add_outlet,
    read_article,
)
from claims.management.import_command import ImportCommand


class Command(ImportCommand):
    help = (
        "Take articles in from text files (or folders of .txt files). Each file goes "
        "in whole or not at all; one that is already here is left as it is. The "
        "claims found in a new one are suggested to the editors."
    )

    speakers = weights = None

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--outlet", help="name of the outlet that printed them")
        parser.add_argument(
            "--language",
            choices=sorted(dict(language_choices())),
            metavar="CODE",
            help="the language of all of them, as fi; else each text tells its own",
        )
        parser.add_argument("--by", metavar="LOGIN", help="who takes them in")
        parser.add_argument(
            "--no-suggestions", action="store_true", help="propose no claims"
        )

    def handle(self, *, paths, outlet, language, by, no_suggestions, **options):
        user = self.find_user(by)
        files = [file for path in paths for file in self.files(Path(path))]
        refused = 0
        for file in files:
            try:
                article, is_new = self.import_file(file, outlet, language, user)
            except OSError as error:
                refused += 1
                self.write_error(f"{file}: {error.strerror}")
                continue
            except Refused as refusal:
                refused += 1
                words = str(refusal)
                self.write_error(words if str(file) in words else f"{file}: {words}")
                continue
            state = "taken in" if is_new else "already here"
            line = f"{file}: {state} as article {article.pk}, “{article}”"
            if is_new:
                line += f", in {language_name(article.language)}"
                if not no_suggestions:
                    line += self.suggest(article, user)
            self.say(line)
            if is_new and not language and (doubt := doubt_about_language(article)):
                self.say(f"  {doubt}")
        if refused:
            raise CommandError(
                f"{refused} of {len(files)} files were refused; the others are in."
            )

    def suggest(self, article, user):
        """Suggest the claims of a new article; return the words that tell of it."""
        if sentence := why_no_suggestions(article):
            return f". {sentence}"
        self.speakers = self.speakers or desk_speakers()
        self.weights = self.weights or Weights.of_desk()
        suggested = suggest_claims(
            article, by=user, speakers=self.speakers, weights=self.weights
        )
        left_out = f", {suggested.left_out} left out" if suggested.left_out else ""
        return f", {len(suggested.new)} claims suggested{left_out}"

    def import_file(self, file, outlet, language, user):
        """Store a file's article; return it and whether it is new; raise Refused."""
        with file.open("rb") as opened:
            # No more than can be of use: the file may be a disk, or have no end.
            data = opened.read(LARGEST_FILE + 1)
        printed = read_article(data, str(file))
        with transaction.atomic():  # a refused article leaves no outlet behind
            press = get_or_add_outlet(outlet, by=user) if outlet else None
            return add_article(printed, by=user, outlet=press, language=language)

    def files(self, path):
        if path.is_dir():
            found = sorted(path.glob("*.txt"))
            if not found:
                raise CommandError(f"{path}: there is no .txt file in this folder.")
            return found
        if not path.exists():
            raise CommandError(f"{path}: there is no such file.")
        return [path]
