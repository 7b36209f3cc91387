"""Words of a published check: entities and tags resolved, blanks joined."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

from claims.exchange.records import InvalidValue
from claims.text.visible import visible

_INLINE = (
    "a|abbr|b|bdi|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u"
)
_BLOCK = (
    "article|blockquote|br|center|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|img|li|ol|p|"
    "pre|section|table|tbody|td|th|thead|tr|ul"
)
_TAG = re.compile(
    rf"</?(?:(?P<block>{_BLOCK})|{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(value: Any) -> str:
    r"""Return words without tags, entities, invisible signs and needless blanks.

    >>> plain("The <b>bridge</b>&nbsp;is &quot;shut&quot;.<br>Twice")
    'The bridge is "shut". Twice'
    >>> plain("3 < 5 &amp; 7 > 2"), plain(4.5), plain(None)
    ('3 < 5 & 7 > 2', '4.5', '')
    """
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    words = str(value)
    if _SURROGATE.search(words):
        raise InvalidValue("There is half a character in it: the file is damaged.")
    # Once more for tags that were written as entities.
    for _time in range(2):
        words = html.unescape(_TAG.sub(_between, words))
    words = unicodedata.normalize("NFC", visible(_TAG.sub(_between, words)))
    return " ".join(words.split())


def printable(name: Any) -> str:
    r"""Return a name as it can be shown, half characters as question marks.

    >>> printable("caf\ud800")
    'caf?'
    """
    return str(name).encode(errors="replace").decode()


def _between(tag):
    return " " if tag["block"] else ""
