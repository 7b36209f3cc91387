"""The handbook of the desk: its pages, their sections, and a search in both.

Each page is one file in claims/handbook/<language>/: headings with an id, paragraphs,
lists, and `{% picture "name" "what it shows" %}`, the one thing that is filled in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).resolve().parent.parent / "handbook"
TITLES: dict[str, str | Promise] = {
    "editors": _("For editors"),
    "reviewers": _("For reviewers"),
    "approvers": _("For approvers"),
    "administrators": _("For administrators"),
}
HEADING = re.compile(r'<h2 id="([a-z]+)">(.*?)</h2>')
PICTURE = re.compile(r'\{% picture "([a-z]+)" "([^"]*)" %\}')
TAG = re.compile(r"<[^>]+>|\{%.*?%\}")
# All pictures are taken in a window of this size.
WIDTH, HEIGHT = 1100, 700


@dataclass(frozen=True)
class Section:
    """A heading of a page, with what stands below it."""

    page: str
    anchor: str
    title: str
    words: str

    def excerpt(self, question: str) -> str:
        """Return some words around the first hit."""
        first = (_words(question) or [""])[0]
        at = max(0, _plain(self.words).find(first) - 60)
        start = self.words.rfind(" ", 0, at) + 1
        cut = self.words[start : start + 200]
        return ("… " if start else "") + cut.rsplit(" ", 1)[0] + " …"


def languages() -> list[str]:
    """Return the languages that the handbook is written in."""
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def page_html(page: str) -> SafeString:
    """Return a page of the handbook as HTML, in the language of the moment."""
    language = _language()

    def figure(found):
        address = static(f"claims/handbook/{language}/{found[1]}.webp")
        return format_html(
            '<figure><a href="{}"><img src="{}" width="{}" height="{}" alt="{}" '
            'loading="lazy"></a><figcaption>{}</figcaption></figure>',
            *(address, address, WIDTH, HEIGHT, found[2], found[2]),
        )

    return mark_safe(PICTURE.sub(figure, _source(language, page)))  # noqa: S308 - own


def sections(page: str) -> list[Section]:
    """Return the sections of a page, for its table of contents."""
    return list(_sections(_language(), page))


def search(question: str) -> list[Section]:
    """Return the sections that hold every word asked for, those with it in front first.

    Accents and capitals do not matter, and the beginning of a word is enough.
    """
    asked = _words(question)
    if not asked:
        return []
    found = []
    for page in TITLES:
        for section in sections(page):
            title, words = _plain(section.title), _plain(section.words)
            if all(re.search(rf"\b{re.escape(w)}", f"{title} {words}") for w in asked):
                found.append((not all(word in title for word in asked), section))
    return [section for _rank, section in sorted(found, key=lambda row: row[0])]


def _language() -> str:
    code = get_language() or "en"
    return code if code in languages() else "en"


@cache
def _source(language: str, page: str) -> str:
    return (FOLDER / language / f"{page}.html").read_text(encoding="utf-8")


@cache
def _sections(language: str, page: str) -> tuple[Section, ...]:
    parts = HEADING.split(_source(language, page))
    return tuple(
        Section(page, anchor, _text(title), _text(body))
        for anchor, title, body in zip(
            parts[1::3], parts[2::3], parts[3::3], strict=True
        )
    )


def _text(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def _plain(words: str) -> str:
    """Return words without capitals and accents, letter for letter as long as before.

    >>> _plain("İddia, Öneri"), _plain("Çok")
    ('iddia, oneri', 'cok')
    """
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in words)
    return "".join(letters).lower().replace("ı", "i")


def _words(question: str) -> list[str]:
    return re.findall(r"\w+", _plain(question))
