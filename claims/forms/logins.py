"""The forms of logging in and of changing the password, throttled."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError

from claims.desk.logins import begin_try, end_tries
from claims.desk.throttle import TooMany
from claims.http.client_ip import client_ip


class DeskLoginForm(AdminAuthenticationForm):
    """Login name and password; `refusal` is set after too many tries."""

    refusal: TooMany | None = None

    def clean(self):
        name = self.cleaned_data.get("username")
        if name is None or not self.cleaned_data.get("password"):
            return super().clean()
        try:
            noted = begin_try(name, client_ip(self.request))
        except TooMany as refusal:
            self.refusal = refusal
            raise ValidationError(str(refusal), code="too_many_tries") from refusal
        cleaned = super().clean()
        end_tries(noted)
        return cleaned


class DeskPasswordForm(PasswordChangeForm):
    """Changing the own password; the old one is counted as a login is."""

    refusal: TooMany | None = None

    def __init__(self, *args, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_old_password(self):
        try:
            noted = begin_try(self.user.get_username(), self.address)
        except TooMany as refusal:
            self.refusal = refusal
            raise ValidationError(str(refusal), code="too_many_tries") from refusal
        old = super().clean_old_password()
        end_tries(noted)
        return old
