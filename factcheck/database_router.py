"""Reads of public pages go to the public role's connection, everything else does not.

The middleware marks the time in which a public view answers a safe request; meanwhile
the router sends reads to DATABASES["public"], where there is one. Raw SQL for readers
runs on `connections[router.db_for_read(PublicClaim)]`.
"""

from collections.abc import Iterator
from contextvars import ContextVar, copy_context

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.http import FileResponse

from factcheck.database.roles import PUBLIC_ALIAS

# The app whose addresses are the public pages, and whose tables they read.
PUBLIC_APP = "claims"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_is_public = ContextVar("is_public", default=False)


class DatabaseRouter:
    """All aliases lead to one database, under different roles."""

    def db_for_read(self, model, **hints):
        if (
            _is_public.get()
            and model._meta.app_label == PUBLIC_APP
            and PUBLIC_ALIAS in connections
        ):
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
    """Return the alias that a row was read from, but never the public one."""
    state = getattr(hints.get("instance"), "_state", None)
    alias = getattr(state, "db", None)
    return alias if alias not in (None, PUBLIC_ALIAS) else DEFAULT_DB_ALIAS


class PublicReads:
    """Middleware: public views read as the public role, answering a safe request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _is_public.set(False)
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
            _is_public.reset(token)

    def process_view(self, request, view, _args, _kwargs):
        # A view says of itself that it only reads, where questions come by POST.
        reads = request.method in SAFE or getattr(view, "reads_as_public", False)
        if reads and request.resolver_match.app_names[:1] == [PUBLIC_APP]:
            _is_public.set(True)


def _in_this_context(rows: Iterator) -> Iterator:
    """Yield from an iterator that goes on to run in the context of now."""
    context, end = copy_context(), object()

    def pieces():
        while (piece := context.run(next, rows, end)) is not end:
            yield piece

    return pieces()
