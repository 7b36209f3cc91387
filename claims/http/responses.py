"""Responses that programs read: CORS headers, plain-text errors."""

from django.http import HttpResponse


def allow_any_origin(response):
    """Return the response with a CORS header that lets any site's scripts read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
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
