"""Adding somebody to the desk: a login in a group, and a link to set a password."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from claims.exceptions import Refused
from claims.models.fields import slugify_name


class BadPerson(Refused):
    """A name, group or address that no login can have (400)."""

    status = 400


@dataclass(frozen=True)
class Added:
    """A login of the desk; `is_new` says whether it was made just now."""

    user: object
    is_new: bool


@transaction.atomic
def add_person(name: str, *, group: str, email: str = "") -> Added:
    """Give somebody a login in a group, and return it. Doing so again changes nothing.

    A name of several words becomes first and last name, and the login is made of it;
    a single word is the login itself.
    """
    words = name.split()
    if not words or len(name) > 150:
        raise BadPerson(_("Give a name of letters, at most 150 of them."))
    login = name.strip() if len(words) == 1 else slugify_name(name)
    model = get_user_model()
    try:
        model.username_validator(login)
        if email:
            validate_email(email)
    except ValidationError as error:
        raise BadPerson(" ".join(error.messages)) from error
    found = Group.objects.filter(name__iexact=group).first()
    if found is None:
        known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True))
        raise BadPerson(
            _("There is no group “%(group)s”. There are: %(known)s.")
            % {"group": group, "known": known}
        )
    user = model.objects.select_for_update().filter(username__iexact=login).first()
    is_new = user is None
    if is_new:
        user = model(username=login)
        user.set_unusable_password()
        if len(words) > 1:
            user.first_name, user.last_name = " ".join(words[:-1]), words[-1]
    if email:
        user.email = email
    user.is_staff = True
    user.save()
    user.groups.add(found)
    return Added(user, is_new)


def password_token(user) -> tuple[str, str]:
    """Return the two parts of an address under which a password is set once."""
    return urlsafe_base64_encode(
        force_bytes(user.pk)
    ), default_token_generator.make_token(user)
