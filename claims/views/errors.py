"""Error pages: the handlers of 400, 403, 404 and 500."""

import sys

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.cache import never_cache

from claims.http.typed import shown_fields, typed_fields
from claims.http.unavailable import unavailable

# An error page repeats nothing of its address, so that what is hidden and what does
# not exist look alike to the last byte.
ERROR = {"is_error": True}
DESK_ERROR = "admin/claims/error.html"


def bad_request(request, exception=None):
    """Return the 400 page."""
    return _error_page(request, 400)


def permission_denied(request, exception=None):
    """Return the 403 page."""
    return _error_page(request, 403)


def csrf_failure(request, reason=""):
    """Return the 403 page of a form without its token, at the desk with what was typed
    in it."""
    fields = typed_fields(request)
    if not (fields and _is_desk(request)):
        return _error_page(request, 403)
    return typed_page(request, fields, is_signed_out=request.user.is_anonymous)


@never_cache
def typed_page(request, fields, *, is_signed_out):
    """Return the 403 page of a form of the desk that could not be carried out, to send
    it again."""
    context = {
        "fields": fields,
        "shown": shown_fields(fields),
        "has_files": bool(request.FILES),
        "is_signed_out": is_signed_out,
        "login_url": reverse("admin:login"),
    }
    site = admin.site.each_context(request)
    if is_signed_out:
        site["is_nav_sidebar_enabled"] = False
    return render(request, "admin/claims/typed.html", site | context, status=403)


def page_not_found(request, exception=None):
    """Return the 404 page, the same for what is not public."""
    return _error_page(request, 404)


def server_error(request):
    """Return the 500 page, or the 503 of a database that cannot serve just now.

    Without the database and without context processors. Django calls it while it
    handles the exception, wherever that was raised: in a middleware, in a template, in
    the page of another error.
    """
    failure = sys.exc_info()[1]
    if failure is not None and (answer := unavailable(request, failure)):
        return answer
    if request is None or not _is_desk(request):
        return HttpResponseServerError(get_template("500.html").render())
    name = settings.FACTCHECK["NAME"]
    site = {"site_header": name, "site_title": name, "status": 500}
    return HttpResponseServerError(get_template(DESK_ERROR).render(site))


def _error_page(request, status):
    """Return an error page in the frame of what was asked for: the desk, the site."""
    # Before anybody is known by a session there is no desk either.
    if not (_is_desk(request) and hasattr(request, "user")):
        return render(request, f"{status}.html", ERROR, status=status)
    site = admin.site.each_context(request) | {"status": status}
    return render(request, DESK_ERROR, site, status=status)


def _is_desk(request):
    return request.path.startswith(reverse("admin:index"))
