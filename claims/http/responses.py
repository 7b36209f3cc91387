"""Responses that programs read: CORS headers, plain errors, streams, texts in XML."""

import re
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

# Characters that XML 1.0 cannot hold, not even escaped.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text):
    """Return a text without the characters that XML forbids.

    >>> xml_text("a\\x0bb\\ufffe")
    'ab'
    """
    return NOT_IN_XML.sub("", str(text))


# What of a finished file stays in memory.
IN_MEMORY = 1_000_000


def with_wait(response, refusal):
    """Return the response with Retry-After, where a refusal says how long to wait."""
    if hasattr(refusal, "retry_after"):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


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


def sends_chunks(request):
    """Return whether a body that breaks off can be told from a whole one.

    Without a length that is so in chunks only, which HTTP/1.0 and Django's own server
    do not know: those are sent a file that is finished, with its length.
    """
    server = request.META.get("SERVER_SOFTWARE", "")
    protocol = request.META.get("SERVER_PROTOCOL", "")
    return protocol != "HTTP/1.0" and not server.startswith("WSGIServer")


def streamed(request, pieces, media_type):
    """Return a response of pieces of text that are made while they are sent.

    Or, where half of it would look whole, once they are all made.
    """
    if sends_chunks(request):
        return StreamingHttpResponse(pieces, content_type=media_type)
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    for piece in pieces:
        file.write(piece.encode())
    size = file.tell()
    file.seek(0)
    response = FileResponse(file, content_type=media_type)
    response.headers["Content-Length"] = size
    return response
