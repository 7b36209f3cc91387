"""Schemas of the OpenAPI document, made from the fields of records and of filters.

The records are written by the database (`records.py`); what they look like is said
once, in `exchange/record_fields.py`, and both follow it.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django_filters import ChoiceFilter, DateFilter, Filter
from ninja import Schema
from pydantic import ConfigDict, create_model
from pydantic import Field as Described

from claims.exchange.record_fields import (
    ARTICLE_FIELDS,
    CLAIM_FIELDS,
    EVIDENCE_FIELDS,
    OUTLET_FIELDS,
    SPEAKER_FIELDS,
    TOPIC_FIELDS,
    VERSION_FIELDS,
    Field,
)
from claims.lists.query import ListQuery

TYPES: dict[str, type] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "date": str,
    "datetime": str,
}
FORMATS = {"date": "date", "datetime": "date-time"}
NAMES = {
    id(CLAIM_FIELDS): "Claim",
    id(VERSION_FIELDS): "Version",
    # Where they stand inside another record, without the number of their claims.
    id(SPEAKER_FIELDS): "SpeakerInside",
    id(ARTICLE_FIELDS): "Article",
    id(OUTLET_FIELDS): "OutletInside",
    id(TOPIC_FIELDS): "TopicInside",
    id(EVIDENCE_FIELDS): "Evidence",
}
_made: dict[int, type[Schema]] = {}


class Record(Schema):
    """A record: nothing else than its fields, of which `fields` may choose some."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why there is no answer, and what is wrong with which parameter."""

    error: str
    problems: dict[str, str]


def record_model(fields: tuple[Field, ...], name: str = "") -> type[Schema]:
    """Return the schema of a record with these fields, one and the same each time."""
    if id(fields) not in _made:
        name = NAMES.get(id(fields), name)
        # Of two with one name the document would silently hold one alone.
        if name in {model.__name__ for model in _made.values()}:
            raise ValueError(f"There are two schemas {name}.")
        with translation.override("en"):
            members: dict[str, Any] = {
                field.name: (_annotation(field, name), _described(field))
                for field in fields
            }
        _made[id(fields)] = create_model(name, __base__=Record, **members)
    return _made[id(fields)]


def page_model(kind: str, fields: tuple[Field, ...]) -> type[Schema]:
    """Return the schema of one page of a list."""
    item = record_model(fields, kind.title())
    return create_model(
        f"{kind.title()}Page",
        __base__=Record,
        items=(list[item], ...),  # type: ignore[valid-type]
        count=(
            int | None,
            Described(..., description="How many there are; null: not counted."),
        ),
        next=(str | None, Described(..., description="Where the list goes on.")),
        previous=(str | None, Described(..., description="What came before.")),
    )


def search_model(fields: dict[str, tuple[Field, ...]]) -> type[Schema]:
    """Return the schema of the best matches of each kind."""
    kinds = {name: list[record_model(each)] for name, each in fields.items()}  # type: ignore[misc]
    members: dict[str, Any] = {name: (kind, ...) for name, kind in kinds.items()}
    return create_model("SearchResults", __base__=Record, **members)


def _annotation(field, name):
    if field.kind not in {"object", "array"}:
        return TYPES[field.kind] | None
    inner: Any = record_model(field.fields, f"{name}{_title(field)}")
    return inner | None if field.kind == "object" else list[inner]


def _described(field):
    kind = FORMATS.get(field.kind)
    return Described(
        None,
        description=str(field.meaning),
        json_schema_extra={"format": kind} if kind else None,
    )


def _title(field):
    return field.name.title().replace("_", "")


# --- Parameters ------------------------------------------------------------------


def list_parameters(
    query: type[ListQuery], fields: tuple[Field, ...]
) -> list[dict[str, Any]]:
    """Return the parameters of a list: filters, order, cursors, `fields`."""
    made = [
        _parameter(name, filter, is_repeated=name in query.repeatable)
        for name, filter in query.filterset_class.base_filters.items()
    ]
    made.append(_query("order", "The order.", {"enum": list(query.orders)}))
    for name, says in (("after", "next"), ("before", "previous")):
        text = f"A place in the list, as {says} has it."
        made.append(_query(name, text, {"minLength": 1}))
    return [*made, fields_parameter(fields)]


def fields_parameter(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return the parameter that chooses fields of a record, divided by commas."""
    items = {"type": "string", "enum": [field.name for field in fields]}
    return {
        "name": "fields",
        "in": "query",
        "description": "Only these fields of each record, divided by commas.",
        "schema": {"type": "array", "items": items, "minItems": 1},
        "style": "form",
        "explode": False,
    }


def _parameter(name: str, filter: Filter, *, is_repeated: bool) -> dict[str, Any]:
    with translation.override("en"):
        text = str(filter.extra.get("help_text") or filter.label or name)
    schema: dict[str, Any] = {"minLength": 1}
    if isinstance(filter, ChoiceFilter):
        choices = filter.extra["choices"]
        schema = {"enum": list(getattr(choices, "values", None) or dict(choices))}
    elif isinstance(filter, DateFilter):
        schema = {"format": "date"}
    elif longest := filter.extra.get("max_length"):
        schema["maxLength"] = longest
    if is_repeated:
        items = {"type": "string", **schema}
        schema = {"type": "array", "items": items, "minItems": 1, "maxItems": 20}
    return _query(name, text, schema)


def _query(name, text, schema):
    return {
        "name": name,
        "in": "query",
        "description": text,
        "schema": {"type": "string", **schema},
    }
