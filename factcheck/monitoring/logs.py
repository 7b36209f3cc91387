"""Logs as JSON Lines, one line a request, without a word that was typed.

FACTCHECK_LOG=json uses them. What an exception says stays out, for it may quote a row;
its class and the lines of code that it passed are named instead.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

from django.db import InterfaceError, OperationalError

requests = logging.getLogger("factcheck.requests")

# Whatever a caller sends is written into each line: nothing else may come with it.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUERY = re.compile(r"(/[^\s?]*)\?\S*")
# What these say of a server that is away helps, and quotes no row.
HARMLESS = (InterfaceError, OperationalError, OSError)

_request_id: ContextVar[str] = ContextVar("request_id", default="")


class JSONFormatter(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record):
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": QUERY.sub(r"\1", _message(record)),
        }
        if request_id := _request_id.get():
            line["request_id"] = request_id
        line |= getattr(record, "of_request", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record):
    if not isinstance(record.args, tuple):
        return record.getMessage()
    try:
        return str(record.msg) % tuple(map(_argument, record.args))
    except (TypeError, ValueError):
        return str(record.msg)


def _argument(value):
    if not isinstance(value, BaseException):
        return value
    words = str(value).splitlines() if isinstance(value, HARMLESS) else []
    return ": ".join([type(value).__name__, *words[:1]])


def _exception(exception):
    """Return class, SQLSTATE and places of an exception, without what it says."""
    names = [type(exception).__module__, type(exception).__qualname__]
    found = {
        "class": ".".join(names).removeprefix("builtins."),
        "places": [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(exception.__traceback__)
        ],
    }
    if state := getattr(exception.__cause__, "sqlstate", None):
        found["sqlstate"] = state
    return found


class RequestLog:
    """Middleware: number each request, say so in the answer, log it when it ends."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = time.perf_counter()
        asked = request.headers.get("X-Request-ID", "")
        number = asked if REQUEST_ID.fullmatch(asked) else uuid4().hex
        _request_id.set(number)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        # A long file is under way for as long as the server sends it.
        response._resource_closers.append(
            partial(_log, request, response, number, begun)
        )
        return response


def _log(request, response, number, begun):
    # Only where the view or a middleware asked: a query for the log alone is dear.
    user = getattr(request, "_cached_user", None)
    requests.info(
        "request",
        extra={
            "of_request": {
                "request_id": number,
                "user": user.pk if user is not None else None,
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
            }
        },
    )
    _request_id.set("")
