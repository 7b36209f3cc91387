"""The form of a reader's report, and of the desk's answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.forms.base import DeskForm
from claims.models import PublicClaim, PublishedVerdict, ReaderReport
from claims.models.choices import ReportKind, ReportStatus
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
        assume_scheme="https",
        # A browser's own check would refuse an address without its https.
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    contact = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        help_text=_("Seen by the desk only, never published."),
    )

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
                "Stays at the desk; this program sends no mail. Whoever left an "
                "address above gets the answer from you."
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
            self.fields["status"].choices = ReportStatus.choices


def correction_label(publication):
    """Return the label of a correction in a select."""
    return _("Version %(number)s: %(kind)s, %(day)s") % {
        "number": publication.number,
        "kind": publication.get_kind_display(),
        "day": publication.published_at.date(),
    }
