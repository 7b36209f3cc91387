"""The page /api/: the OpenAPI document to read, the change feed, the tools of MCP."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getsource
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.api import mirror
from claims.api.changes import LINES
from claims.api.doors import JSON
from claims.api.endpoints import ROWS_A_PAGE, openapi_document
from claims.api.tools import TOOLS
from claims.http.links import url_builder


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Show what a program can ask, without a script and from this site alone."""
    at = url_builder(request)
    return render(
        request,
        "claims/api.html",
        {
            "url": at(reverse("claims:api")),
            "site": at(""),
            "operations": list(_operations(openapi_document(at("")))),
            "tools": TOOLS.values(),
            "client": getsource(mirror.catch_up),
            "lines": LINES,
            "rows": ROWS_A_PAGE,
            "reads": settings.READS_A_MINUTE,
        },
    )


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in document["paths"].items():
        for method, asked in methods.items():
            yield {
                "method": method.upper(),
                "path": path,
                "summary": asked["description"],
                "parameters": [*_parameters(asked), *_fields(asked)],
                "statuses": ", ".join(sorted(map(str, asked["responses"]))),
            }


def _parameters(asked):
    return [_described(each, each["schema"]) for each in asked["parameters"]]


def _fields(asked):
    """Return the fields of the JSON that an operation is sent, if any."""
    body = asked.get("requestBody", {}).get("content", {}).get(JSON, {})
    for name, schema in body.get("schema", {}).get("properties", {}).items():
        yield _described({"name": name, **schema}, schema)


def _described(each, schema):
    return {
        "name": each["name"],
        "description": each.get("description", ""),
        "type": _type(schema),
        "values": _values(schema),
    }


def _type(schema):
    if schema["type"] == "array":
        return f"{_type(schema['items'])}, ..."
    return schema.get("format", schema["type"])


def _values(schema):
    """Return the values that a parameter can have, if those are few."""
    values = schema.get("enum", [])
    return ", ".join(values)
