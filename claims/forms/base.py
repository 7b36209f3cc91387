"""Base forms: constraint errors at their field, optimistic locking by a version."""

import hashlib
import json

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from claims.exceptions import ChangedMeanwhile
from claims.models.constraints import Refusal, field_for

# Kept by the database or by the clock: they change without anybody's hand.
UNVERSIONED = {
    *("updated_at", "search", "folded", "sort_date"),
    *("last_change", "paused_until"),
}


def version_token(instance) -> str:
    """Return a row's version number, or a digest of its fields where it has none."""
    if instance.pk is None:
        return ""
    version = getattr(instance, "version", None)
    if version is not None:
        return str(version)
    row = {
        field.attname: getattr(instance, field.attname)
        for field in instance._meta.concrete_fields
        if field.name not in UNVERSIONED
    }
    text = json.dumps(row, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class ConstraintForm(forms.ModelForm):
    """A ModelForm that puts broken database constraints at their field."""

    # Set on a second pass, when the database refused the first.
    refusals: tuple[Refusal, ...] = ()
    # Of a form that is shown again and not stored no rule is asked of the database:
    # each row of many would ask for each rule.
    is_only_shown = False

    def _post_clean(self):
        if not self.is_only_shown:
            super()._post_clean()

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            for refusal in self.refusals:
                field = refusal.field if refusal.field in self.fields else None
                self.add_error(field, refusal.sentence)

    def add_error(self, field, error):
        """Add an error; a broken constraint of the table goes to its own field."""
        if field is None and hasattr(error, "error_dict"):
            general = error.error_dict.pop(NON_FIELD_ERRORS, [])
            for each in general:
                for message in each.messages:
                    super().add_error(self._field_of(message), message)
            if not error.error_dict:
                return
        super().add_error(field, error)

    def _field_of(self, message):
        """Return the field of the constraint with this message, or None."""
        for constraint in self._meta.model._meta.constraints:
            if str(constraint.get_violation_error_message()) == message:
                field = field_for(constraint.name)
                return field if field in self.fields else None
        return None


class DeskForm(ConstraintForm):
    """A form with optimistic locking: a stale save raises ChangedMeanwhile."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version_token(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get("seen") != version_token(
            self.instance
        ):
            raise ChangedMeanwhile(
                _("Somebody changed this first. Nothing of yours is saved yet."),
                current=self.instance,
            )
        return cleaned


class StoredRowField(forms.ModelChoiceField):
    """The stored row that a form of a formset is of, which was read with the others."""

    def __init__(self, row, queryset, **kwargs):
        super().__init__(queryset, **kwargs)
        self.row = row

    def to_python(self, value):
        is_known = self.row.pk is not None and str(self.row.pk) == str(value)
        return self.row if is_known else super().to_python(value)


class ConstraintFormSet(BaseInlineFormSet):
    """An inline formset that shows broken database constraints of its rows."""

    refusals: tuple[Refusal, ...] = ()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        # Django asks for each row by itself again.
        form.fields[name] = StoredRowField(
            form.instance,
            form.fields[name].queryset,
            initial=form.fields[name].initial,
            required=False,
            widget=form.fields[name].widget,
        )

    def clean(self):
        super().clean()
        if self.refusals:
            raise ValidationError([refusal.sentence for refusal in self.refusals])


class VersionForm(forms.Form):
    """A form with the version of the claim or verdict that the user saw."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2_147_483_647,
        error_messages={
            "required": _("Say which version you saw: load the page anew.")
        },
    )
