"""What a form that cannot be carried out said, to show it and to send it again."""

import re
from urllib.parse import urlsplit

from django.conf import settings

# Neither shown nor sent again.
SECRET = ("password", "otp_", "csrfmiddlewaretoken", "form_token")
# What no hand typed: versions, keys of rows, how many there are, buttons.
MACHINE = re.compile(r"_.*|(.*-)?(seen|version|id|[A-Z_]+_FORMS)")
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def typed_fields(request) -> list[tuple[str, str]]:
    """Return name and value of the fields of a sent form but secrets and buttons.

    Empty where the form did not come from a page of this site: nothing that another
    site made up is shown here as if somebody had typed it.
    """
    is_form = request.method == "POST" and request.content_type in FORMS
    if not (is_form and is_from_here(request)):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not any(part in name for part in SECRET)
        for value in values
    ]


def is_from_here(request) -> bool:
    """Return whether the browser says that a request comes from a page of this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        place = urlsplit(source)
    except ValueError:
        return False
    return _is_own(request, f"{place.scheme}://{place.netloc}")


def is_from_elsewhere(request) -> bool:
    """Return whether the browser says that a form was sent by another site's page.

    Every browser of these years says so of a form sent across sites, by one header or
    the other; what says neither is no browser that somebody is signed in with.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and not _is_own(request, origin)


def _is_own(request, origin):
    here = f"{request.scheme}://{request.get_host()}"
    return origin == here or origin in settings.CSRF_TRUSTED_ORIGINS


def shown_fields(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return label and value of those fields that somebody typed.

    >>> shown_fields([("seen", "2"), ("evidence-0-how_old", "x"), ("_save", "Save")])
    [('evidence 0 how old', 'x')]
    """
    return [
        (re.sub("[-_]", " ", name), value)
        for name, value in fields
        if value and not MACHINE.fullmatch(name)
    ]
