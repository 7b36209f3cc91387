"""reverse() for addresses of rows, which a page builds by the hundred.

An address is resolved once for each name, URLconf and prefix; what differs from row to
row is then put in.
"""

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

# What reverse() leaves as it is in a path.
SAFE = "!*'();:@&=+$,/~-._"
NUMBER = 7_340_033_000


def address_of(name: str, *arguments: int | str) -> str:
    """Return the path that reverse() gives for a route and its arguments."""
    kinds = tuple(isinstance(each, int) for each in arguments)
    pattern = _pattern(name, kinds, get_urlconf(), _prefix=get_script_prefix())
    return pattern % tuple(
        each if isinstance(each, int) else quote(each, SAFE) for each in arguments
    )


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
