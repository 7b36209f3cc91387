"""CORS and plain-text errors: responses that programs read."""

from django.http import HttpResponse


def open_to_all(response):
    """Return a response that other sites' scripts may read as well: it is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def refused(message, status=400, **headers):
    """Return a refusal in plain words: whoever asked for a file may be a program."""
    return open_to_all(
        HttpResponse(
            f"{message}\n",
            status=status,
            content_type="text/plain; charset=utf-8",
            headers=headers,
        )
    )
