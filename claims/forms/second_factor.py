"""Forms of the second factor: a code, and why somebody's is reset."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.desk.logins import begin_code_try, end_tries
from claims.desk.second_factor import verified_by
from claims.desk.throttle import TooMany


class NewCodeForm(forms.Form):
    """The first code of a secret, which shows that the authenticator has it."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class CodeForm(NewCodeForm):
    """A code of the user's second factor; `device` is set when it is right.

    Tries are counted as passwords are; `refusal` is set after too many.
    """

    refusal: TooMany | None = None
    device = None

    def __init__(self, *args, user, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address

    def clean_code(self):
        try:
            noted = begin_code_try(self.user, self.address)
        except TooMany as refusal:
            self.refusal = refusal
            raise ValidationError(str(refusal), code="too_many_tries") from refusal
        self.device = verified_by(self.user, self.cleaned_data["code"])
        if self.device is None:
            raise ValidationError(
                _(
                    "That code is wrong or was used already. Wait for the next one; "
                    "of recovery codes, each works once."
                )
            )
        end_tries(noted)
        return self.cleaned_data["code"]


class ResetForm(forms.Form):
    """Why somebody's second factor is reset; it stands in the user's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("How you made sure that it is them. It stays in the history."),
    )
