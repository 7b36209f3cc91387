"""Importing articles: a text file is parsed, checked and stored once.

The format: a first line `date YYYY-MM-DD Headline`, an empty line, optionally the
headline again, then paragraphs separated by empty lines.
"""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.desk.languages import language_of
from claims.exceptions import NotPermitted, Refused
from claims.models import Article, ArticleText, Outlet, acting
from claims.models.constraints import refuse_as
from claims.models.fields import unique_slug
from claims.text.canonical import TextRefused, canonical, digest, undo_entities

LONGEST_NAME = 200  # of an outlet
LONGEST_HEADLINE = 300
LARGEST_FILE = 8_000_000  # bytes: two million characters of at most four


class ImportRefused(Refused):
    """The article's file cannot be imported; the message names file and line."""

    status = 400

    def __init__(self, file, line, sentence):
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {sentence}")


@dataclass(frozen=True)
class ArticleFile:
    """An article as read from a file, not yet stored."""

    published_on: date
    headline: str
    body: str


def read_article(data: bytes, name: str) -> ArticleFile:
    """Parse an article's file; raise ImportRefused with the line that is wrong."""
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    lead = len(text) - len(text.lstrip())
    number = text[:lead].count("\n") + 1
    first, _newline, rest = text[lead:].partition("\n")
    published_on, headline = _parse_first_line(first, name, number)
    if rest.strip("\n") and rest.split("\n", 1)[0].strip():
        raise ImportRefused(
            name, number + 1, "an empty line must follow the first line."
        )
    try:
        body = _as_printed(_without_headline(rest, headline))
    except TextRefused as refusal:
        raise ImportRefused(name, number + 1, str(refusal)) from refusal
    return ArticleFile(published_on, headline, body)


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
    again is left as it is. Raises Refused when one of the same
    outlet, day and headline is there with other words.
    """
    if by is not None and not by.has_perm("claims.add_article"):
        raise NotPermitted(_("You may not add articles."))
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
                if article.texts.filter(sha256=digest(body)).exists():
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
                made_by=by,
            )
            article.current_text = text
            article.save(update_fields=["current_text"])
    except IntegrityError as error:
        refuse_as(Refused, error)
    return article, True


def _as_printed(words):
    return canonical(undo_entities(words))


def _without_headline(rest, headline):
    """Return the text after the first line, the repeated headline left out."""
    body = undo_entities(rest.strip())
    first, _newline, others = body.partition("\n")
    if " ".join(first.split()) == " ".join(headline.split()):
        return others
    return body


def _decode(data, name):
    """Decode UTF-8; raise ImportRefused."""
    if len(data) > LARGEST_FILE:
        raise ImportRefused(
            name, 1, f"the file is too large: at most {LARGEST_FILE:,} bytes fit."
        )
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise ImportRefused(name, line, "there is a NUL character; is this text?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportRefused(
            name, line, "this is not UTF-8. Save the file as UTF-8 and try again."
        ) from error


def _parse_first_line(line, name, number):
    """Return the date and headline in the first line; raise ImportRefused."""
    words = line.split(maxsplit=2)
    if len(words) < 3 or words[0] != "date":
        raise ImportRefused(
            name, number, "the first line must be: date YYYY-MM-DD Headline"
        )
    try:
        published_on = date.fromisoformat(words[1])
        if published_on.isoformat() != words[1]:  # 20191205, 2019-W49-4
            raise ValueError
    except ValueError:
        raise ImportRefused(
            name, number, f"“{words[1][:40]}” is not a date like 2019-12-05."
        ) from None
    try:
        headline = _as_printed(words[2])
    except TextRefused as refusal:
        raise ImportRefused(name, number, f"the headline: {refusal}") from refusal
    if len(headline) > LONGEST_HEADLINE:
        raise ImportRefused(
            name, number, f"the headline has over {LONGEST_HEADLINE} characters."
        )
    return published_on, headline
