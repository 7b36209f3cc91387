"""manage.py import_articles: store articles from files."""

from dataclasses import replace
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from claims.desk.duplicates import articles_with_words
from claims.desk.languages import (
    doubt_about_language,
    language_choices,
    language_name,
    why_no_suggestions,
)
from claims.desk.suggestion_weights import Weights
from claims.desk.suggestions import desk_speakers, suggest_claims, was_suggested
from claims.exceptions import Refused
from claims.exchange.articles import (
    ImportRefused,
    add_article,
    get_or_add_outlet,
    headline_line,
    iso_day,
    one_line,
    web_address,
)
from claims.exchange.documents import (
    LARGEST_DOCUMENT,
    SUFFIXES,
    read_document,
    repair_name,
)
from claims.exchange.sources import known_encoding
from claims.management.import_command import ImportCommand
from claims.models.choices import TextRights


class SameWordsHere(Refused):
    """The words of a file are here in another article; the message names it."""


class Command(ImportCommand):
    help = (
        "Take articles in from files, or from folders of them: text, saved web pages, "
        "Word, PDF, subtitles (VTT, SRT). Each file goes in whole or not at all; one "
        "that is already here is left as it is. The claims found in a new one are "
        "suggested to the editors. An option wins over what a file says."
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
        parser.add_argument("--byline", help="who wrote them")
        parser.add_argument(
            "--published-on", metavar="YYYY-MM-DD", help="the day of all of them"
        )
        parser.add_argument(
            "--rights",
            choices=TextRights.values,
            help="how much of the texts readers may see",
        )
        parser.add_argument("--headline", help="the headline, of one file alone")
        parser.add_argument("--url", help="the web address, of one file alone")
        parser.add_argument(
            "--encoding", metavar="NAME", help="as windows-1254, where it is not UTF-8"
        )
        parser.add_argument(
            "--keep-lines",
            action="store_true",
            help="leave single line ends as they are, as in verse",
        )
        parser.add_argument(
            "--same-words",
            action="store_true",
            help="take in what most of the sentences are already here of",
        )
        parser.add_argument("--by", metavar="LOGIN", help="who takes them in")
        parser.add_argument(
            "--no-suggestions", action="store_true", help="propose no claims"
        )

    def handle(self, *, paths, by, **options):
        user = self.find_user(by)
        files = [file for path in paths for file in self.files(Path(path))]
        self.options = options
        self.given = given_details(options, len(files))
        self.encoding = self.given.pop("encoding", "")
        refused = skipped = 0
        for file in files:
            try:
                self.take_in(file, user)
            except OSError as error:
                refused += 1
                self.write_error(f"{file}: {error.strerror}")
            except SameWordsHere as refusal:
                skipped += 1
                self.say(f"{file}: skipped. {refusal}")
            except Refused as refusal:
                refused += 1
                words = str(refusal)
                self.write_error(words if str(file) in words else f"{file}: {words}")
        if skipped:
            self.say(
                f"{skipped} of {len(files)} files were skipped, for their words are "
                "already here; --same-words takes them in all the same."
            )
        if refused:
            raise CommandError(
                f"{refused} of {len(files)} files were refused; the others are in."
            )

    def take_in(self, file, user):
        """Store a file's article, suggest its claims, and say so; raise Refused."""
        printed = self.read(file)
        with transaction.atomic():  # a refused article leaves no outlet behind
            name = printed.outlet
            press = get_or_add_outlet(name, by=user) if name else None
            article, is_new = add_article(
                printed, by=user, outlet=press, **printed.details()
            )
            if is_new and not self.options["same_words"]:
                same = articles_with_words(article.current_text.body, but=article)
                if same:
                    raise SameWordsHere(" ".join(map(str, same)))
        state = "taken in" if is_new else "already here"
        line = f"{file}: {state} as article {article.pk}, “{article}”"
        if is_new:
            line += f", in {language_name(article.language)}"
        # A run that was cut off may have left an article without its suggestions.
        if not self.options["no_suggestions"] and (
            is_new or not was_suggested(article)
        ):
            line += self.suggest(article, user, is_new)
        self.say(line)
        if is_new and printed.repairs:
            put_right = ", ".join(map(repair_name, printed.repairs))
            self.say(f"  Put right: {put_right}.")
        doubt = "" if printed.language else doubt_about_language(article)
        if is_new and doubt:
            self.say(f"  {doubt}")

    def read(self, file):
        """Return the article in a file, with what the options say; raise Refused."""
        with file.open("rb") as opened:
            # No more than can be of use: the file may be a disk, or have no end.
            data = opened.read(LARGEST_DOCUMENT + 1)
        printed = read_document(
            data,
            str(file),
            encoding=self.encoding,
            keep_lines=self.options["keep_lines"],
            # Without a first line, a day must come from somewhere.
            guess=bool(self.options["published_on"]),
        )
        printed = replace(printed, **self.given)
        for value, option in (
            (printed.published_on, "--published-on YYYY-MM-DD"),
            (printed.headline, "--headline"),
        ):
            if not value:
                what = (
                    option.split()[0].removeprefix("--").replace("published-on", "day")
                )
                raise ImportRefused(
                    str(file), None, f"the file does not tell its {what}; say {option}."
                )
        return printed

    def suggest(self, article, user, is_new):
        """Suggest the claims of an article; return the words that tell of it."""
        if sentence := why_no_suggestions(article):
            return f". {sentence}" if is_new else ""
        self.speakers = self.speakers or desk_speakers()
        self.weights = self.weights or Weights.of_desk()
        suggested = suggest_claims(
            article, by=user, speakers=self.speakers, weights=self.weights
        )
        if not is_new and not suggested.new:
            return ""
        left_out = f", {suggested.left_out} left out" if suggested.left_out else ""
        return f", {len(suggested.new)} claims suggested{left_out}"

    def files(self, path):
        if path.is_dir():
            found = sorted(
                each for each in path.iterdir() if each.suffix.lower() in SUFFIXES
            )
            if not found:
                kinds = ", ".join(SUFFIXES)
                raise CommandError(
                    f"{path}: there is no file of an article in this folder ({kinds})."
                )
            return found
        if not path.exists():
            raise CommandError(f"{path}: there is no such file.")
        return [path]


def given_details(options, number_of_files):
    """Return what the options say of articles; raise CommandError."""
    checks = {
        "encoding": ("encoding", known_encoding),
        "headline": ("headline", headline_line),
        "published_on": ("published_on", iso_day),
        "byline": ("byline", one_line),
        "url": ("url", web_address),
        "language": ("language", str),
        "rights": ("text_rights", str),
        "outlet": ("outlet", str),
    }
    given = {}
    for option, (field, check) in checks.items():
        if options[option] is None:
            continue
        if option in {"headline", "url"} and number_of_files > 1:
            raise CommandError(f"--{option} is for one file alone.")
        try:
            given[field] = check(options[option])
        except ValueError as error:
            raise CommandError(f"--{option.replace('_', '-')}: {error}") from None
    return given
