"""Absolute URLs of this site, and permanent redirects."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import get_script_prefix

from claims.http.i18n import split_language


def url_builder(request):
    """Return a function that makes paths absolute URLs of this site.

    The language prefix is left out: a page has one address in all languages.
    """
    site = settings.FACTCHECK["URL"] or f"{request.scheme}://{request.get_host()}"
    # A file has thousands of paths: few begin as one with a language does.
    prefix = get_script_prefix()
    fronts = tuple(f"{prefix}{code}" for code, _name in settings.LANGUAGES)

    def absolute(path):
        if path.startswith(fronts):
            path = split_language(path)[1]
        return f"{site}{path}"

    return absolute


def permanent_redirect(path):
    """Return the 301 to the canonical path of a page whose slug has changed."""
    return HttpResponsePermanentRedirect(path)
