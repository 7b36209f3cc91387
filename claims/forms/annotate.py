"""The fields of a claim as the annotation desk sends them: only those that changed."""

from django.forms import modelform_factory

from claims.desk.annotation import FIELDS
from claims.forms.desk import RowForm
from claims.models import Claim


def claim_fields(sent: dict, instance: Claim | None = None):
    """Return a form for the fields of a claim that were sent, and no others."""
    names = [name for name in (*FIELDS, "topics") if name in sent]
    form = modelform_factory(Claim, form=RowForm, fields=names)(
        {name: sent[name] for name in names}, instance=instance or Claim()
    )
    for name in names:
        # The words marked are a first wording, and a guess may leave the rest open.
        if name in {"wording", "topics"}:
            form.fields[name].required = False
    return form
