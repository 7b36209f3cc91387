"""Forms of the review: assignment and recheck date, blind second rating."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.base import VersionForm
from claims.forms.days import DayField
from claims.forms.verdicts import rating_choice, verdict_writers
from claims.models import Rating
from claims.models.choices import Finding


class PlanForm(VersionForm):
    """Assignee and recheck date of a verdict."""

    assignee = forms.ModelChoiceField(
        verdict_writers(),
        label=_("Assigned to"),
        required=False,
        empty_label=_("nobody"),
    )
    recheck_on = DayField(label=_("Check again on"), required=False, ahead=True)


class BlindForm(forms.Form):
    """A blind second rating."""

    finding = forms.ChoiceField(
        label=_("Did they say it?"), choices=Finding.choices, widget=forms.RadioSelect
    )
    rating = forms.ModelChoiceField(
        Rating.objects.in_use(),
        label=_("Is it true?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rating"].label_from_instance = rating_choice
