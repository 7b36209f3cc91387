"""What every door for programs has: CORS, limits, conditional GET, errors as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import register_converter
from django.urls.converters import PathConverter
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from claims.exceptions import Refused
from claims.http.caching import tags_itself, unchanged
from claims.http.client_ip import client_ip, client_network
from claims.http.responses import allow_any_origin
from claims.http.token_bucket import TokenBuckets, reads_of
from claims.lists.query import InvalidQuery

SAFE = ("GET", "HEAD", "OPTIONS")
EXPOSED = "ETag, Last-Modified, Link, Retry-After"
JSON = "application/json"
buckets = TokenBuckets()


class Refusal(Refused):
    """What was asked has no answer; `problems` maps each parameter to a sentence."""

    status = 400

    def __init__(self, problems: Mapping[str, Any], *, status: int = 400):
        self.problems = {name: str(text) for name, text in problems.items()}
        self.status = status
        super().__init__(" ".join(self.problems.values()))


def door(
    view: Callable[..., HttpResponse], methods: tuple[str, ...] = SAFE
) -> Callable[..., HttpResponse]:
    """Return the view as any site's scripts may ask it, so often and only to read.

    By POST comes a question that is too long for an address.
    """

    # Of a question that may come by POST no cache keeps an answer.
    known = unchanged if methods == SAFE else _never

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return allow_any_origin(_preflight(methods))
        if request.method not in methods:
            sentence = _("Only %(methods)s are answered.")
            refusal = _problem(sentence % {"methods": ", ".join(methods)}, 405)
            refusal.headers["Allow"] = ", ".join(methods)
            return allow_any_origin(refusal)
        response = too_often(request)
        if response is None:
            # The server leaves the body of an answer to HEAD away.
            asked = request.method
            request.method = "GET" if asked == "HEAD" else asked
            try:
                response = known(request) or view(request, *args, **kwargs)
            except (InvalidQuery, Refusal) as refusal:
                response = refused(refusal)
            request.method = asked
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        # A search engine shall lead to the pages, not to their data.
        response.headers["X-Robots-Tag"] = "noindex"
        return allow_any_origin(response)

    # Read as the public role reads, though a question may come by POST.
    answered.reads_as_public = True  # type: ignore[attr-defined]
    # There is no cookie whose power a foreign page could borrow.
    return csrf_exempt(tags_itself(answered))


def too_often(request: HttpRequest) -> HttpResponse | None:
    """Return the 429 for a network that asks more often than it may, or None."""
    network = client_network(client_ip(request))
    wait = buckets.wait_for(network, settings.READS_A_MINUTE, reads_of(request))
    if not wait:
        return None
    sentence = _("Too many questions. Ask again in %(seconds)s seconds.")
    response = _problem(sentence % {"seconds": wait}, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def refused(refusal: Any) -> HttpResponse:
    """Return a refusal as JSON: its sentence, and one for each parameter."""
    return JsonResponse(
        {"error": str(refusal), "problems": refusal.problems}, status=refusal.status
    )


def not_found(message: str = "") -> HttpResponse:
    """Return the 404 of a program."""
    return _problem(message or _("There is nothing public at this address."), 404)


def _problem(message, status):
    return JsonResponse({"error": message, "problems": {}}, status=status)


def _preflight(methods):
    response = HttpResponse(status=204)
    response.headers["Allow"] = ", ".join(methods)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    allowed = "If-None-Match, Accept, Content-Type"
    response.headers["Access-Control-Allow-Headers"] = allowed
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def single(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """Return the values of parameters that are given once each; refuse all others."""
    problems = {}
    for name, values in request.GET.lists():
        if name not in names:
            problems[name] = _("There is no such filter.")
        elif len(values) > 1:
            problems[name] = _("Only one value is possible here.")
    if problems:
        raise Refusal(problems)
    return request.GET.dict()


def answer(content: str, *, media_type: str = JSON) -> HttpResponse:
    """Return what a program asked for."""
    return HttpResponse(content, content_type=media_type)


def _never(_request):
    return None


class Anything(PathConverter):
    """A path converter for whatever is asked for, line ends too."""

    regex = r"(?s:.+)"


register_converter(Anything, "anything")


@door
def no_such_route(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """Return 404 as JSON for an address below /api/ that is none."""
    return not_found()
