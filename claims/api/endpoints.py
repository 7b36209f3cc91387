"""The read API under /api/: claims, speakers, articles, topics, outlets, ratings,
corrections, search, and what is like a text. To read, without a key; `openapi.json`
describes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from claims.api import matching
from claims.api.doors import (
    SAFE,
    Refusal,
    answer,
    door,
    no_such_route,
    not_found,
    single,
)
from claims.api.records import KINDS, TOMBSTONE, Kind, records
from claims.api.schemas import (
    Problem,
    fields_parameter,
    list_parameters,
    page_model,
    record_model,
    search_model,
)
from claims.http.links import url_builder
from claims.lists.directories import (
    ArticleQuery,
    OutletQuery,
    SpeakerQuery,
    TopicQuery,
)
from claims.lists.filters import ClaimQuery
from claims.lists.query import ListQuery
from claims.lists.site_search import search_everything
from claims.models import (
    Article,
    Outlet,
    PublicClaim,
    PublishedVerdict,
    Rating,
    Speaker,
    Topic,
)
from claims.reading.corrections import CorrectionQuery

# Whole records: with more of them an answer costs more than any list of the site.
ROWS_A_PAGE = 25
DESCRIPTION = """\
Everything here is public and may be read without a key. A list takes the same query
string as its page on the site; a name that it does not know is refused with status 400.
A record holds all its fields unless `fields` chooses some, and is the same as in
claims.jsonl. The addresses in `next` and `previous` lead on. Every answer has an ETag,
the number of the newest public change: send it back as If-None-Match. Whoever asks too
often is told by 429 and Retry-After when to go on. A withdrawn claim answers 410 with
the reason. To keep a copy of everything, follow /changes.jsonl.
"""
api = NinjaAPI(
    title="Claims and verdicts",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
REFUSED = {400: Problem, 429: Problem}
Tombstone = record_model(TOMBSTONE.fields, "Withdrawn")


@api.exception_handler(Exception)
def hand_on(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Let the door and the site answer what goes wrong, in debugging too."""
    raise error


@api.exception_handler(ValidationError)
def no_such_number(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """Return 404 for an address whose number is none."""
    return not_found()


# --- Lists -----------------------------------------------------------------------


def _keys_only(query_class: type[ListQuery]) -> type[ListQuery]:
    """Return the query of a list that loads of each row its place alone."""

    def shown(self, queryset):
        return queryset.only("pk", self.order.field, self.order.unknown or "pk")

    def by_key(self, keys):
        return shown(self, PublicClaim.objects).in_bulk(keys)

    methods = {"shown": shown, "by_key": by_key}
    return type(f"{query_class.__name__}Keys", (query_class,), methods)


def add_list(name: str, kind_name: str, query_class: type[ListQuery]) -> None:
    """Add the list of a kind of record, with the filters of its query string."""
    kind, asked_class = KINDS[kind_name], _keys_only(query_class)

    def list_records(request: HttpRequest) -> HttpResponse:
        given, fields = _without_fields(request, kind)
        query = asked_class(given)
        return answer(_page(request, kind, query, fields))

    list_records.__doc__ = f"List {name}, {ROWS_A_PAGE} at a time."
    api.get(
        f"/{name}",
        response={200: page_model(kind_name, kind.fields), **REFUSED},
        operation_id=f"list_{name}",
        summary=f"List {name}",
        url_name=name,
        openapi_extra={"parameters": list_parameters(query_class, kind.fields)},
    )(list_records)


def _page(request, kind, query, fields) -> str:
    page, site = query.page(ROWS_A_PAGE), url_builder(request)("")
    kept = f"&fields={','.join(fields)}" if fields else ""

    def address(string):
        return f"{site}{request.path}?{string}{kept}" if string else None

    items = records(kind, [row.pk for row in page.rows], site=site, fields=fields)
    return _object(
        items=items,
        count=getattr(query, "count", None),
        next=address(page.next_query),
        previous=address(page.previous_query),
    )


def _object(**members) -> str:
    """Return a JSON object; a list in it holds JSON texts already."""
    inside = (
        f'"{name}":[{",".join(value)}]'
        if isinstance(value, list)
        else f'"{name}":{json.dumps(value)}'
        for name, value in members.items()
    )
    return f"{{{','.join(inside)}}}"


def _without_fields(request, kind: Kind) -> tuple[QueryDict, tuple[str, ...]]:
    """Return the query string without `fields`, and the names in that one."""
    given = request.GET.copy()
    asked = given.pop("fields", [])
    problems = {
        name: _("Give it a value, or leave it out.")
        for name, values in request.GET.lists()
        if not all(value.strip() for value in values)
    }
    names = tuple(dict.fromkeys(",".join(asked).split(","))) if asked else ()
    known = {field.name for field in kind.fields}
    if unknown := [name for name in names if name not in known]:
        problems.setdefault(
            "fields", _("There is no field “%(name)s”.") % {"name": unknown[0]}
        )
    if problems:
        raise Refusal(problems)
    return given, names


# --- One record ------------------------------------------------------------------


def add_one(
    name: str, kind_name: str, public: Callable[[int], bool], **more: Any
) -> None:
    """Add the record of a kind under its number."""
    kind = KINDS[kind_name]

    def one_record(request: HttpRequest, number: int) -> HttpResponse:
        fields = _only_fields(request, kind)
        if 0 < number < 2**63 and public(number):
            return _one(request, kind, number, fields)
        return not_found()

    one_record.__doc__ = f"Return one record of {name} by its number."
    _add_one(f"/{name}/{{int:number}}", kind_name, one_record, **more)


def _add_one(address, kind_name, view, responses=None, **more):
    kind = KINDS[kind_name]
    model = record_model(kind.fields, kind_name.title())
    api.get(
        address,
        response={200: model, 404: Problem, **REFUSED, **(responses or {})},
        operation_id=f"get_{kind_name}",
        summary=f"One {kind_name}",
        url_name=kind_name,
        openapi_extra={"parameters": [fields_parameter(kind.fields)]},
        **more,
    )(view)


def _one(request, kind, number, fields) -> HttpResponse:
    site = url_builder(request)("")
    (record,) = records(kind, [number], site=site, fields=fields) or [""]
    return answer(record) if record else not_found()


def _only_fields(request, kind) -> tuple[str, ...]:
    given, fields = _without_fields(request, kind)
    if given:
        raise Refusal({name: _("There is no such filter.") for name in given})
    return fields


def claim(request: HttpRequest, number: int) -> HttpResponse:
    """Return a claim with all versions of its verdict, or 410 if it was withdrawn."""
    fields = _only_fields(request, KINDS["claim"])
    if not 0 < number < 2**63:
        return not_found()
    found = _one(request, KINDS["claim"], number, fields)
    return _gone(request, number) if found.status_code == 404 else found


def _gone(request, number):
    """Return when and why a claim was withdrawn, with 410; else 404."""
    for tombstone in records(TOMBSTONE, [number], site=url_builder(request)("")):
        return HttpResponse(tombstone, status=410, content_type="application/json")
    return not_found()


def version(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """Return one publication on a claim as it was; 410 if the claim was withdrawn."""
    fields = _only_fields(request, KINDS["version"])
    if not (0 < number < 2**63 and 0 < version < 2**31):
        return not_found()
    rows = PublishedVerdict.objects.of_listed().filter(claim=number, number=version)
    for key in rows.values_list("pk", flat=True):
        return _one(request, KINDS["version"], key, fields)
    return _gone(request, number)


def speaker(request: HttpRequest, number: int) -> HttpResponse:
    """Return a speaker; one that was merged leads to the one it became."""
    kind = KINDS["speaker"]
    fields = _only_fields(request, kind)
    if not 0 < number < 2**63:
        return not_found()
    if Speaker.objects.public().filter(pk=number).exists():
        return _one(request, kind, number, fields)
    into = Speaker.objects.public().filter(merged_speakers=number)
    for key in into.values_list("pk", flat=True):
        return HttpResponseRedirect(f"{key}{_again(request)}", status=301)
    return not_found()


def _again(request):
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _is_among(rows: Callable[[], Any]) -> Callable[[int], bool]:
    return lambda number: rows().filter(pk=number).exists()


# --- What belongs to no list -----------------------------------------------------


def ratings(request: HttpRequest) -> HttpResponse:
    """Return the whole scale, retired ratings too, each with its definition."""
    kind = KINDS["rating"]
    fields = _only_fields(request, kind)
    keys = Rating.objects.order_by("order", "pk").values_list("pk", flat=True)
    items = records(kind, keys, site=url_builder(request)(""), fields=fields)
    return HttpResponse(
        _object(items=items, count=len(items), next=None, previous=None),
        content_type="application/json",
    )


FOUND = {"claims": "claim", "verdicts": "claim", "speakers": "speaker"}
FOUND["articles"] = "article"


def search(request: HttpRequest) -> HttpResponse:
    """Return the best matches for q among claims, verdicts, speakers, articles."""
    if not single(request, ("q",)).get("q", "").strip():
        raise Refusal({"q": _("Say which words to look for.")})
    found, site = search_everything(request.GET), url_builder(request)("")
    return answer(
        _object(
            **{
                name: records(
                    KINDS[kind], [row.pk for row in getattr(found, name)], site=site
                )
                for name, kind in FOUND.items()
            }
        ),
    )


WORDS = {
    "name": "q",
    "in": "query",
    "required": True,
    "description": "Words to look for; a phrase in quotation marks.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def _add_routes():
    add_list("claims", "claim", ClaimQuery)
    _add_one("/claims/{int:number}", "claim", claim, {410: Tombstone})
    _add_one(
        "/claims/{int:number}/versions/{int:version}",
        "version",
        version,
        {410: Tombstone},
    )
    add_list("speakers", "speaker", SpeakerQuery)
    _add_one("/speakers/{int:number}", "speaker", speaker, {301: None})
    for name, kind, query_class, model in (
        ("articles", "article", ArticleQuery, Article),
        ("topics", "topic", TopicQuery, Topic),
        ("outlets", "outlet", OutletQuery, Outlet),
    ):
        add_list(name, kind, query_class)
        add_one(name, kind, _is_among(model.objects.public))
    rating = KINDS["rating"]
    api.get(
        "/ratings",
        response={200: page_model("rating", rating.fields), **REFUSED},
        operation_id="list_ratings",
        summary="The rating scale",
        url_name="ratings",
        openapi_extra={"parameters": [fields_parameter(rating.fields)]},
    )(ratings)
    add_one("ratings", "rating", _is_among(Rating.objects.all))
    add_list("corrections", "correction", CorrectionQuery)
    api.get(
        "/search",
        response={
            200: search_model(
                {name: KINDS[kind].fields for name, kind in FOUND.items()}
            ),
            **REFUSED,
        },
        operation_id="search",
        summary="Search everything",
        url_name="search",
        openapi_extra={"parameters": [WORDS]},
    )(search)
    api.add_router("/match", matching.router)


_add_routes()


# --- The document, and the addresses ---------------------------------------------


# A name for each host that is asked for; whoever asks may invent some.
@lru_cache(maxsize=8)
def openapi_document(site: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API."""
    document = dict(api.get_openapi_schema(path_prefix="/api/"))
    document["servers"] = [{"url": site}]
    licence = settings.FACTCHECK
    document["info"]["license"] = {
        "name": licence["DATA_LICENCE"],
        "url": licence["DATA_LICENCE_URL"],
    }
    return document


@door
def openapi_file(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document as JSON."""
    single(request, ())
    document = openapi_document(url_builder(request)(""))
    return api.create_response(request, document, status=200)


def urls() -> Iterable[URLPattern]:
    """Return the routes of the API, each behind the door for programs."""
    yield path("api/openapi.json", openapi_file, name="api_openapi")
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            methods = (*SAFE, "POST") if pattern.name == "match" else SAFE
            view = door(pattern.callback, methods)
            yield path(f"api/{pattern.pattern}", view, name=f"api_{pattern.name}")
    yield path("api/<anything:rest>", no_such_route)
