"""The form by which a relation of one claim to another is added."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.models.choices import RelationKind


class RelationForm(forms.Form):
    """What a claim is to another one."""

    kind = forms.ChoiceField(label=_("This claim"), choices=RelationKind.choices)
    to = forms.ModelChoiceField(
        label=_("the claim"),
        queryset=Claim.objects.undecided(),
        help_text=_("Words of it, or its number."),
    )
