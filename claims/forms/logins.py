"""The forms of logging in and of changing the password, throttled."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.desk.logins import begin_try, end_tries
from claims.desk.throttle import TooMany
from claims.http.client_ip import client_ip


class DeskLoginForm(AdminAuthenticationForm):
    """Login name and password; `refusal` is set after too many tries."""

    refusal: TooMany | None = None

    def confirm_login_allowed(self, user):
        """Say to who has the right password, and not the right, what is missing."""
        if user.is_active and not user.is_staff:
            raise ValidationError(
                _(
                    "Name and password are right, but this account has no right to "
                    "the desk. Whoever runs this site gives it: “Staff status” and a "
                    "group, in the list of users."
                ),
                code="no_right",
            )
        super().confirm_login_allowed(user)

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
