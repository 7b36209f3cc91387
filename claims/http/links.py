"""Absolute URLs of this site, and permanent redirects."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect

from claims.http.i18n import split_language


def url_builder(request):
    """Return a function that makes paths absolute URLs of this site.

    The language prefix is left out: a page has one address in all languages.
    """
    site = settings.FACTCHECK["URL"] or f"{request.scheme}://{request.get_host()}"
    return lambda path: f"{site}{split_language(path)[1]}"


def permanent_redirect(path):
    """Return the 301 to the canonical path of a page whose slug has changed."""
    return HttpResponsePermanentRedirect(path)
