"""reverse() for addresses of rows, which a page builds by the hundred.

An address is resolved once for each name, URLconf and prefix; what differs from row to
row is then put in.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

# What reverse() leaves as it is in a path.
SAFE = "!*'();:@&=+$,/~-._"
NUMBER = 7_340_033_000
# Most slugs: nothing in them is quoted.
PLAIN = re.compile(r"[\w-]*", re.ASCII)


def address_of(name: str, *arguments: int | str) -> str:
    """Return the path that reverse() gives for a route and its arguments."""
    return addresses(name, *map(type, arguments))(*arguments)


def addresses(name: str, *kinds: type) -> Callable[..., str]:
    """Return address_of() for one route, good for the language and prefix of now."""
    are_numbers = tuple(issubclass(kind, int) for kind in kinds)
    pattern = _pattern(name, are_numbers, get_urlconf(), _prefix=get_script_prefix())
    return lambda *arguments: pattern % tuple(map(_quoted, arguments))


def _quoted(argument: int | str) -> int | str:
    if isinstance(argument, int) or PLAIN.fullmatch(argument):
        return argument
    return quote(argument, SAFE)


@lru_cache(maxsize=512)
def _pattern(name, kinds, urlconf, _prefix):
    """Return the path of a route, prefix and all, with a place for each argument."""
    marks = [
        NUMBER + place if is_number else f"mark{place}mark"
        for place, is_number in enumerate(kinds)
    ]
    path = reverse(name, urlconf=urlconf, args=marks).replace("%", "%%")
    for mark in marks:
        path = path.replace(str(mark), "%s")
    return path
