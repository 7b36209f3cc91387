"""Importing articles: a text file is parsed, checked and stored once.

The format: a first line `date YYYY-MM-DD Headline`, then, each where it is known,
lines `url: https://...`, `archived:`, `accessed:`, `byline:`, `language:`, `outlet:`
and `rights:`, an empty line, optionally the headline again, then paragraphs separated
by empty lines. Other files are read in `documents`.
"""

import codecs
import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk.languages import language_of
from claims.exceptions import NotPermitted, Refused
from claims.models import Article, ArticleText, Outlet, acting
from claims.models.choices import TextRights
from claims.models.constraints import refuse_as
from claims.models.fields import unique_slug, without_login
from claims.text.canonical import TextRefused, canonical, digest, undo_entities
from claims.text.repairs import Repair, repair
from claims.text.time_marks import Times

LONGEST_NAME = 200  # of an outlet, and a byline
LONGEST_HEADLINE = 300
LONGEST_ADDRESS = 1000
LARGEST_FILE = 8_000_000  # bytes: two million characters of at most four


# What a line of the head may begin with, and the field it fills.
HEAD = {
    "url": "url",
    "archived": "archived_url",
    "accessed": "accessed_on",
    "byline": "byline",
    "language": "language",
    "outlet": "outlet",
    "rights": "text_rights",
}
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def one_line(words: str) -> str:
    """Return a name or byline as one line; raise ValueError for one too long."""
    words = " ".join(words.split())
    if len(words) > LONGEST_NAME:
        raise ValueError(f"at most {LONGEST_NAME} characters fit.")
    return words


def headline_line(words: str) -> str:
    """Return a headline as one line; raise ValueError for none, or one too long."""
    words = _as_printed(words)
    if len(words) > LONGEST_HEADLINE:
        raise ValueError(f"it has over {LONGEST_HEADLINE} characters.")
    return words


def web_address(words: str) -> str:
    """Return a web address; raise ValueError."""
    if len(words) > LONGEST_ADDRESS:
        raise ValueError(f"an address has at most {LONGEST_ADDRESS:,} characters.")
    try:
        URLValidator(["http", "https"])(words)
        without_login(words)
    except ValidationError:
        raise ValueError(
            f"“{words[:60]}” is no address that begins with http:// or https://, "
            "without login and password."
        ) from None
    return words


def language_tag(words: str) -> str:
    """Return the tag of a language, as fi or pt-BR; raise ValueError."""
    if len(words) > 12 or not LANGUAGE_TAG.fullmatch(words):
        raise ValueError(f"“{words[:20]}” is no code of a language, like en or pt-BR.")
    return words


def iso_day(words: str) -> date:
    """Return the day written as 2019-12-05; raise ValueError."""
    try:
        day = date.fromisoformat(words)
        if day.isoformat() != words:  # 20191205, 2019-W49-4
            raise ValueError
    except ValueError:
        raise ValueError(f"“{words[:40]}” is not a date like 2019-12-05.") from None
    return day


def text_rights(words: str) -> str:
    """Return how much of a text readers may see; raise ValueError."""
    if words.lower() not in TextRights.values:
        raise ValueError(f"say one of {', '.join(TextRights.values)}.")
    return words.lower()


CHECKS = {
    "url": web_address,
    "archived_url": web_address,
    "accessed_on": iso_day,
    "byline": one_line,
    "language": language_tag,
    "outlet": one_line,
    "text_rights": text_rights,
}


class ImportRefused(Refused):
    """The article's file cannot be imported; the message names file and line.

    There is no line (None) in what is no text.
    """

    status = 400

    def __init__(self, file, line, sentence):
        self.file, self.line = file, line
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {sentence}")


@dataclass(frozen=True)
class ArticleFile:
    """An article as read from a file, not yet stored; what it does not say is empty."""

    published_on: date | None
    headline: str
    body: str
    byline: str = ""
    url: str = ""
    archived_url: str = ""
    accessed_on: date | None = None
    language: str = ""
    outlet: str = ""
    text_rights: str = ""
    repairs: tuple[Repair, ...] = ()
    # Of subtitles: the place and second of each cue, and the file itself.
    times: Times = field(default_factory=list)
    subtitles: str = ""

    def details(self) -> dict:
        """Return what is known of the article besides day, headline, text, outlet."""
        names = ("byline", "url", "archived_url", "language", "text_rights")
        known = {name: getattr(self, name) for name in (*names, "accessed_on")}
        return {name: value for name, value in known.items() if value}


def read_article(
    data: bytes, name: str, *, encoding: str = "", keep_lines: bool = False
) -> ArticleFile:
    """Parse an article's file; raise ImportRefused with the line that is wrong."""
    text = decode(data, name, encoding).replace("\r\n", "\n").replace("\r", "\n")
    lead = len(text) - len(text.lstrip())
    number = text[:lead].count("\n") + 1
    first, _newline, rest = text[lead:].partition("\n")
    published_on, headline = _parse_first_line(first, name, number)
    head, rest = _split_head(rest)
    details = _parse_head(head, name, number + 1)
    try:
        body, repairs = repair(rest.strip(), keep_lines=keep_lines)
        body = canonical(without_headline(body, headline))
    except TextRefused as refusal:
        line = number + len(head) + 1
        raise ImportRefused(name, line, str(refusal)) from refusal
    return ArticleFile(published_on, headline, body, repairs=repairs, **details)


def get_or_add_outlet(name: str, *, by=None) -> Outlet:
    """Return the outlet of a name, created if there is none; raise Refused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"An outlet's name has 1 to {LONGEST_NAME} printable letters.")
    known = Outlet.objects.filter(name=name).first()
    if known is not None:
        return known
    if by is not None and not by.has_perm("claims.add_outlet"):
        raise NotPermitted(_("You may not add outlets."))
    try:
        with transaction.atomic(), acting(by):
            outlet, _is_new = Outlet.objects.get_or_create(
                name=name, defaults={"slug": unique_slug(Outlet, name)}
            )
    except IntegrityError as error:
        refuse_as(Refused, error)
    return outlet


def add_article(
    file: ArticleFile, *, by=None, outlet: Outlet | None = None, **details
) -> tuple[Article, bool]:
    """Store an article with its first text; return it and whether it is new.

    Its language is told by its text where `details` do not say it. The same article
    again is left as it is, other blanks and hyphens apart. Raises Refused when one of
    the same outlet, day and headline is there with other words.
    """
    if by is not None and not by.has_perm("claims.add_article"):
        raise NotPermitted(_("You may not add articles."))
    if file.published_on is None:
        raise Refused(_("The day of the article is missing."))
    try:
        body, headline = _as_printed(file.body), _as_printed(file.headline)
    except TextRefused as refusal:
        raise Refused(str(refusal)) from refusal
    details["language"] = details.get("language") or language_of(body)
    try:
        with transaction.atomic(), acting(by):
            article, is_new = Article.objects.get_or_create(
                outlet=outlet,
                published_on=file.published_on,
                headline=headline,
                defaults=details,
            )
            if not is_new:
                if _has_words(article, body):
                    return article, False
                raise Refused(
                    _(
                        "“%(headline)s” of %(day)s is already here with other words. "
                        "Correct its text at the desk instead."
                    )
                    % {"headline": headline, "day": file.published_on}
                )
            text = ArticleText.objects.create(
                article=article,
                number=1,
                body=body,
                sha256=digest(body),
                times=file.times,
                made_by=by,
            )
            article.current_text = text
            article.save(update_fields=["current_text"])
    except IntegrityError as error:
        refuse_as(Refused, error)
    return article, True


def _has_words(article, body):
    """Return whether a text of an article has these letters, in whatever lines."""
    if article.texts.filter(sha256=digest(body)).exists():
        return True
    bodies = article.texts.values_list("body", flat=True)
    return any(_letters(each) == _letters(body) for each in bodies)


def _letters(words):
    return "".join(filter(str.isalnum, words))


def _as_printed(words):
    return canonical(undo_entities(words))


def without_headline(body: str, headline: str) -> str:
    """Return a text without the headline, where it begins with that once more."""
    first, _newline, others = body.partition("\n")
    if " ".join(first.split()) == " ".join(headline.split()):
        return others
    return body


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or the one that is named.

    Raise ImportRefused, with the line, for what cannot be read.
    """
    if len(data) > LARGEST_FILE:
        raise ImportRefused(
            name, 1, f"the file is too large: at most {LARGEST_FILE:,} bytes fit."
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise ImportRefused(name, line, "there is a NUL character; is this text?")
    if data.startswith(codecs.BOM_UTF8) or not encoding:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding != "utf-8-sig":
            raise ImportRefused(name, line, f"this is not {encoding}.") from error
        raise ImportRefused(
            name,
            line,
            "this is not UTF-8. Save the file as UTF-8, or name its encoding "
            "(windows-1254, say).",
        ) from error


def _split_head(rest):
    """Return the lines of the head after the first one, and what follows them."""
    lines = rest.split("\n")
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    return lines[:end], "\n".join(lines[end:])


def _parse_head(lines, name, number):
    """Return the details that lines like `byline: Mara Ilves` tell."""
    details = {}
    for line_number, line in enumerate(lines, number):
        key, colon, value = line.partition(":")
        field = HEAD.get(key.strip().casefold())
        if not colon or field is None:
            known = ", ".join(HEAD)
            raise ImportRefused(
                name,
                line_number,
                "an empty line must follow the first line, or lines that begin with "
                f"one of {known} and a colon.",
            )
        if field in details:
            raise ImportRefused(name, line_number, f"{key.strip()} stands here twice.")
        try:
            value = _as_printed(value) if value.strip() else ""
            details[field] = CHECKS[field](value) if value else ""
        except ValueError as error:  # a TextRefused too
            raise ImportRefused(name, line_number, f"{key.strip()}: {error}") from error
    return {field: value for field, value in details.items() if value}


def _parse_first_line(line, name, number):
    """Return the date and headline in the first line; raise ImportRefused."""
    words = line.split(maxsplit=2)
    if len(words) < 3 or words[0] != "date":
        raise ImportRefused(
            name, number, "the first line must be: date YYYY-MM-DD Headline"
        )
    try:
        published_on = iso_day(words[1])
    except ValueError as error:
        raise ImportRefused(name, number, str(error)) from None
    try:
        headline = headline_line(words[2])
    except ValueError as error:
        raise ImportRefused(name, number, f"the headline: {error}") from error
    return published_on, headline
