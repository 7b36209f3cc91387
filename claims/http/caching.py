"""Caching of public pages: ETag, Last-Modified, Cache-Control, and 304 before any work.

A page's tag is made of the newest public change and of all else that a page shows: the
program, the settings, the address and with it the language. One query reads it before
the view runs. A view may be marked: `uncached`, or `tags_itself` where it knows better.
"""

import hashlib
import json
from datetime import UTC, datetime
from time import time

from django.apps import apps
from django.conf import settings
from django.db import connections, router
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from claims.http.release import release
from claims.http.responses import allow_any_origin

PUBLIC_APP = "claims"
SAFE = frozenset({"GET", "HEAD"})
# What else of the settings stands on a page, or decides what it says.
SHOWN = (
    "FACTCHECK",
    "LANGUAGE_CODE",
    "LANGUAGES",
    "STATIC_URL",
    "READS_A_MINUTE",
    "REPORT_CONTACT_DAYS",
)
# The date is told once its second is over: more may change within it.
STATE = """
SELECT number, modified, CASE WHEN modified < date_trunc('second', clock_timestamp())
    THEN extract(epoch FROM modified)::bigint END
FROM claims_changecounter
"""
# For so long a cache may answer while it asks anew, and while it gets no answer.
WHILE_ASKING, WITHOUT_ANSWER = 10, 24 * 3600
# A release shows from its start on; its date is told when the last request of the one
# before is over.
_settled = int(time()) + 60


def uncached(view):
    """Mark a view of whose answers no cache keeps any."""
    view.is_uncached = True
    return view


def tags_itself(view):
    """Mark a view that gives its answers a tag itself, or asks `unchanged` later."""
    view.tags_itself = True
    return view


def kept_for(seconds):
    """Mark a view whose answers a browser may use again without asking, so long."""

    def mark(view):
        view.max_age = seconds
        return view

    return mark


def shows_too(state):
    """Mark a view that shows more than the public record: what `state()` returns."""

    def mark(view):
        view.shows_too = state
        return view

    return mark


def today():
    """Return the day (UTC) of which figures tell that change from day to day."""
    return datetime.now(UTC).date()


def page_state(request, also=None):
    """Return the tag and the date of the page at an address, and keep them for it.

    Read it before anything else of the page: a page may be newer than its tag, never
    older. The date, in seconds, is None while it would not tell of every change.
    """
    counter = apps.get_model(PUBLIC_APP, "ChangeCounter")
    with connections[router.db_for_read(counter)].cursor() as cursor:
        cursor.execute(STATE)
        number, modified, second = cursor.fetchone()
    said = [
        release(),
        [getattr(settings, name) for name in SHOWN],
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        modified,
        also,
    ]
    digest = hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
    latest = None if second is None or also else max(second, _settled)
    if latest is not None and latest >= int(time()):
        latest = None
    # Weak: an archive holds the moment it was made, a proxy may compress a page.
    request.page_state = f'W/"{number}-{digest[:16]}"', latest
    return request.page_state


def unchanged(request, also=None):
    """Return the 304 for whoever has the newest page of an address, else None.

    `also` returns what the page shows besides the public record.
    """
    # While the program is being written its files change under it.
    if settings.DEBUG or request.method not in SAFE:
        return None
    tag, _modified = page_state(request, also and also())
    # The tag is of this address, which was answered; any tag, or a date, says
    # nothing of whether there is something to answer.
    if request.headers.get("If-None-Match", "*") == "*":
        return None
    return get_conditional_response(request, etag=tag)


class PublicCaching:
    """Middleware: answer 304 before the view works; tell caches what they may keep."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        state = getattr(request, "page_state", None)
        if state is None:
            return response
        if response.status_code in (200, 304):
            response = _with_state(request, response, *state)
        if response.status_code in (200, 301, 302, 304):
            _let_caches_keep(response, getattr(request, "max_age", 0))
        return response

    def process_view(self, request, view, _args, _kwargs):
        if (
            request.resolver_match.app_names[:1] != [PUBLIC_APP]
            or getattr(view, "is_uncached", False)
            or getattr(view, "tags_itself", False)
        ):
            return None
        request.max_age = getattr(view, "max_age", 0)
        return unchanged(request, getattr(view, "shows_too", None))


def private_by_default(get_response):
    """Show public pages no cookie; let no cache keep what does not say that it may.

    So a page is the same for everybody, and an editor's request as good as a reader's.
    """

    def middleware(request):
        if not request.path.startswith(reverse("admin:index")):
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def _with_state(request, response, tag, modified):
    """Return a response with its tag and date, or 304 for whoever knows them."""
    response.headers["ETag"] = tag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    # A file is under way by now: of that the tag alone spares anything.
    answer = (
        response
        if response.streaming
        else get_conditional_response(
            request, etag=tag, last_modified=modified, response=response
        )
    )
    if answer.status_code == 304 and not request.path.endswith("/"):
        # What programs read, the scripts of any site among them.
        allow_any_origin(answer)
    return answer


def _let_caches_keep(response, max_age):
    """Say for how long: browsers ask each time, shared caches after S_MAXAGE seconds.

    A cache that goes by the letter hands out nothing old under `s-maxage`; those that
    know the header of their own are told by it.
    """
    if response.has_header("Cache-Control"):
        return
    seconds = settings.S_MAXAGE
    stale = (
        f"stale-while-revalidate={min(WHILE_ASKING, seconds)}, "
        f"stale-if-error={WITHOUT_ANSWER}"
    )
    response.headers["Cache-Control"] = (
        f"public, max-age={max_age}, s-maxage={seconds}, {stale}"
    )
    response.headers["CDN-Cache-Control"] = f"public, max-age={seconds}, {stale}"
