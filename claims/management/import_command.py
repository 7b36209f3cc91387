"""Base class of the commands that import files."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class ImportCommand(BaseCommand):
    """A command that imports files on behalf of a user, or of nobody."""

    def find_user(self, login):
        """Return the user with a login name, or None for no name."""
        if not login:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(login)
        except get_user_model().DoesNotExist:
            raise CommandError(f"There is no login “{login}”.") from None

    def say(self, words):
        self.stdout.write(printable(words))

    def write_error(self, words):
        self.stderr.write(printable(words))


def printable(words):
    """Return text that can be encoded: a file's name may be no UTF-8."""
    return str(words).encode(errors="replace").decode()
