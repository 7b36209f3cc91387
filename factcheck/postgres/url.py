"""Parsing DATABASE_URL and its siblings into DATABASES; "" means the embedded server.

DATABASE_URL is the application's login. DATABASE_OWNER_URL, for migrations, and
DATABASE_PUBLIC_URL, for public pages, are other logins to the same database; without
them the application does their work. DATABASE_REPLICA_URLS are logins to its replicas.
"""

import re
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

REPLICAS_VARIABLE = "DATABASE_REPLICA_URLS"
# Their aliases, by their place in it: replica_1, replica_2, ...
REPLICA_PREFIX = "replica_"
SHAPE = "postgresql://user:password@host:5432/name"
DEFAULT_PORT = "5432"
# Between two URLs; a comma within one stands between the hosts of one database.
BETWEEN_URLS = re.compile(r"[\s,]+(?=postgres(?:ql)?://)")
# Seconds to reach a replica, beside which there are others.
REPLICA_CONNECT_TIMEOUT = "2"


def parse_databases(environment: Mapping[str, str], data_folder: Path | str) -> dict:
    """Return DATABASES: the default and, where they differ, `owner` and `public`.

    Read replicas, if there are any, follow as `replica_1`, `replica_2` and so on.
    """
    replicas = environment.get(REPLICAS_VARIABLE, "").strip()
    urls = {
        alias: environment.get(variable, "").strip()
        for alias, variable in VARIABLES.items()
    }
    if not urls[APPLICATION_ALIAS]:
        beside = {VARIABLES[a]: urls[a] for a in (OWNER_ALIAS, PUBLIC_ALIAS)}
        for variable, url in {**beside, REPLICAS_VARIABLE: replicas}.items():
            if url:
                raise ImproperlyConfigured(
                    f"{variable} is set and DATABASE_URL is not: set both, or "
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
    reader = databases.get(PUBLIC_ALIAS, application)["USER"]
    return {
        alias: database
        for alias, database in databases.items()
        if alias == APPLICATION_ALIAS or database["USER"] != application["USER"]
    } | _replicas(replicas, reader)


def _replicas(urls: str, reader: str) -> dict:
    """Return the entries of DATABASES for replicas, which all log in as the reader."""
    databases = {}
    for number, url in enumerate(BETWEEN_URLS.split(urls) if urls else (), 1):
        database = parse_database_url(url, REPLICAS_VARIABLE)
        if database["USER"] != reader:
            raise ImproperlyConfigured(
                f"{REPLICAS_VARIABLE}: replica {number} logs in as another user than "
                "the one by which public pages read (DATABASE_PUBLIC_URL, else "
                "DATABASE_URL): it would show them more, or less."
            )
        database["OPTIONS"].setdefault("connect_timeout", REPLICA_CONNECT_TIMEOUT)
        databases[f"{REPLICA_PREFIX}{number}"] = database
    return databases


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
    `?host=/run/postgresql` for a socket. Several hosts are tried in turn:
    `one:5432,two:5432/name?target_session_attrs=read-write`. A URL that cannot be
    understood is refused with a sentence that never repeats it, since it holds a
    password.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        hosts, ports = _hosts_and_ports(parts.netloc)
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
        "HOST": hosts,
        "PORT": ports,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _hosts_and_ports(netloc: str) -> tuple[str, str]:
    """Return host and port, or of several hosts the lists that the driver takes.

    A socket's folder (%2Frun%2F...) keeps its capital letters.
    """
    addresses = netloc.rpartition("@")[2].split(",")
    hosts, ports = [], []
    for address in addresses:
        # Asked of each alone: urlsplit() knows no other port than the only one.
        port = urlsplit(f"//{address}").port
        ports.append(str(port or ""))
        if address.startswith("["):
            hosts.append(address[1:].partition("]")[0])
        else:
            hosts.append(unquote(address.partition(":")[0]))
    if len(hosts) > 1 and any(ports):
        ports = [port or DEFAULT_PORT for port in ports]
    return ",".join(hosts), ",".join(ports) if any(ports) else ""


def _refusal(variable: str, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{variable} cannot be used: {reason}. It looks like {SHAPE}."
    )
