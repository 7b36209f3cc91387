"""Responses that programs read: CORS headers, plain-text errors, texts in XML."""

import re

from django.http import HttpResponse

# Characters that XML 1.0 cannot hold, not even escaped.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text):
    """Return a text without the characters that XML forbids.

    >>> xml_text("a\\x0bb\\ufffe")
    'ab'
    """
    return NOT_IN_XML.sub("", str(text))


def allow_any_origin(response):
    """Return the response with the headers that let any site's scripts read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def plain_error(message, status=400, **headers):
    """Return a plain-text error response, for downloads and APIs."""
    return allow_any_origin(
        HttpResponse(
            f"{message}\n",
            status=status,
            content_type="text/plain; charset=utf-8",
            headers=headers,
        )
    )


def private(response):
    """Return a response of which no search engine and no other page learns."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
