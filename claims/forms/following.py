"""The form by which readers follow a list by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models.choices import FollowPace


class FollowForm(forms.Form):
    """A mail address, when it is told, and the query string of the list."""

    list = forms.CharField(
        required=False, widget=forms.HiddenInput, max_length=2000, strip=True
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    pace = forms.ChoiceField(
        label=_("When?"),
        choices=FollowPace.choices,
        initial=FollowPace.DAILY,
        widget=forms.RadioSelect,
    )
