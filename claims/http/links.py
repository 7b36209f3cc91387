"""Absolute addresses of this site, from the settings or else from the request."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect

from claims.http.i18n import split_language


def absolute(request):
    """Return the function that turns a path of this site into an absolute address.

    A page has one address, whatever language a reader chose to see it in.
    """
    site = settings.FACTCHECK["URL"] or f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{site}{split_language(path)[1]}"


def moved(path):
    """Return the redirect to the one address of a page whose words have changed."""
    return HttpResponsePermanentRedirect(path)
