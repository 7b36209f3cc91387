"""The second factor of a login: set up, asked for, reset by somebody else."""

from __future__ import annotations

import time
from base64 import b32encode
from binascii import unhexlify

import segno
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from claims.exceptions import NotPermitted

RECOVERY_CODES = 10
# Who has one of these can publish, or can make somebody who can.
WEIGHTY = (
    "claims.publish_verdict",
    "claims.retract_verdict",
    "auth.add_user",
    "auth.change_user",
    "auth.change_group",
)


def must_have(user) -> bool:
    """Return whether a user may work at the desk with a second factor only."""
    return settings.SECOND_FACTOR and any(user.has_perm(each) for each in WEIGHTY)


def device_of(user) -> TOTPDevice | None:
    """Return what gives a user's codes, None if none was set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def codes_left(user) -> int:
    """Return how many recovery codes a user has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def new_secret() -> str:
    """Return a secret of 20 random bytes, in hexadecimal."""
    return random_hex(20)


def typed_secret(secret: str) -> str:
    """Return a secret as it is typed into an authenticator: base 32, in fours."""
    text = b32encode(unhexlify(secret)).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def qr_code(user, secret: str) -> str:
    """Return as SVG the picture that an authenticator reads a secret from."""
    device = TOTPDevice(user=user, key=secret)
    picture = segno.make(device.config_url)
    return picture.svg_inline(scale=5, dark="#000", light="#fff")


def set_up(user, secret: str, code: str) -> TOTPDevice | None:
    """Store a secret if the code is one of it, and return its device; else None.

    What gave codes before gives none from then on.
    """
    totp = TOTP(unhexlify(secret))
    totp.time = time.time()
    code = code.replace(" ", "")
    if not (code.isascii() and code.isdecimal() and totp.verify(int(code), 1)):
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        return TOTPDevice.objects.create(
            user=user, name="TOTP", key=secret, drift=totp.drift, last_t=totp.t()
        )


def make_codes(user) -> list[str]:
    """Give a user other recovery codes and return them; the former ones end."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(
            [StaticToken(device=device, token=code) for code in codes]
        )
    return codes


def verified_by(user, code: str):
    """Return the device that a code is of, None if it is wrong or was used.

    Six digits are an authenticator's, anything else a recovery code: asking both
    would count a wrong try at the other.
    """
    code = "".join(code.split()).lower()
    kind = TOTPDevice if code.isdecimal() else StaticDevice
    with transaction.atomic():
        devices = kind.objects.select_for_update().filter(user=user, confirmed=True)
        device = devices.first()
        return device if device is not None and device.verify_token(code) else None


def reset_second_factor(user, *, by, reason: str) -> bool:
    """Take a user's second factor away, noted in the history; return if there was one.

    Whoever lost it cannot do so for themselves: that would make it worth nothing.
    """
    if by is not None and by.pk == user.pk:
        raise NotPermitted(_("Another administrator resets your second factor."))
    if by is not None and not by.has_perm("auth.change_user"):
        raise NotPermitted(_("You may not reset a second factor."))
    told = _("Second factor reset: %(reason)s")
    with transaction.atomic():
        count = TOTPDevice.objects.filter(user=user).delete()[0]
        StaticDevice.objects.filter(user=user).delete()
        LogEntry.objects.create(
            user=by or user,
            content_type=ContentType.objects.get_for_model(user),
            object_id=str(user.pk),
            object_repr=str(user)[:200],
            action_flag=CHANGE,
            change_message=told % {"reason": reason},
        )
    return count > 0
