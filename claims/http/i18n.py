"""The language in front of an address, as in /tr/claims/: what a reader chose.

An address without one is the page's own, in the language that the browser asks for.
Files, feeds and whatever else ends without a slash have no language in front.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.urls import get_script_prefix, include, path


def split_language(address: str) -> tuple[str, str]:
    """Return the language in front of a path, or "", and the path without it.

    >>> split_language("/tr/claims/"), split_language("/claims/")
    (('tr', '/claims/'), ('', '/claims/'))
    """
    prefix = get_script_prefix()
    code, _slash, rest = address.removeprefix(prefix).partition("/")
    if address.startswith(prefix) and code in dict(settings.LANGUAGES):
        return code, prefix + rest
    return "", address


def urls_in(code: str) -> ModuleType:
    """Return the project's addresses with a language in front of each page's."""
    return _urls_in(code, settings.ROOT_URLCONF)


@cache
def _urls_in(code, root):
    module = import_module(root)
    urls = ModuleType(f"{root}.{code}")
    # The error pages come along.
    vars(urls).update(vars(module))
    urls.urlpatterns = [_in_language(pattern, code) for pattern in module.urlpatterns]
    return urls


def _in_language(pattern, code):
    if getattr(pattern, "app_name", "") != "claims":
        return pattern
    pages = [
        path(f"{code}/{one.pattern}", one.callback, one.default_args, one.name)
        if str(one.pattern).endswith("/") or not str(one.pattern)
        else one
        for one in pattern.url_patterns
    ]
    return path("", include((pages, "claims")))
