"""The form that validates a claim's fields sent by the annotation desk."""

from django.forms import modelform_factory

from claims.desk.annotation import FIELDS, MANY
from claims.forms.base import ConstraintForm
from claims.forms.days import DayField
from claims.models import Claim


def claim_fields(sent: dict, instance: Claim | None = None):
    """Return a ModelForm for those fields of a claim that were sent."""
    names = [name for name in (*FIELDS, *MANY) if name in sent]
    kinds = {"stated_on": DayField} if "stated_on" in names else {}
    form = modelform_factory(
        Claim, form=ConstraintForm, fields=names, field_classes=kinds
    )({name: sent[name] for name in names}, instance=instance or Claim())
    for name in names:
        # The words marked are a first wording, and a guess may leave the rest open.
        if name in {"wording", *MANY}:
            form.fields[name].required = False
    return form
