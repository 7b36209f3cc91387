"""What the commands share that take files in."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class TakingIn(BaseCommand):
    """A command that takes files in, for the person of a login or for nobody."""

    def person(self, login):
        """Return who takes the files in."""
        if not login:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(login)
        except get_user_model().DoesNotExist:
            raise CommandError(f"There is no login “{login}”.") from None

    def say(self, words):
        self.stdout.write(printable(words))

    def complain(self, words):
        self.stderr.write(printable(words))


def printable(words):
    """Return words that every terminal takes: a file's name may be no UTF-8."""
    return str(words).encode(errors="replace").decode()
