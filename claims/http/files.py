"""Answers with files: kept copies apart from the site, bytes that never change."""

from django.http import HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

HOUR = 3600
# Opened by itself, a file is of no origin, and loads and runs nothing.
APART = "sandbox; default-src 'none'"


def send_apart(response, file, name: str = "") -> None:
    """Give a response with a kept file its type, length, name and restrictions.

    A picture may be looked at in its place; all else is for saving.
    """
    response.headers["Content-Type"] = file.media_type
    response.headers["Content-Length"] = file.size
    response.headers["Content-Disposition"] = content_disposition_header(
        not file.is_picture, name or f"{file.sha256[:16]}.{file.kind}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = APART


def unchanging(request, key: str, answer, **cache):
    """Return what `answer()` gives, or 304 to who has the bytes of this key already.

    They never change; whether they may still be shown may: `cache` says how long to
    go without asking.
    """
    tag = f'"{key}"'
    is_there = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if is_there else answer()
    response.headers["ETag"] = tag
    patch_cache_control(response, public=True, **cache)
    return response
