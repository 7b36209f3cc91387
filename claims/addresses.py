"""Absolute addresses of this site, from the settings or else from the request."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect


def absolute(request):
    """Return the function that turns a path of this site into an absolute address."""
    site = settings.FACTCHECK["URL"] or f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{site}{path}"


def moved(path):
    """Return the redirect to the one address of a page whose words have changed."""
    return HttpResponsePermanentRedirect(path)
