"""Base class of the commands that import files."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from claims.exchange.sources import known_encoding


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

    def add_encoding(self, parser):
        """Add the option by which the encoding of a file is named."""
        parser.add_argument(
            "--encoding",
            default="",
            metavar="NAME",
            help="of files that are not UTF-8, as windows-1252, windows-1254 or "
            "cp1250; UTF-16 is known by its first bytes",
        )

    def encoding(self, name):
        """Return the name of an encoding, "" for none."""
        try:
            return known_encoding(name) if name else ""
        except ValueError as problem:
            raise CommandError(f"{problem} An example is windows-1252.") from None

    def say(self, words):
        self.stdout.write(printable(words))

    def write_error(self, words):
        self.stderr.write(printable(words))


def printable(words):
    """Return text that can be encoded: a file's name may be no UTF-8."""
    return str(words).encode(errors="replace").decode()
