"""Forms of who has a claim, how urgent it is, and its place in the desk's order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.days import DayField
from claims.forms.verdicts import verdict_writers

SCALE = [
    (0, _("not known, or none")),
    (1, _("little")),
    (2, _("much")),
    (3, _("very much")),
]


class HandOverForm(forms.Form):
    """Who gets a claim, and who had it when the page was shown (0: nobody)."""

    person = forms.ModelChoiceField(
        verdict_writers(),
        label=_("Give it to"),
        required=False,
        empty_label=_("nobody"),
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2_147_483_647
    )


class UrgencyForm(forms.Form):
    """By when, how far it reaches and what harm it does, each with its reason."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2_147_483_647
    )
    due_on = DayField(label=_("To be done by"), required=False, ahead=True)
    reach = forms.TypedChoiceField(label=_("Reach"), choices=SCALE, coerce=int)
    reach_reason = forms.CharField(
        label=_("What tells how far it reaches"), required=False, max_length=200
    )
    harm = forms.TypedChoiceField(label=_("Harm"), choices=SCALE, coerce=int)
    harm_reason = forms.CharField(
        label=_("What harm it does, and to whom"), required=False, max_length=200
    )


class PlaceForm(forms.Form):
    """A claim's place in the desk's order; empty takes it out."""

    place = forms.IntegerField(
        label=_("Place in the desk's order"),
        help_text=_("1 is done first; empty leaves it to harm, reach and the rest."),
        required=False,
        min_value=1,
        max_value=9999,
    )
