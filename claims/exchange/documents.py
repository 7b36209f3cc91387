"""Reading an article from a file of any kind: text, saved HTML, Word, PDF, subtitles.

The kind is told by the contents, not by the name. HTML and PDF need the extra
`documents`. What a file does not tell (a headline, a day) stays empty.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from claims.exchange import limited, word_text
from claims.exchange.article_tops import day_in, top_of
from claims.exchange.articles import (
    LONGEST_HEADLINE,
    ArticleFile,
    ImportRefused,
    decode,
    language_tag,
    one_line,
    read_article,
    web_address,
    without_headline,
)
from claims.exchange.sources import known_encoding
from claims.exchange.subtitles import (
    is_subtitles,
    paragraphs_of_subtitles,
    title_of_subtitles,
)
from claims.exchange.transcripts import times_of
from claims.text.canonical import canonical
from claims.text.language import detect_language
from claims.text.repairs import Repair, repair

# Which files of a folder are taken.
SUFFIXES = (".txt", ".html", ".htm", ".docx", ".pdf", ".vtt", ".srt")
LARGEST_DOCUMENT = 30_000_000  # bytes: pictures in a Word file or a PDF count too

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+)?html\b", re.I
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w.:-]+)", re.I)
# What was put right in a text, for whoever takes it in.
REPAIRS = {
    "references": ngettext_lazy(
        "signs written in HTML in %(count)d line",
        "signs written in HTML in %(count)d lines",
        "count",
    ),
    "separators": ngettext_lazy(
        "line and page separators in %(count)d place",
        "line and page separators in %(count)d places",
        "count",
    ),
    "soft hyphens": ngettext_lazy(
        "%(count)d soft hyphen taken out", "%(count)d soft hyphens taken out", "count"
    ),
    "invisible": ngettext_lazy(
        "invisible signs taken out of %(count)d line",
        "invisible signs taken out of %(count)d lines",
        "count",
    ),
    "ligatures": ngettext_lazy(
        "%(count)d ligature written as letters",
        "%(count)d ligatures written as letters",
        "count",
    ),
    "divided": ngettext_lazy(
        "%(count)d word joined that a line’s end divided",
        "%(count)d words joined that lines’ ends divided",
        "count",
    ),
    "lines": ngettext_lazy(
        "%(count)d line end within paragraphs joined",
        "%(count)d line ends within paragraphs joined",
        "count",
    ),
    "paragraphs": ngettext_lazy(
        "%(count)d line end made the end of a paragraph",
        "%(count)d line ends made ends of paragraphs",
        "count",
    ),
}
# A title that the program gave, not a person.
_PROGRAMS_TITLE = re.compile(
    r"Microsoft Word - |Untitled|.*\.(?:docx?|pdf|indd|odt)$", re.I
)
# How files begin that hold no text to be read, and what to do instead.
_NO_TEXT = {
    rb"\xd0\xcf\x11\xe0": gettext_lazy(
        "this is an old Word file (.doc), or one with a password. Save it as .docx "
        "without a password, or as text."
    ),
    rb"\{\\rtf": gettext_lazy("this is an RTF file. Save it as .docx or as text."),
    rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*": gettext_lazy(
        "this is a picture. Have its text recognised (OCR), or type it."
    ),
    rb"From: <Saved by|MIME-Version:": gettext_lazy(
        "this is a web archive (.mhtml). Save the page as “HTML only”."
    ),
    rb"\x1f\x8b": gettext_lazy("the file is packed (.gz). Unpack it first."),
}


def read_document(
    data: bytes,
    name: str,
    *,
    encoding: str = "",
    keep_lines: bool = False,
    address: str = "",
    guess: bool = True,
) -> ArticleFile:
    """Return the article in a file of any kind; raise ImportRefused.

    `guess` reads a text without a head too, its headline and day by its first lines.
    """
    try:
        _refuse_what_is_no_text(data)
        if b"%PDF-" in data[:1024]:
            return _read_pdf(data, name, keep_lines)
        if data.startswith(b"PK\3\4"):
            return _read_word(data, name, keep_lines)
        is_page = name.lower().endswith((".html", ".htm", ".xhtml"))
        if is_page or data.lstrip()[:1] == b"<":
            encoding = encoding or _declared_encoding(data)
        text = decode(data, name, encoding)
        if is_subtitles(text):
            return _read_subtitles(text, name)
        if is_page or _HTML.match(text):
            return _read_html(text, name, address)
        if not guess or re.match(r"\s*date\s", text):
            return read_article(data, name, encoding=encoding, keep_lines=keep_lines)
        return _finished(text, name, keep_lines=keep_lines, url=address)
    except ValueError as refusal:
        raise ImportRefused(name, None, str(refusal)) from refusal


def repair_name(repair: Repair) -> str:
    """Return what was put right and how often, as “3 soft hyphens taken out”."""
    return REPAIRS[repair.kind] % {"count": repair.count}


def _refuse_what_is_no_text(data: bytes) -> None:
    """Raise ValueError for files that cannot be read, with what to do instead."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise ValueError(gettext("the file is empty."))
    if len(data) > LARGEST_DOCUMENT:
        raise ValueError(
            gettext(
                "the file is too large: at most %(most)s bytes are read. Save the text "
                "alone, without pictures."
            )
            % {"most": f"{LARGEST_DOCUMENT:,}"}
        )
    for beginning, sentence in _NO_TEXT.items():
        if re.match(beginning, data):
            raise ValueError(sentence)


def _finished(
    text: str,
    name: str,
    headline: str = "",
    *,
    keep_lines: bool = False,
    day: date | None = None,
    language: str = "",
    byline: str = "",
    outlet: str = "",
    url: str = "",
) -> ArticleFile:
    """Return what was read, put right; its text tells what the file did not."""
    body, repairs = repair(text, keep_lines=keep_lines)
    body = canonical(body)
    headline = " ".join(canonical(headline).split()) if headline.strip() else ""
    headline = "" if len(headline) > LONGEST_HEADLINE else headline
    paragraphs = without_headline(body, headline).strip().split("\n\n")
    told = [headline] if headline else []
    language = detect_language(body) or _valid(language_tag, language)
    top = top_of([*told, *paragraphs], language)
    body = "\n\n".join(paragraphs[max(top.used - len(told), 0) :])
    if not body:
        raise ValueError(gettext("there is no text below the headline."))
    return ArticleFile(
        day or top.day or day_in(Path(name).stem),
        headline or top.headline,
        body,
        byline=_valid(one_line, byline) or _valid(one_line, top.byline),
        language=language,
        outlet=_valid(one_line, outlet),
        url=_valid(web_address, url),
        repairs=repairs,
    )


def _valid(check, words: str) -> str:
    """Return what a file says of itself, or "" where it can be no such thing."""
    try:
        return str(check(canonical(words))) if words.strip() else ""
    except ValueError:
        return ""


def _read_subtitles(text: str, name: str) -> ArticleFile:
    paragraphs = paragraphs_of_subtitles(text)
    if not paragraphs:
        raise ValueError(gettext("there are no spoken words in these subtitles."))
    headline = title_of_subtitles(text) or Path(name).stem
    file = _finished("\n\n".join(paragraphs), name, headline, keep_lines=True)
    return replace(file, times=times_of(text, file.body), subtitles=text)


def _read_word(data: bytes, name: str, keep_lines: bool) -> ArticleFile:
    paragraphs, title = word_text.read(data)
    text = "\n\n".join(paragraphs)
    return _finished(text, name, _by_hand(title), keep_lines=keep_lines)


def _read_pdf(data: bytes, name: str, keep_lines: bool) -> ArticleFile:
    told = limited.answer("claims.exchange.pdf_text", data)
    title = _by_hand(told["title"])
    return _finished(told["text"], name, title, keep_lines=keep_lines)


def _by_hand(title: str) -> str:
    """Return a file's title, or "" for one that a program gave."""
    return "" if _PROGRAMS_TITLE.match(title) else title


def _read_html(page: str, name: str, address: str) -> ArticleFile:
    told = limited.answer("claims.exchange.html_text", page.encode(), address)
    day = _day(told.pop("day"))
    text, title = told.pop("text"), told.pop("title")
    return _finished(text, name, title, keep_lines=True, day=day, **told)


def _declared_encoding(data: bytes) -> str:
    """Return the encoding that the head of an HTML page names, or ""."""
    declared = _CHARSET.search(data[:4096])
    if declared is None or data.startswith(b"\xef\xbb\xbf"):
        return ""
    try:
        return known_encoding(declared[1].decode("ascii", "ignore"))
    except ValueError:
        return ""


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
