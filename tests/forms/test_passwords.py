"""Passwords that whoever attacks this very desk would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


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
