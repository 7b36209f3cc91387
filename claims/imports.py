"""How an article comes in: read from a file, checked, stored once.

The format: a first line `date YYYY-MM-DD Headline`, an empty line, optionally the
headline again, then paragraphs separated by empty lines.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.models import Article, ArticleText, Outlet, acting
from claims.refusals import NotPermitted, Refused, refuse_as
from claims.texts import TextRefused, canonical, digest

FIRST_LINE = re.compile(r"\s*date\s+(\S+)[^\S\n]+(\S.*?)\s*$")
LARGEST_FILE = 8_000_000  # bytes: two million characters of at most four


class ImportRefused(Refused):
    """A file that cannot be taken in; the message names the file and the line."""

    status = 400

    def __init__(self, file, line, sentence):
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {sentence}")


@dataclass(frozen=True)
class ArticleFile:
    """An article as it stands in a file, ready to be stored."""

    published_on: date
    headline: str
    body: str


def read_article(data: bytes, name: str) -> ArticleFile:
    """Return the article in a file's bytes; raise ImportRefused with the bad line."""
    if len(data) > LARGEST_FILE:
        raise ImportRefused(
            name, 1, f"the file has {len(data):,} bytes; at most {LARGEST_FILE:,} fit."
        )
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise ImportRefused(name, line, "there is a NUL character; is this text?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportRefused(
            name, line, "this is not UTF-8. Save the file as UTF-8 and try again."
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lead = len(text) - len(text.lstrip())
    number = text[:lead].count("\n") + 1
    first, _newline, rest = text[lead:].partition("\n")
    match = FIRST_LINE.match(first)
    if not match:
        raise ImportRefused(
            name, number, "the first line must be: date YYYY-MM-DD Headline"
        )
    try:
        published_on = date.fromisoformat(match[1])
        if len(match[1]) != 10:
            raise ValueError
    except ValueError:
        raise ImportRefused(
            name, number, f"“{match[1]}” is not a date like 2019-12-05."
        ) from None
    headline = match[2]
    if len(headline) > 300:
        raise ImportRefused(name, number, "the headline has over 300 characters.")
    if rest.strip("\n") and rest.split("\n", 1)[0].strip():
        raise ImportRefused(
            name, number + 1, "an empty line must follow the first line."
        )
    try:
        headline = canonical(headline)
        body = _without_headline(rest, headline)
        return ArticleFile(published_on, headline, canonical(body))
    except TextRefused as refusal:
        raise ImportRefused(name, number + 1, str(refusal)) from refusal


def add_article(
    file: ArticleFile, *, by=None, outlet: Outlet | None = None, **details
) -> tuple[Article, bool]:
    """Store an article with its first text; return it and whether it is new.

    The same article again is left as it is. Raises Refused when one of the same
    outlet, day and headline is there with other words.
    """
    if by is not None and not by.has_perm("claims.add_article"):
        raise NotPermitted(_("You may not add articles."))
    body = canonical(file.body)
    try:
        with transaction.atomic(), acting(by):
            article, is_new = Article.objects.get_or_create(
                outlet=outlet,
                published_on=file.published_on,
                headline=file.headline,
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
                    % {"headline": file.headline, "day": file.published_on}
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


def _without_headline(rest, headline):
    """Return the text after the first line, the repeated headline left out."""
    body = rest.strip()
    first, _newline, others = body.partition("\n")
    if " ".join(first.split()) == " ".join(headline.split()):
        return others
    return body
