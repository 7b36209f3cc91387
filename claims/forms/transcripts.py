"""The form of a live check: a transcript that is nowhere stored, and where it would be.

The page carries the transcript from one part to the next until a line is marked.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.forms.days import DayField
from claims.text.canonical import TextRefused, canonical

# Characters of some six hours of talk, which the page carries along, and of its times.
LONGEST, MOST_TIMES = 500_000, 200_000
TIMES = re.compile(r"(?:\d{1,9}:\d{1,7}(?:,(?=\d)|\Z))*")


class TranscriptForm(forms.Form):
    """The transcript as read, its times, the part that is shown, and its article."""

    headline = forms.CharField(label=_("Headline"), max_length=300, required=False)
    outlet = forms.CharField(label=_("Outlet"), max_length=200, required=False)
    published_on = DayField(label=_("Day"), required=False)
    body = forms.CharField(strip=False, max_length=LONGEST, widget=forms.HiddenInput)
    times = forms.CharField(
        required=False, max_length=MOST_TIMES, widget=forms.HiddenInput
    )
    article = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def clean_body(self):
        try:
            return canonical(self.cleaned_data["body"])
        except TextRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean_times(self):
        told = self.cleaned_data["times"]
        if not TIMES.fullmatch(told):
            raise ValidationError(_("These are no times of a transcript."))
        pairs = (each.split(":") for each in told.split(",") if each)
        return [(int(place), int(second)) for place, second in pairs]

    @classmethod
    def of(cls, file, times):
        """Return the form of a transcript that has just been read."""
        return cls(
            {
                "headline": file.headline,
                "outlet": file.outlet,
                "published_on": file.published_on or timezone.localdate(),
                "body": file.body,
                "times": ",".join(f"{place}:{second}" for place, second in times),
            }
        )
