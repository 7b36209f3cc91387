"""manage.py reset_second_factor: let somebody set up a second factor anew."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from claims.desk.second_factor import reset_second_factor


class Command(BaseCommand):
    help = (
        "Take somebody's second factor away, so that they set it up anew when they "
        "sign in next: for the only administrator, whose nobody else can reset. It "
        "stands in the user's history."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the login name")
        parser.add_argument("--reason", default="manage.py reset_second_factor")

    def handle(self, *args, name, reason, **options):
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Nobody here has the login name “{name}”.")
        there_was = reset_second_factor(user, by=None, reason=reason)
        told = "is reset" if there_was else "was not set up"
        self.stdout.write(f"The second factor of {name} {told}.")
