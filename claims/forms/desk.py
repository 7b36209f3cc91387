"""What every form of the desk does: errors at their field, a stale save noticed."""

import hashlib
import json

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from claims.exceptions import ChangedMeanwhile
from claims.models.constraints import Refusal, field_of

# Kept by the database or by the clock: they change without anybody's hand.
PASSING = {"updated_at", "search", "folded", "sort_date"}


def seen_of(instance) -> str:
    """Return what tells one state of a stored row from the next: its version."""
    if instance.pk is None:
        return ""
    version = getattr(instance, "version", None)
    if version is not None:
        return str(version)
    row = {
        field.attname: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if field.name not in PASSING
    }
    text = json.dumps(row, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class RowForm(forms.ModelForm):
    """A form that puts each refusal of the database at its field."""

    # Set on a second pass, when the database refused the first.
    refusals: tuple[Refusal, ...] = ()

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            for refusal in self.refusals:
                field = refusal.field if refusal.field in self.fields else None
                self.add_error(field, refusal.sentence)

    def add_error(self, field, error):
        """As Django does, but a broken rule of the table goes to its own field."""
        if field is None and hasattr(error, "error_dict"):
            general = error.error_dict.pop(NON_FIELD_ERRORS, [])
            for each in general:
                for message in each.messages:
                    super().add_error(self._field_of(message), message)
            if not error.error_dict:
                return
        super().add_error(field, error)

    def _field_of(self, message):
        """Return the field of this form where the sentence of a rule belongs."""
        for constraint in self._meta.model._meta.constraints:
            if str(constraint.get_violation_error_message()) == message:
                field = field_of(constraint.name)
                return field if field in self.fields else None
        return None


class DeskForm(RowForm):
    """A form that also carries what its editor saw, so that no save is blind."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen_of(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get("seen") != seen_of(self.instance):
            raise ChangedMeanwhile(
                _("Somebody changed this first. Nothing of yours is saved yet."),
                current=self.instance,
            )
        return cleaned


class DeskFormSet(BaseInlineFormSet):
    """Inline rows that show what the database refused about them."""

    refusals: tuple[Refusal, ...] = ()

    def clean(self):
        super().clean()
        if self.refusals:
            raise ValidationError([refusal.sentence for refusal in self.refusals])


class SeenForm(forms.Form):
    """The version of a claim or verdict that the person had before their eyes."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2_147_483_647,
        error_messages={
            "required": _("Say which version you saw: load the page anew.")
        },
    )
