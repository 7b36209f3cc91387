"""The form of a reader's report, and of the desk's answer."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.desk.reports import LEADS_TO_A_CLAIM
from claims.forms.base import DeskForm
from claims.forms.days import DayField
from claims.models import Claim, PublicClaim, PublishedVerdict, ReaderReport
from claims.models.choices import ReportKind, ReportStatus
from claims.models.fields import without_login
from claims.text.canonical import visible_text


class ReportForm(forms.Form):
    """A reader's report of an error, or of a claim to check."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=ReportKind.choices,
        initial=ReportKind.ERROR,
        widget=forms.RadioSelect,
    )
    claim = forms.IntegerField(
        required=False, widget=forms.HiddenInput, max_value=2**63 - 1, min_value=1
    )
    message = forms.CharField(
        label=_("What should the desk know?"),
        help_text=_(
            "For an error: what is wrong, and where the right thing can be read. "
            "For a claim to check: who said it, and where."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    url = forms.URLField(
        label=_("A web address that shows it, if there is one"),
        required=False,
        max_length=1000,
        validators=[without_login],
        assume_scheme="https",
        # A browser's own check would refuse an address without its https.
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    contact = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        help_text=_("Seen by the desk only, never published."),
    )

    wants_notice = forms.BooleanField(
        label=_("Tell me by e-mail when the verdict changes because of this"),
        required=False,
        help_text=_("One message, with the verdict before and after."),
    )
    form_token = forms.CharField(
        required=False, widget=forms.HiddenInput, max_length=64
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = secrets.token_urlsafe(32)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wants_notice") and not (
            cleaned.get("contact") or "contact" in self.errors
        ):
            self.add_error("contact", _("Say where to write to."))
        return cleaned

    def clean_message(self):
        message = visible_text(self.cleaned_data["message"])
        if not message:
            raise ValidationError(_("Tell the desk what is wrong."))
        return message

    def clean_claim(self):
        number = self.cleaned_data["claim"]
        if number is None:
            return None
        rows = PublicClaim.objects.select_related("words")
        claim = rows.filter(pk=number).first()
        if claim is None:
            raise ValidationError(_("That claim is not here."))
        return claim


class AnswerForm(DeskForm):
    """The desk's answer to a report."""

    class Meta:
        model = ReaderReport
        fields = ("status", "answer", "correction")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "answer" in self.fields:
            self.fields["answer"].help_text = _(
                "Stays at the desk. Whoever asked to be told is written to once, with "
                "the verdict before and after; any other words they get from you."
            )
        if "correction" in self.fields:
            self.fields["correction"].help_text = _(
                "The version that put it right. Revise the verdict first; once that "
                "is approved, it can be chosen here."
            )
            self.fields["correction"].queryset = PublishedVerdict.objects.filter(
                claim=self.instance.claim_id, number__gt=1
            ).order_by("-number")
            self.fields["correction"].label_from_instance = correction_label
        if "status" in self.fields:
            # A claim is made, or named, by a button of its own.
            self.fields["status"].choices = [
                choice
                for choice in ReportStatus.choices
                if choice[0] not in LEADS_TO_A_CLAIM
                or choice[0] == self.instance.status
            ]


def correction_label(publication):
    """Return the label of a correction in a select."""
    return _("Version %(number)s: %(kind)s, %(day)s") % {
        "number": publication.number,
        "kind": publication.get_kind_display(),
        "day": publication.published_at.date(),
    }


class TakeUpForm(forms.Form):
    """A new claim made of a report: the words, where and when they appeared."""

    words = forms.CharField(
        label=_("The words that are claimed"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=_("As they were printed or said; they become the claim’s words."),
    )
    headline = forms.CharField(
        label=_("Headline, or what it is"),
        max_length=300,
        widget=forms.TextInput(attrs={"size": 60}),
    )
    published_on = DayField(label=_("Published on"))
    url = forms.URLField(
        label=_("Web address"),
        max_length=1000,
        required=False,
        validators=[without_login],
        assume_scheme="https",
    )


class KnownForm(forms.Form):
    """The claim that says the same as a report."""

    claim = forms.IntegerField(
        label=_("Number of the claim"), min_value=1, max_value=2**63 - 1
    )

    def clean_claim(self):
        claim = Claim.objects.filter(pk=self.cleaned_data["claim"]).first()
        if claim is None:
            raise ValidationError(_("That claim is not here."))
        return claim
