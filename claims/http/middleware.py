"""Middleware: security policies, language, typed words, acting user."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path

from claims.http.i18n import split_language, urlconf_with_prefix
from claims.http.links import url_builder
from claims.http.typed import FORMS
from claims.models.actor import acting
from claims.text.visible import has_invisible, visible

# Fields of a form that is there to say what was put right in its words begin so.
RAW = "raw_"
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def security_policies(get_response):
    """Send the policies of settings with every response, errors and files included."""
    content = "; ".join(
        f"{directive} {' '.join(sources)}"
        for directive, sources in settings.CONTENT_SECURITY_POLICY.items()
    )

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", content)
        for name, policy in settings.OTHER_POLICIES.items():
            response.headers.setdefault(name, policy)
        return response

    return middleware


def language_of_page(get_response):
    """Activate the language in front of a public page's path, else the desk's own.

    Whatever the browser asks for: so a cache needs no Vary. At the desk it decides.
    """
    at_desk = LocaleMiddleware(get_response)

    def middleware(request):
        if request.path.startswith(reverse("admin:index")):
            return at_desk(request)
        code, path = split_language(request.path)
        request.LANGUAGE_CODE = code or settings.LANGUAGE_CODE
        translation.activate(request.LANGUAGE_CODE)
        if code:
            request.urlconf = urlconf_with_prefix(code)
        response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        # The words of other pages are the desk's; a front page is one of its language.
        is_front = path == get_script_prefix()
        if code and not is_front and response.status_code in (200, 304):
            canonical = url_builder(request)(escape_uri_path(path))
            response.headers["Link"] = f'<{canonical}>; rel="canonical"'
        return response

    return middleware


def visible_words(get_response):
    """Take what nobody can see out of a sent form, before anything reads it.

    A NUL is no oversight of somebody who pastes: forms go on to refuse it.
    """

    def middleware(request):
        if request.method == "POST" and request.content_type in FORMS:
            sent = request.POST
            lists = [pair for pair in sent.lists() if not pair[0].startswith(RAW)]
            if any(has_invisible(v) for _name, values in lists for v in values):
                cleaned = sent.copy()
                for name, values in lists:
                    seen = [v if "\0" in v else visible(v) for v in values]
                    cleaned.setlist(name, seen)
                cleaned._mutable = False
                request._post = cleaned
        return get_response(request)

    return middleware


def acting_user(get_response):
    """Tell the database the signed-in user, for the change history of every write."""

    def middleware(request):
        if request.method in READING:
            return get_response(request)
        if not request.user.is_authenticated:
            return get_response(request)
        with acting(request.user):
            return get_response(request)

    return middleware
