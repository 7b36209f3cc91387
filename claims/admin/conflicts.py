"""Edit conflicts: stored values beside typed ones, and who changed the row last."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models

from claims.desk.publications import display_name
from claims.forms.days import DayField, in_words
from claims.models import Change


def conflicting_fields(form) -> list[dict]:
    """Return the label, stored and typed value of each field where they differ."""
    rows = []
    for bound in form.visible_fields():
        stored = _shown(
            bound.field, form.get_initial_for_field(bound.field, bound.name)
        )
        typed = _shown(bound.field, bound.value())
        if stored != typed:
            rows.append({"label": bound.label, "stored": stored, "typed": typed})
    return rows


def last_change(model, thing) -> dict | None:
    """Return by whom and when a row was last changed."""
    if thing is None:
        return None
    change = (
        Change.objects.filter(table=model._meta.model_name, row=thing.pk)
        .select_related("actor")
        .first()
    )
    if change is None:
        return None
    return {"by": display_name(change.actor) if change.actor else "", "at": change.at}


def _shown(field, value):
    """Return a form value, stored or typed, as the words that stand for it."""
    if value in (None, ""):
        return ""
    if isinstance(field, DayField):
        with suppress(ValidationError):
            return in_words(field.to_python(value))
        return str(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(sorted(_shown(field, each) for each in value))
    if hasattr(field, "queryset"):
        key = str(getattr(value, "pk", value))
        found = field.queryset.filter(pk=key).first() if key.isdecimal() else None
        return str(found or value)
    if hasattr(field, "choices"):
        return str(dict(_flat(field.choices)).get(value, value))
    return str(value).replace("\r\n", "\n")


def _flat(choices):
    return [(key, label) for key, label in choices if not isinstance(label, list)]
