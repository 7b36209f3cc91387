"""What programs are answered: open data, a plain refusal, and nothing twice."""

from django.http import HttpResponse
from django.views.decorators.http import conditional_page

# A program that asks again with the ETag of what it has gets 304, and no body.
told_once = conditional_page


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
