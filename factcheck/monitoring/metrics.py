"""Prometheus metrics of requests and the database, one file a process in a folder.

The web processes count into the folder of FACTCHECK_METRICS; `manage.py serve_metrics`
adds them up and answers Prometheus on a port of its own.
"""

import os
import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.signals import connection_created

# Read when prometheus_client is imported.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.METRICS))
try:
    from prometheus_client import Counter, Histogram
except ImportError as error:
    raise ImproperlyConfigured(
        "FACTCHECK_METRICS needs prometheus-client: pip install -e '.[metrics]'"
    ) from error

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

REQUESTS = Counter(
    "factcheck_requests",
    "Requests by the name of their route, method and status",
    ["route", "method", "status"],
)
SECONDS = Histogram(
    "factcheck_request_seconds",
    "Time until an answer begins, by the name of its route",
    ["route"],
    buckets=(0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
DATABASE_ERRORS = Counter(
    "factcheck_database_errors",
    "Statements that the database refused, and connections that it did",
    ["kind"],
)


class RequestMetrics:
    """Middleware: count each request and time it, by the name of its route."""

    def __init__(self, get_response):
        self.get_response = get_response
        connection_created.connect(_watch, dispatch_uid="factcheck.metrics")

    def __call__(self, request):
        begun = time.perf_counter()
        response = self.get_response(request)
        route = _route(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - begun)
        return response


def unreachable_database(get_response):
    """Middleware: count a connection that the database refused."""

    def middleware(request):
        return get_response(request)

    def process_exception(_request, exception):
        if isinstance(exception, DatabaseError) and not hasattr(exception, "counted"):
            _count(exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _route(request):
    """Return a name out of a closed list: an address would be another one each time."""
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def _watch(connection, **_sent):
    if _statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(_statement)


def _statement(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        _count(error)
        raise


def _count(error):
    error.counted = True
    DATABASE_ERRORS.labels(type(error).__name__).inc()
