"""Health checks: /healthz, whether this process lives; /readyz, whether it can serve.

Both are asked of a process by its address, by whatever host name and without TLS, so
they are answered before any middleware that would mind.
"""

import os
import tempfile
from contextlib import suppress
from functools import cache

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.urls import get_script_prefix, resolve
from django.views.decorators.http import require_safe

from claims.http.unavailable import RETRY_AFTER
from claims.models import PublicClaim
from factcheck.database_router import reading_alias

PROBES = frozenset({"healthz", "readyz"})


def probes(get_response):
    """Middleware: answer the health checks before anybody looks at host or scheme."""

    def middleware(request):
        if request.path.removeprefix(get_script_prefix()) not in PROBES:
            return get_response(request)
        request.resolver_match = resolve(request.path)
        return request.resolver_match.func(request)

    return middleware


@require_safe
def healthz(request):
    """Return 200: the process lives. Asks nobody, the database least of all."""
    return _answer(200, "ok")


@require_safe
def readyz(request):
    """Return 200 where readers can be served, else 503 with what is missing.

    A desk that cannot write, as on a standby, is told of, and is no reason to send
    readers away.
    """
    missing = [*_missing_of_database(), *_missing_of_disk()]
    if missing:
        return _answer(503, *missing)
    return _answer(200, "ok", *_desk())


def _missing_of_database():
    # Where the desk's login finds nobody, readers may be served all the same.
    applied = None
    with suppress(DatabaseError):
        applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    if applied is not None and (left := set(newest_migrations()) - set(applied)):
        return [f"not migrated: {app} {name}" for app, name in sorted(left)]
    try:
        PublicClaim.objects.using(reading_alias()).exists()
    except DatabaseError:
        return ["readers' pages: the database does not answer"]
    return []


@cache
def newest_migrations():
    """Return (app, name) of the last migrations in the code of this process."""
    return MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()


def _missing_of_disk():
    folders = {"uploads and downloads": tempfile.gettempdir()}
    if isinstance(storages["default"], FileSystemStorage):
        folders["copies of evidence"] = settings.MEDIA_ROOT
    for what, folder in folders.items():
        # The folder of copies is made with the first of them.
        while not os.path.exists(folder):
            folder = os.path.dirname(folder)
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(4096))
        except OSError:
            yield f"{what}: the disk cannot be written to"


def _desk():
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            is_away = cursor.fetchone()[0] == "on"
    except DatabaseError:
        is_away = True
    return ["the desk: nothing can be stored now"] if is_away else []


def _answer(status, *lines):
    response = HttpResponse(
        "".join(f"{line}\n" for line in lines),
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
