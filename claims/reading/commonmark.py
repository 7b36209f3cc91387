"""CommonMark of verdicts as HTML: links, lists, quotes, tables, pictures, and no HTML.

What is typed as HTML is shown as typed. Links lead to http and https alone. A picture
is one of the verdict's own evidence, by its name: `![what it shows](chart.png)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from claims.text.visible import visible

# Longer than this, some texts take the parser seconds.
LONGEST = 20_000
# Below the page's own headings.
DEEPER = 2
PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]\(([^()<>\n]{1,150})\)")
ADDRESS = re.compile(r"https?://[^\s<>“”\"]+", re.IGNORECASE)
# A full stop ends the sentence, not the address; a bracket may belong to either.
AFTER_ADDRESS = ".,;:!?’'*_)]}"
BRACKETS = {")": "(", "]": "[", "}": "{"}
# What looks like a link and was not taken for one.
NO_LINK = re.compile(r"(?<!!)\[[^\[\]]+\]\([^()]*\)?")
WEB = ("http://", "https://")


@dataclass(frozen=True)
class Picture:
    """A picture that a text may show: its address, size and title."""

    url: str
    width: int
    height: int
    title: str


def render(
    text: str,
    pictures: Mapping[str, Picture] | None = None,
    *,
    deeper: int = DEEPER,
) -> str:
    """Return a text as HTML; "" for one that is longer than may be parsed.

    Its headings stand `deeper` than it says.

    >>> render("It **fell**, *slowly*.")
    '<p>It <strong>fell</strong>, <em>slowly</em>.</p>\\n'
    >>> render("<b>[x](javascript:alert(1))")
    '<p>&lt;b&gt;[x](javascript:alert(1))</p>\\n'
    """
    if len(text) > LONGEST:
        return ""
    env = {"pictures": pictures or {}, "problems": [], "deeper": deeper}
    return visible(_parser().render(text, env))


def problems(text: str, pictures: Mapping[str, Picture] | None = None) -> list[str]:
    """Return sentences on what in a text is not shown as it may have been meant."""
    if len(text) > LONGEST:
        return [too_long(text)]
    env: dict[str, Any] = {"pictures": pictures or {}, "problems": []}
    _parser().render(text, env)
    return list(dict.fromkeys(env["problems"]))


def too_long(text: str) -> str:
    """Return the sentence that refuses a text of too many characters."""
    return ngettext(
        "At most %(most)s characters fit; this is %(over)s character too many.",
        "At most %(most)s characters fit; these are %(over)s characters too many.",
        len(text) - LONGEST,
    ) % {"most": f"{LONGEST:,}", "over": f"{len(text) - LONGEST:,}"}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(
        "table"
    )
    parser.disable(["html_block", "html_inline", "image"])
    parser.inline.ruler.before("link", "picture", _picture)
    parser.core.ruler.push("addresses", _addresses)
    parser.core.ruler.push("looks", _looks)
    parser.validateLink = is_web_address  # type: ignore[method-assign]
    parser.renderer.rules |= {
        "link_open": _link_open,
        "table_open": _table_open,
        "table_close": _table_close,
    }
    return parser


def is_web_address(url: str) -> bool:
    """Return whether a link may lead to an address.

    >>> is_web_address("HTTPS://a.example"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return url.lower().startswith(WEB)


def _picture(state: StateInline, silent: bool) -> bool:
    """Read `![words](name)`; the name is that of a picture in the evidence."""
    found = PICTURE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    words, name = found[1], found[2].strip()
    picture = state.env["pictures"].get(name)
    if not silent:
        if picture is None:
            sentence = _("No public picture in the evidence has the name “%(name)s”.")
            state.env["problems"].append(sentence % {"name": name})
            state.push("text", "", 0).content = found[0]
        else:
            token = state.push("image", "img", 0)
            # The parser's own rule fills in `alt` from what stands within.
            token.attrs = {
                "src": picture.url,
                "alt": "",
                "width": picture.width,
                "height": picture.height,
                "loading": "lazy",
            }
            token.children = [_text(words or picture.title)]
    state.pos = found.end()
    return True


def _addresses(state: StateCore) -> None:
    """Make a link of each address that stands in the text as it is."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        made: list[Token] = []
        within = 0
        for token in block.children:
            within += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            plain = token.type == "text" and not within
            if plain and (left := NO_LINK.search(token.content)):
                sentence = _("“%(words)s” is no link: http:// or https:// is missing.")
                state.env["problems"].append(sentence % {"words": left[0][:80]})
            made += _linked(token) if plain else [token]
        block.children = made


def _linked(token: Token) -> Iterable[Token]:
    text, at = token.content, 0
    for found in ADDRESS.finditer(text):
        url = _trimmed(found[0])
        if len(url) <= len("https://"):
            continue
        yield _text(text[at : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": url})
        yield _text(url)
        yield Token("link_close", "a", -1)
        at = found.start() + len(url)
    yield _text(text[at:])


def _text(words):
    return Token("text", "", 0, content=words)


def _trimmed(url: str) -> str:
    while url[-1] in AFTER_ADDRESS:
        opening = BRACKETS.get(url[-1])
        if opening and url.count(opening) >= url.count(url[-1]):
            break
        url = url[:-1]
    return url


def _looks(state: StateCore) -> None:
    """Put headings below the page's own, none skipped; align without a style."""
    deeper = state.env.get("deeper", DEEPER)
    # The headings within which a place of the text lies.
    above: list[int] = []
    level = deeper
    for token in state.tokens:
        if token.type == "heading_open":
            own = int(token.tag[1])
            above = [*(each for each in above if each < own), own]
            level = min(deeper + len(above), 6)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
        elif token.type in {"th_open", "td_open"} and "style" in token.attrs:
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrSet("class", f"align-{side}")
        elif token.type in {"fence", "code_block"}:
            # The class of a fence's language says nothing to anybody here.
            token.info = ""


def _link_open(tokens, place, options, env):
    tokens[place].attrSet("rel", "external nofollow")
    return _parser().renderer.renderToken(tokens, place, options, env)


# It scrolls by itself, by keyboard too, where the page is narrower.
def _table_open(*_token):
    return '<div class="wide" tabindex="0"><table>\n'


def _table_close(*_token):
    return "</table></div>\n"
