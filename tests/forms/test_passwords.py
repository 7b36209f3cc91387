"""Passwords that whoever attacks this very desk would try first."""

import pytest
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import make_user


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("HarbourCheck2026", False),
        ("2026 harbour-check!", False),
        ("truthnet-truthnet", False),
        ("harbour lamp check", True),
        # Too short to say anything of this desk.
        ("www and the moon rises", True),
    ],
)
def test_a_password_does_not_hold_the_name_of_the_desk_or_its_site(
    settings, password, is_good
):
    settings.FACTCHECK = settings.FACTCHECK | {"NAME": "Harbour Check"}
    settings.ALLOWED_HOSTS = ["www.truthnet.example"]
    if is_good:
        validate_password(password)
    else:
        with pytest.raises(ValidationError, match="the desk's name"):
            validate_password(password)


def test_a_password_that_everybody_tries_is_refused():
    for password in ("password1234", "qwertyuiop123"):
        with pytest.raises(ValidationError, match="too common"):
            validate_password(password)


@pytest.mark.parametrize(
    "password", [" Ğüzel 東京 words ", "x y " * 1_000, "long " * 13]
)
def test_a_password_is_taken_as_it_is_typed_blanks_and_all(db, password):
    user = make_user("Annotators", username="ada")
    typed = {"new_password1": password, "new_password2": password}
    form = SetPasswordForm(user, typed)
    assert form.is_valid(), form.errors
    form.save()
    for given, is_right in ((password, True), (password.strip(), False)):
        login = AuthenticationForm(data={"username": "ada", "password": given})
        assert login.is_valid() == is_right
