"""Parsing DATABASE_URL into an entry of DATABASES; "" means the embedded server."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SHAPE = "postgresql://user:password@host:5432/name"


def parse_database_url(url: str, data_folder: Path | str) -> dict:
    """Return the entry of DATABASES for a URL, or for the embedded server.

    The query string goes to the driver as it is: `?sslmode=require`, or
    `?host=/run/postgresql` for a socket. A URL that cannot be understood is refused
    with a sentence that never repeats it, since it holds a password.
    """
    url = url.strip()
    if not url:
        return {
            "ENGINE": "factcheck.postgres",
            "NAME": "factcheck",
            "USER": "factcheck",
            "DATA_FOLDER": Path(data_folder).absolute(),
        }
    try:
        parts = urlsplit(url)
        port = parts.port
        options = dict(
            parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
            if parts.query
            else ()
        )
    except ValueError:
        # "from None", since the original names the piece it stumbled over, and with
        # an unquoted password that piece is part of the password.
        raise _refusal(
            "its port or query string is not valid, or a / ? # [ in its user or "
            "password is not percent-encoded"
        ) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgres", "postgresql"):
        raise _refusal(
            "it does not start with postgresql://; nothing else is supported"
        )
    if parts.fragment or "/" in parts.path.removeprefix("/"):
        raise _refusal("a / or # in it is not percent-encoded")
    if not name:
        raise _refusal("the name of the database is missing at its end")
    return {
        "ENGINE": "factcheck.database",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts.netloc),
        "PORT": str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _host(netloc: str) -> str:
    """Return the host; a socket's folder (%2Frun%2F...) keeps its capital letters."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return unquote(host.partition(":")[0])


def _refusal(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"DATABASE_URL cannot be used: {reason}. It looks like {SHAPE}."
    )
