"""Forms of the pages about the desk: their words, and the steps to publication."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.forms.base import DeskForm, VersionForm
from claims.forms.verdicts import refuse_too_long
from claims.models import DeskPage


class DeskPageForm(DeskForm):
    """A page's place, language and words, and what changes with its next version."""

    class Meta:
        model = DeskPage
        fields = ("slug", "language", "title", "body", "note")
        widgets = {
            "body": forms.Textarea(
                attrs={"rows": 24, "cols": 80, "data-commonmark": ""}
            ),
            "note": forms.Textarea(attrs={"rows": 2, "cols": 80, "maxlength": 500}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"] = forms.ChoiceField(
                label=self.fields["language"].label,
                choices=settings.LANGUAGES,
                initial=settings.LANGUAGE_CODE,
            )
        if "body" in self.fields:
            self.fields["body"].validators.append(refuse_too_long)


class SubmitPageForm(VersionForm):
    """The version of a page that somebody submits."""


class ReturnPageForm(VersionForm):
    """What is to be changed in a page before it can be published."""

    comment = forms.CharField(
        label=_("What is to be changed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


class PublishPageForm(VersionForm):
    """The version of a page that somebody has read and publishes."""


class PublishOwnPageForm(VersionForm):
    """Why somebody publishes what they wrote a part of."""

    override_reason = forms.CharField(
        label=_("Why nobody else can approve it"),
        help_text=_("Readers see it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
