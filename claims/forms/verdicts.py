"""Forms of verdicts and their evidence."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.forms.base import ConstraintForm, DeskForm
from claims.forms.evidence import KeptCopyForm
from claims.models import Evidence, Rating, Verdict
from claims.reading.commonmark import LONGEST, too_long

# Texts that are written in CommonMark, and rendered when they are published.
COMMONMARK = ("explanation", "how_verified")


def refuse_too_long(text):
    """Raise ValidationError for a text longer than what is rendered."""
    if len(text) > LONGEST:
        raise ValidationError(too_long(text))


class VerdictForm(DeskForm):
    """The working copy of a verdict: finding, rating, texts, planning."""

    class Meta:
        model = Verdict
        fields = (
            "finding",
            "rating",
            "differs_reason",
            "summary",
            "explanation",
            "how_verified",
            "not_asked_reason",
            "as_of",
            "recheck_on",
            "assignee",
        )
        widgets = {
            "finding": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 80, "maxlength": 300}),
            "explanation": forms.Textarea(attrs={"rows": 8, "cols": 80}),
            "how_verified": forms.Textarea(attrs={"rows": 4, "cols": 80}),
            "not_asked_reason": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "differs_reason": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rating" in self.fields:
            # The scale with its definitions in view, and no box to add a rating.
            rating = self.fields["rating"]
            rating.label_from_instance = rating_choice
            rating.empty_label = _("Not rated yet")
            rating.widget = forms.RadioSelect()
            kept = Rating.objects.filter(pk=self.instance.rating_id)
            rating.queryset = Rating.objects.in_use() | kept
        if "assignee" in self.fields:
            self.fields["assignee"].queryset = verdict_writers()
        for name in COMMONMARK:
            if name in self.fields:
                self.fields[name].validators.append(refuse_too_long)
                self.fields[name].widget.attrs["data-commonmark"] = ""


def rating_choice(rating):
    """Return the label of a rating in a radio list: sign, label, definition."""
    return format_html(
        '<strong><span aria-hidden="true">{}</span> {}</strong> {}',
        rating.sign,
        rating.label,
        rating.definition,
    )


class NewVerdictForm(DeskForm):
    """Chooses the claim of a new verdict."""

    class Meta:
        model = Verdict
        fields = ("claim",)


class EvidenceForm(KeptCopyForm, ConstraintForm):
    """One source of a verdict; the verdict's version covers all of its rows."""

    class Meta:
        model = Evidence
        fields = (
            "stance",
            "title",
            "url",
            "publisher",
            "published_on",
            "accessed_on",
            "archived_url",
            "is_primary",
            "excerpt",
            "order",
            "file_name",
            "file_is_public",
        )
        widgets = {"excerpt": forms.Textarea(attrs={"rows": 2, "cols": 60})}


def verdict_writers():
    """Return the users who may write a verdict, by name."""
    return (
        get_user_model()
        .objects.filter(is_active=True, is_staff=True)
        .order_by("first_name", "last_name", "username")
    )
