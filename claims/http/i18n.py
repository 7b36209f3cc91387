"""The language prefix of a URL, as in /tr/claims/: read from it, put into URLconfs.

An address without one is the page's own, in the language in which the desk writes.
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


def urlconf_with_prefix(code: str) -> ModuleType:
    """Return the project's URLconf with a language prefix on every public page."""
    return _urlconf_with_prefix(code, settings.ROOT_URLCONF)


@cache
def _urlconf_with_prefix(code, root):
    module = import_module(root)
    urls = ModuleType(f"{root}.{code}")
    # The error pages come along.
    vars(urls).update(vars(module))
    urls.urlpatterns = [_with_prefix(pattern, code) for pattern in module.urlpatterns]
    return urls


def _with_prefix(pattern, code):
    if getattr(pattern, "app_name", "") != "claims":
        return pattern
    pages = [
        path(f"{code}/{one.pattern}", one.callback, one.default_args, one.name)
        if str(one.pattern).endswith("/") or not str(one.pattern)
        else one
        for one in pattern.url_patterns
    ]
    return path("", include((pages, "claims")))
