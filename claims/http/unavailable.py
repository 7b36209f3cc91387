"""503 Service Unavailable: which exceptions mean "try again", and what is answered.

A database that is down, restarting, full, read-only, locked or out of connections is
no fault of the site, nor is a full disk. Whoever asked is told so at once, as a page,
as JSON or as plain text, and a form that was sent is shown again, to be sent again.
Nothing here asks the database.
"""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

import psycopg
from django.core.exceptions import SuspiciousOperation
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.http.responses import allow_any_origin
from claims.http.typed import shown_fields, typed_fields

RETRY_AFTER = 5  # seconds
# Of SQLSTATE the classes: no connection, no room left, an operator or a limit of time
# ended it, an error of the system.
CLASSES = frozenset({"08", "53", "57", "58"})
STATES = frozenset(
    {
        "25006",  # read only, as a standby is
        "25P03",  # idle in a transaction for too long
        "25P04",  # a transaction that took too long
        "40001",  # gave way to another transaction
        "40P01",  # the same, after a deadlock
        "55P03",  # a lock that did not come free
    }
)
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
# Addresses that programs read, whatever they say that they accept.
JSON_PATHS = re.compile(r"/(?:api/(?!$).*|mcp|oembed|suggest/|.*\.jsonl?)", re.DOTALL)
FILE = re.compile(r"\.[a-z0-9]+$")
# Forms that are not shown again: the page does not repeat what is secret.
SECRET = ("password", "otp_")

logger = logging.getLogger(__name__)


def database_unavailable(get_response: Callable) -> Callable:
    """Middleware: answer 503 with Retry-After where the database cannot serve now.

    What a view raises comes to process_exception, all else to the handler of 500.
    """

    def middleware(request):
        response = get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            _begin(response)
        return response

    def process_exception(request, exception):
        return unavailable(request, exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def unavailable(
    request: HttpRequest, exception: BaseException | None
) -> HttpResponse | None:
    """Return the 503 for an exception that means "try again", None for others."""
    reason = reason_of(exception)
    if not reason:
        return None
    # Neither message nor statement: they may repeat what is not public.
    logger.warning("%s %s: %s", request.method, request.path, reason)
    shape = _shape(request)
    if shape == "html":
        response = HttpResponse(_page(request), status=503)
    elif shape == "json":
        words = {"error": _sentence(), "problems": {}}
        response = JsonResponse(words, status=503)
    else:
        plain = "text/plain; charset=utf-8"
        response = HttpResponse(f"{_sentence()}\n", status=503, content_type=plain)
    # Django would add a traceback to the log, for each request of a whole outage.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    if shape != "html" and not _is_desk(request):
        allow_any_origin(response)
    return response


def reason_of(exception: BaseException | None) -> str:
    """Return why the database or the disk cannot serve now; "" for another fault.

    >>> reason_of(psycopg.errors.LockNotAvailable())
    'LockNotAvailable (55P03)'
    >>> reason_of(ZeroDivisionError())
    ''
    """
    while exception is not None:
        if isinstance(exception, psycopg.Error) and _is_passing(exception):
            return f"{type(exception).__name__} ({exception.sqlstate or 'no answer'})"
        if isinstance(exception, OSError) and exception.errno in DISK:
            return errno.errorcode[exception.errno]
        # Django's own exception, or a complaint about what the lost one left behind.
        exception = exception.__cause__ or exception.__context__
    return ""


def _is_passing(error: psycopg.Error) -> bool:
    state = error.sqlstate
    if state is None:
        # Never connected, or cut off.
        return isinstance(error, psycopg.OperationalError)
    return state[:2] in CLASSES or state in STATES


def _begin(response: Any) -> None:
    """Make the first piece of a stream before its headers are sent.

    Else a stream that cannot even begin would be a 200 that breaks off.
    """
    pieces: Iterator = iter(response.streaming_content)
    try:
        first = next(pieces, b"")
    except BaseException:
        response.close()
        raise
    response.streaming_content = chain([first], pieces)


def _shape(request: HttpRequest) -> str:
    """Return what an answer is to be written as: html, json or text."""
    is_json = (
        JSON_PATHS.fullmatch(request.path)
        or request.content_type == "application/json"
        # A script asks, not somebody who opens a page.
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )
    if is_json:
        return "json"
    if FILE.search(request.path):
        return "text"
    accepted = request.get_preferred_type(["text/html", "application/json"])
    return "json" if accepted == "application/json" else "html"


def _sentence() -> str:
    return _("The site cannot do this just now. Please try again in a moment.")


def _page(request: HttpRequest) -> str:
    """Return the page, with what was typed into the form that was sent."""
    context: dict[str, Any] = {}
    refused = (SuspiciousOperation, UnreadablePostError, MultiPartParserError)
    # A body that could not be received is not shown.
    with suppress(*refused, OSError):
        fields = typed_fields(request)
        is_secret = any(part in name for name in request.POST for part in SECRET)
        if fields and not is_secret:
            context = {
                "fields": fields,
                "shown": shown_fields(fields),
                "has_files": bool(request.FILES),
                "address": request.get_full_path(),
                "csrf": get_token(request),
                # Should the first one have been stored after all, this one is known.
                "form_token": request.POST.get("form_token", ""),
            }
    # Without the request: a sign-in could not be looked up now.
    return get_template("503.html").render(context)


def _is_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))
