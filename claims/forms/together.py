"""The form of one step on many claims: the rows ticked, and the one question."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.together import MOST, Seen, Together
from claims.forms.verdicts import verdict_writers
from claims.models import Topic
from claims.models.choices import Checkability

ROW = re.compile(r"([0-9]{1,18}):([0-9]{1,9}):([0-9]{1,9})")
QUESTIONS = {
    "": lambda: None,
    "comment": lambda: forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 50}),
    ),
    "reason": lambda: forms.CharField(
        label=_("Say why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 50, "autofocus": True}),
    ),
    "person": lambda: forms.ModelChoiceField(
        verdict_writers(),
        label=_("Assign to"),
        required=False,
        empty_label=_("nobody"),
        widget=forms.Select(attrs={"autofocus": True}),
    ),
    "topic": lambda: forms.ModelChoiceField(
        Topic.objects.all(),
        label=_("Topic"),
        widget=forms.Select(attrs={"autofocus": True}),
    ),
    "checkability": lambda: forms.ChoiceField(
        label=_("Checkability"),
        choices=Checkability.choices,
        widget=forms.Select(attrs={"autofocus": True}),
    ),
}


class TogetherForm(forms.Form):
    """One question for all rows, each sent as `row` = key:version:owner."""

    def __init__(self, *args, step: Together, **kwargs):
        super().__init__(*args, **kwargs)
        question = QUESTIONS[step.asks]()
        if question is not None:
            self.fields["answer"] = question

    def clean(self):
        self.rows = _rows(self.data.getlist("row"))
        if not self.rows:
            raise forms.ValidationError(_("Tick at least one row."))
        if len(self.rows) > MOST:
            raise forms.ValidationError(
                _("At most %(most)d rows at once.") % {"most": MOST}
            )
        return super().clean()


def _rows(values):
    """Return the rows in what was sent, each once; what is none is left out."""
    rows = {}
    for value in values:
        if match := ROW.fullmatch(value):
            key, version, owner = map(int, match.groups())
            rows[key] = Seen(key, version, owner or None)
    return list(rows.values())
