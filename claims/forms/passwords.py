"""Validator of passwords: none that holds the desk's own name or the site's host."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST = 5


def letters(words):
    return re.sub(r"[\W_]", "", words.casefold())


def words_of_the_desk():
    """Return what whoever attacks this desk would try first, without spaces."""
    names = [settings.FACTCHECK["NAME"], settings.FACTCHECK["TAGLINE"]]
    # The last part of a host is everybody's.
    parts = [part for host in settings.ALLOWED_HOSTS for part in host.split(".")[:-1]]
    found = {letters(each) for each in names + parts}
    return {each for each in found if len(each) >= SHORTEST}


class WordsOfTheDeskValidator:
    message = _("A password may not hold the desk's name or that of its site.")

    def validate(self, password, _user=None):
        plain = letters(password)
        if any(word in plain for word in words_of_the_desk()):
            raise ValidationError(self.message, code="password_names_the_desk")

    def get_help_text(self):
        return self.message
