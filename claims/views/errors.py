"""What a visitor sees when something is not there, not allowed, or broken."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template

# An error page repeats nothing of its address, so that what is hidden and what does
# not exist look alike to the last byte.
ERROR = {"is_error": True}


def bad_request(request, exception=None):
    """Show that the request makes no sense."""
    return render(request, "400.html", ERROR, status=400)


def forbidden(request, exception=None):
    """Show that this is not for everybody."""
    return render(request, "403.html", ERROR, status=403)


def not_found(request, exception=None):
    """Show the same page for what is not there and for what is not public."""
    return render(request, "404.html", ERROR, status=404)


def broken(request):
    """Show that something failed here, without the database and without context."""
    return HttpResponseServerError(get_template("500.html").render())
