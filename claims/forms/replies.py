"""Forms of requests for reply: asking, answers, striking out, outcomes, the link."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.forms.base import ConstraintForm
from claims.forms.days import DayField
from claims.models import Outcome, ReplyRequest
from claims.models.choices import ReplyKind

# What a form proposes; whoever asks sets another day.
DAYS_TO_ANSWER = 3
LONGEST_ANSWER = 20_000


class OnceForm(ConstraintForm):
    """A form with a key of its own, so that sending it twice stores one row."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid4()


class AskForm(OnceForm):
    """Whom the desk asks, through what, when, by when to answer, and what."""

    class Meta:
        model = ReplyRequest
        fields = ("kind", "person", "role", "channel", "asked_on", "until", "question")
        field_classes = {"asked_on": DayField, "until": DayField}
        widgets = {"question": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["kind"].initial = ReplyKind.REPLY
        self.fields["asked_on"].initial = today
        self.fields["until"].initial = today + timedelta(days=DAYS_TO_ANSWER)
        self.fields["until"].ahead = self.fields["until"].widget.ahead = True


class EnterAnswerForm(forms.Form):
    """An answer that came another way than by link."""

    answered_on = DayField(label=_("Answered on"))
    answer = forms.CharField(
        label=_("The answer, word for word"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80}),
    )


class StrikeForm(forms.Form):
    """Why a request is struck out."""

    reason = forms.CharField(
        label=_("What was wrong with it"),
        max_length=1000,
        widget=forms.TextInput(attrs={"size": 60}),
    )


class OutcomeForm(OnceForm):
    """Who put the statement right, on which day, and where that can be read."""

    class Meta:
        model = Outcome
        fields = ("kind", "happened_on", "url", "note")
        field_classes = {"happened_on": DayField, "url": forms.URLField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["url"].assume_scheme = "https"


class AnswerForm(forms.Form):
    """The answer of whoever was asked, under a link."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
