"""The address of a published check: what tells one check from another."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from claims.exchange.records import InvalidValue
from claims.models import PublishedVerdict
from claims.models.fields import without_login

LONGEST = 1000
TRACKING = {"fbclid", "gclid", "mc_cid", "mc_eid", "igshid"}


def web_address(value: Any) -> str:
    """Return an address if it is one of the web, and nobody's login in it, or "".

    >>> web_address(" https://check.example/a "), web_address("check.example/a")
    ('https://check.example/a', '')
    """
    url = value.strip() if isinstance(value, str) else ""
    if len(url) > LONGEST or not url.lower().startswith(("http://", "https://")):
        return ""
    try:
        host = urlsplit(url).hostname
        without_login(url)
    except (ValueError, ValidationError):
        return ""
    if not host or any(sign.isspace() or not sign.isprintable() for sign in url):
        return ""
    scheme, rest = url.split("://", 1)
    return f"{scheme.lower()}://{rest}"


def review_key(url: str) -> str:
    """Return an address without scheme, `www`, closing slash, `utm_*` and fragment.

    >>> review_key("http://www.Check.example/a/?utm_source=x&page=2#top")
    'check.example/a?page=2'
    """
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError as error:
        raise InvalidValue(f"“{url[:80]}” is no address of the web.") from error
    host = (parts.hostname or "").removeprefix("www.") + port
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in TRACKING
    ]
    path = parts.path.rstrip("/")
    return host + path + (f"?{urlencode(query)}" if query else "")


def host_of(url: str) -> str:
    """Return the host of an address without `www`, which stands for its publisher."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_published_here(url: str) -> bool:
    """Return whether an address is that of a verdict of this desk itself."""
    site = settings.FACTCHECK["URL"]
    own = re.escape(f"{review_key(site)}/claims/") + r"(\d{1,18})(?:\D|$)"
    claim = re.match(own, review_key(url), re.ASCII) if site else None
    return claim is not None and (
        PublishedVerdict.objects.filter(claim=int(claim[1]), publisher="").exists()
    )
