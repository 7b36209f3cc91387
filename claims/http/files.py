"""Headers of files that others made: shown for what they are, and run by no browser."""

from django.utils.http import content_disposition_header

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
