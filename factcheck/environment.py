"""Parsing of the FACTCHECK_ environment variables; raises ImproperlyConfigured.

A value that means nothing is refused at the start: a misspelt FACTCHECK_HTTPS=ture
would otherwise switch the protection off that it was meant to switch on.
"""

import json
import os
import re
from datetime import date
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
# What Django compares with the host of a request, which has no port any more.
HOST = re.compile(r"\*|\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
ORIGIN = re.compile(r"https?://[^/\s?#]+", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s?#/]+[^\s]*", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
FILE = re.compile(r"[^/:\s][^:\s]*")
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
TOKEN = re.compile(r"[a-z][a-z0-9-]*")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+|(?:rgb|hsl|oklch)\([0-9a-z.,%/ ]+\)")
SENDER = re.compile(r"[^\s<>@]+@[^\s<>@]+|[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>")
MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
SHORTEST_KEY = 32


def text(name, default=""):
    """Return FACTCHECK_<name> as a string."""
    return os.environ.get(f"FACTCHECK_{name}", default)


def switch(name, default=False):
    """Return FACTCHECK_<name> as a bool."""
    value = text(name).strip().lower()
    if value and value not in YES | NO:
        raise _refusal(name, value, "it is 1 or 0")
    return value in YES if value else default


def number(name, default):
    """Return FACTCHECK_<name> as an integer, 0 or more."""
    value = text(name).strip()
    if value and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise _refusal(name, value, "it is a whole number, 0 or more")
    return int(value) if value else default


def dotted(name, default):
    """Return FACTCHECK_<name>, the path of a Python class."""
    value = text(name).strip() or default
    if not DOTTED.fullmatch(value):
        raise _refusal(
            name, value, "it is the path of a class, as storages.backends.s3.S3Storage"
        )
    return value


def json_object(name):
    """Return FACTCHECK_<name>, a JSON object, as a dict; a refusal never repeats it."""
    value = text(name).strip() or "{}"
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ImproperlyConfigured(
            f"FACTCHECK_{name} cannot be used: it is a JSON object, as "
            '{"bucket_name": "evidence"}.'
        )
    return found


def words(name):
    """Return FACTCHECK_<name> as a list of strings, split at commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def days(name):
    """Return FACTCHECK_<name> as a set of days, split at commas."""
    found = set()
    for word in words(name):
        try:
            found.add(date.fromisoformat(word))
        except ValueError:
            raise _refusal(name, word, "a day looks like 2026-12-25") from None
    return frozenset(found)


def hosts(name, default=()):
    """Return FACTCHECK_<name> as a list of host names."""
    found = words(name) or list(default)
    for host in found:
        if not HOST.fullmatch(host):
            raise _refusal(
                name, host, "a host is named without scheme and port, as desk.example"
            )
    return found


def origins(name):
    """Return FACTCHECK_<name> as a list of origins: scheme, host and port."""
    found = words(name)
    for origin in found:
        if not ORIGIN.fullmatch(origin):
            raise _refusal(name, origin, "an origin looks like https://desk.example")
    return found


def address(name, default=""):
    """Return FACTCHECK_<name> as a URL, or "" where it is empty."""
    value = text(name, default).strip()
    if value and not ADDRESS.fullmatch(value):
        raise _refusal(name, value, "it begins with https://, as https://desk.example")
    return value


def mail_server(name):
    """Return FACTCHECK_<name> as the options of Django's SMTP back end, or None.

    smtp:// is made safe by STARTTLS, smtps:// is so from the start; smtp+plain:// is
    for a server on this machine or in this house. A refusal never repeats the value,
    which holds a password.
    """
    value = text(name).strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.scheme not in MAIL_PORTS:
        raise ImproperlyConfigured(
            f"FACTCHECK_{name} cannot be used: it looks like "
            "smtp://user:password@host:587, with a / # ? @ : in user or password "
            "percent-encoded."
        )
    return {
        "host": host,
        "port": port or MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 15,
    }


def sender(name):
    """Return FACTCHECK_<name> as the sender of mails, with or without a name, or ""."""
    value = text(name).strip()
    if value and not SENDER.fullmatch(value):
        raise _refusal(
            name, value, "it looks like The Desk <desk@example.org> or desk@example.org"
        )
    return value


def language(name, default):
    """Return FACTCHECK_<name> as the code of a language, such as de or pt-BR."""
    value = text(name).strip() or default
    if not LANGUAGE.fullmatch(value):
        raise _refusal(name, value, "it is the code of a language, as de or pt-BR")
    return value


def one_of(name, known, default):
    """Return FACTCHECK_<name>, which must be one of the known values."""
    value = text(name).strip() or default
    if value not in known:
        raise _refusal(name, value, f"it is one of: {', '.join(known)}")
    return value


def file(name):
    """Return FACTCHECK_<name> as the path of a static file, or ""."""
    value = text(name).strip()
    if value and not FILE.fullmatch(value):
        raise _refusal(
            name, value, "it is a file in the folder of the static ones, as logo.svg"
        )
    return value


def colours(name):
    """Return FACTCHECK_<name> as CSS colours by token, as in accent=#7a1f2b."""
    found = {}
    # A comma within brackets belongs to the colour.
    for pair in re.split(r",(?![^(]*\))", text(name)):
        if not pair.strip():
            continue
        token, _equals, shade = (part.strip() for part in pair.partition("="))
        # They are written into a style sheet: nothing else may come with them.
        if not (TOKEN.fullmatch(token) and COLOUR.fullmatch(shade)):
            raise _refusal(name, pair, "it looks like accent=#1c4f7c,dark-accent=white")
        found[token] = shade
    return found


def key(name, *, demo):
    """Return FACTCHECK_<name> as a secret key of enough length, or the demo's."""
    value = text(name).strip()
    if demo:
        return value or "demo-only-" + "0123456789abcdef" * 4
    if not value:
        raise ImproperlyConfigured(
            f"Set FACTCHECK_{name} to a long random text: it signs the logins. "
            "(For a demo on this machine, set FACTCHECK_DEBUG=1 instead.)"
        )
    if len(value) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"FACTCHECK_{name} has {len(value)} characters and can be guessed: set it "
            f"to a random text of {SHORTEST_KEY} or more. It signs the logins."
        )
    return value


def _refusal(name, value, remedy):
    return ImproperlyConfigured(f"FACTCHECK_{name} cannot be “{value[:80]}”: {remedy}.")
