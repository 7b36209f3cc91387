"""Parsing DATABASE_URL and its siblings into DATABASES; "" means the embedded server.

DATABASE_URL is the application's login. DATABASE_OWNER_URL, for migrations, and
DATABASE_PUBLIC_URL, for public pages, are other logins to the same database; without
them the application does their work.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from factcheck.database.roles import (
    APPLICATION,
    APPLICATION_ALIAS,
    OWNER,
    OWNER_ALIAS,
    PUBLIC,
    PUBLIC_ALIAS,
    VARIABLES,
)

SHAPE = "postgresql://user:password@host:5432/name"


def parse_databases(environment: Mapping[str, str], data_folder: Path | str) -> dict:
    """Return DATABASES: the default and, where they differ, `owner` and `public`."""
    urls = {
        alias: environment.get(variable, "").strip()
        for alias, variable in VARIABLES.items()
    }
    if not urls[APPLICATION_ALIAS]:
        for alias in (OWNER_ALIAS, PUBLIC_ALIAS):
            if urls[alias]:
                raise ImproperlyConfigured(
                    f"{VARIABLES[alias]} is set and DATABASE_URL is not: set both, or "
                    "neither for the embedded PostgreSQL."
                )
        return {
            APPLICATION_ALIAS: embedded_database(data_folder, APPLICATION),
            OWNER_ALIAS: embedded_database(data_folder, OWNER),
            PUBLIC_ALIAS: embedded_database(data_folder, PUBLIC),
        }
    databases = {
        alias: parse_database_url(url, VARIABLES[alias])
        for alias, url in urls.items()
        if url
    }
    if len(databases) > 1:
        for alias, database in databases.items():
            if not database["USER"]:
                raise ImproperlyConfigured(
                    f"{VARIABLES[alias]} names no user: with several logins each "
                    "names its role."
                )
    application = databases[APPLICATION_ALIAS]
    return {
        alias: database
        for alias, database in databases.items()
        if alias == APPLICATION_ALIAS or database["USER"] != application["USER"]
    }


def embedded_database(data_folder: Path | str, role: str = OWNER) -> dict:
    """Return the entry of DATABASES for a role of the embedded server."""
    return {
        "ENGINE": "factcheck.postgres",
        "NAME": OWNER,
        "USER": role,
        "DATA_FOLDER": Path(data_folder).absolute(),
    }


def parse_database_url(url: str, variable: str = "DATABASE_URL") -> dict:
    """Return the entry of DATABASES for a URL, which stands in the variable.

    The query string goes to the driver as it is: `?sslmode=require`, or
    `?host=/run/postgresql` for a socket. A URL that cannot be understood is refused
    with a sentence that never repeats it, since it holds a password.
    """
    url = url.strip()
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
            variable,
            "its port or query string is not valid, or a / ? # [ in its user or "
            "password is not percent-encoded",
        ) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgres", "postgresql"):
        raise _refusal(
            variable, "it does not start with postgresql://; nothing else is supported"
        )
    if parts.fragment or "/" in parts.path.removeprefix("/"):
        raise _refusal(variable, "a / or # in it is not percent-encoded")
    if not name:
        raise _refusal(variable, "the name of the database is missing at its end")
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


def _refusal(variable: str, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{variable} cannot be used: {reason}. It looks like {SHAPE}."
    )
