"""Reads of public pages go to the public role's connection, everything else does not.

The middleware marks the time in which a public view answers a safe request; meanwhile
the router sends reads to DATABASES["public"], where there is one, or to a replica of
it that keeps up. Raw SQL for readers runs on
`connections[router.db_for_read(PublicClaim)]`.
"""

from collections.abc import Iterator
from contextvars import ContextVar, copy_context

from django.apps import apps
from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    OperationalError,
    connections,
    router,
)
from django.http import FileResponse
from psycopg.errors import QueryCanceled

from factcheck.database.replicas import Replicas
from factcheck.database.roles import PUBLIC_ALIAS
from factcheck.postgres.url import REPLICA_PREFIX

# The app whose addresses are the public pages, and whose tables they read.
PUBLIC_APP = "claims"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

replicas = Replicas()

_is_public = ContextVar("is_public", default=False)
# The alias of the replica by which a public page is read just now; "" for the primary.
_replica = ContextVar("replica", default="")


class DatabaseRouter:
    """All aliases lead to one database, under different roles, or to copies of it."""

    def db_for_read(self, model, **hints):
        if _is_public.get() and model._meta.app_label == PUBLIC_APP:
            if replica := _replica.get():
                return replica
            if PUBLIC_ALIAS in connections:
                return PUBLIC_ALIAS
        return _own(hints)

    def db_for_write(self, _model, **hints):
        return _own(hints)

    def allow_relation(self, _one, _other, **_hints):
        return True

    def allow_migrate(self, db, _app_label, **_hints):
        # The owner migrates as the default (see as_owner).
        return db == DEFAULT_DB_ALIAS


def reading_alias() -> str:
    """Return the alias by which public pages read now, asked from anywhere."""
    token = _is_public.set(True)
    try:
        return router.db_for_read(apps.get_model(PUBLIC_APP, "PublicClaim"))
    finally:
        _is_public.reset(token)


def _own(hints):
    """Return the alias that a row was read from, but never one that only reads."""
    state = getattr(hints.get("instance"), "_state", None)
    alias = getattr(state, "db", None)
    if alias is None or alias == PUBLIC_ALIAS or alias.startswith(REPLICA_PREFIX):
        return DEFAULT_DB_ALIAS
    return alias


class PublicReads:
    """Middleware: public views read as the public role, answering a safe request.

    Whoever is signed in reads on the primary, where all that they wrote is. A page
    that a replica fails to answer is asked for once more, on the primary if it is
    there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        public, replica = _is_public.set(False), _replica.set("")
        try:
            response = self.get_response(request)
            # A file is finished by now; other streams read on while they are sent.
            if (
                _is_public.get()
                and response.streaming
                and not isinstance(response, FileResponse)
            ):
                response.streaming_content = _in_this_context(
                    iter(response.streaming_content)
                )
            return response
        finally:
            _is_public.reset(public)
            _replica.reset(replica)

    def process_view(self, request, view, _args, _kwargs):
        # A view says of itself that it only reads, where questions come by POST.
        reads = request.method in SAFE or getattr(view, "reads_as_public", False)
        if reads and request.resolver_match.app_names[:1] == [PUBLIC_APP]:
            _is_public.set(True)
            if not _needs_primary(request, view):
                _read_from(replicas.in_order())

    def process_exception(self, request, exception):
        """Ask once more for what a replica broke off: it died, or had to go on."""
        alias = _replica.get()
        if (
            not alias
            or not isinstance(exception, OperationalError | InterfaceError)
            or isinstance(exception.__cause__, QueryCanceled)
        ):
            return None
        primary = replicas.primary.alias
        others = [each for each in replicas.in_order() if each != primary]
        _read_from([primary, *(each for each in others if each != alias)])
        match = request.resolver_match
        try:
            return match.func(request, *match.args, **match.kwargs)
        except OperationalError:
            return None


def _needs_primary(request, view):
    return (
        not replicas.aliases
        # A view says of itself that whoever has just sent something asks it.
        or getattr(view, "reads_primary", False)
        or settings.SESSION_COOKIE_NAME in request.COOKIES
    )


def _read_from(aliases):
    """Read by the first of these aliases that answers, until the request ends."""
    alias = _first_that_answers(aliases)
    _replica.set(alias if alias in replicas.aliases else "")


def _first_that_answers(aliases):
    """Return the first alias with a connection that works, or the last of all.

    What it costs is the health check that each connection has once a request anyway.
    A new one is asked, too: a pooler takes connections to servers that are gone.
    """
    for alias in aliases[:-1]:
        connection = connections[alias]
        try:
            connection.close_if_health_check_failed()
            if connection.connection is not None:
                return alias
            connection.ensure_connection()
        except OperationalError:
            continue
        if connection.is_usable():
            return alias
        connection.close()
    return aliases[-1]


def _in_this_context(rows: Iterator) -> Iterator:
    """Yield from an iterator that goes on to run in the context of now."""
    context, end = copy_context(), object()

    def pieces():
        while (piece := context.run(next, rows, end)) is not end:
            yield piece

    return pieces()
