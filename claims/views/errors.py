"""Error pages: the handlers of 400, 403, 404 and 500."""

from django.contrib import admin
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.cache import never_cache

from claims.http.typed import shown_fields, typed_fields

# An error page repeats nothing of its address, so that what is hidden and what does
# not exist look alike to the last byte.
ERROR = {"is_error": True}


def bad_request(request, exception=None):
    """Return the 400 page."""
    return render(request, "400.html", ERROR, status=400)


def permission_denied(request, exception=None):
    """Return the 403 page."""
    return render(request, "403.html", ERROR, status=403)


def csrf_failure(request, reason=""):
    """Return the 403 page of a form without its token, at the desk with what was typed
    in it."""
    fields = typed_fields(request)
    if not (fields and request.path.startswith(reverse("admin:index"))):
        return permission_denied(request)
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
    return render(request, "404.html", ERROR, status=404)


def server_error(request):
    """Return the 500 page, without the database and without context processors."""
    return HttpResponseServerError(get_template("500.html").render())
