"""What a form that cannot be carried out said, to show it and to send it again."""

import re
from urllib.parse import urlsplit

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
    return (place.scheme, place.netloc) == (request.scheme, request.get_host())


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
