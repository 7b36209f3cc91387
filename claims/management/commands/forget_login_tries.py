"""manage.py forget_login_tries: reset the throttle of logins."""

from django.core.management.base import BaseCommand

from claims.desk.logins import forget_all_tries


class Command(BaseCommand):
    help = (
        "Forget the passwords that were tried in the last hour, so that whoever was "
        "put off after too many of them can sign in at once. Nobody's password or "
        "session changes."
    )

    def handle(self, **options):
        self.stdout.write(f"Forgotten: {forget_all_tries()} tries to sign in.")
