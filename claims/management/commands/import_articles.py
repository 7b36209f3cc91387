"""Take articles in from files."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from claims.desk.suggestions import desk_speakers, suggest_claims
from claims.imports import add_article, read_article
from claims.models import Outlet
from claims.refusals import Refused


class Command(BaseCommand):
    help = (
        "Take articles in from text files (or folders of .txt files). Each file goes "
        "in whole or not at all; one that is already here is left as it is. The "
        "claims found in a new one are suggested to the editors."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--outlet", help="name of the outlet that printed them")
        parser.add_argument("--by", metavar="LOGIN", help="who takes them in")
        parser.add_argument(
            "--no-suggestions", action="store_true", help="propose no claims"
        )

    def handle(self, *, paths, outlet, by, no_suggestions, **options):
        person = self.person(by)
        files = [file for path in paths for file in self.files(Path(path))]
        press = None
        if outlet:
            press, _new = Outlet.objects.get_or_create(
                name=outlet, defaults={"slug": slugify(outlet, allow_unicode=True)}
            )
        refused, speakers = 0, None
        for file in files:
            try:
                data = file.read_bytes()
            except OSError as error:
                refused += 1
                self.stderr.write(f"{file}: {error.strerror}")
                continue
            try:
                article, is_new = add_article(
                    read_article(data, str(file)), by=person, outlet=press
                )
            except Refused as refusal:
                refused += 1
                words = str(refusal)
                self.stderr.write(words if str(file) in words else f"{file}: {words}")
                continue
            state = "taken in" if is_new else "already here"
            line = f"{file}: {state} as article {article.pk}, “{article}”"
            if is_new and not no_suggestions:
                speakers = speakers or desk_speakers()
                suggested = suggest_claims(article, by=person, speakers=speakers)
                line += f", {len(suggested.new)} claims suggested"
            self.stdout.write(line)
        if refused:
            raise CommandError(
                f"{refused} of {len(files)} files were refused; the others are in."
            )

    def files(self, path):
        if path.is_dir():
            found = sorted(path.glob("*.txt"))
            if not found:
                raise CommandError(f"{path}: there is no .txt file in this folder.")
            return found
        if not path.exists():
            raise CommandError(f"{path}: there is no such file.")
        return [path]

    def person(self, login):
        if not login:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(login)
        except get_user_model().DoesNotExist:
            raise CommandError(f"There is no login “{login}”.") from None
