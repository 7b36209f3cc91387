"""Error pages: the handlers of 400, 403, 404 and 500."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

# An error page repeats nothing of its address, so that what is hidden and what does
# not exist look alike to the last byte.
ERROR = {"is_error": True}


def bad_request(request, exception=None):
    """Return the 400 page."""
    return render(request, "400.html", ERROR, status=400)


def permission_denied(request, exception=None):
    """Return the 403 page."""
    return render(request, "403.html", ERROR, status=403)


def page_not_found(request, exception=None):
    """Return the 404 page, the same for what is not public."""
    return render(request, "404.html", ERROR, status=404)


def server_error(request):
    """Return the 500 page, without the database and without context processors."""
    return HttpResponseServerError(get_template("500.html").render())
