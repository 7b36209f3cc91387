"""manage.py add_person: a login of the desk, and a link to set its password."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from claims.desk.people import add_person, password_token
from claims.exceptions import Refused


class Command(BaseCommand):
    help = (
        "Give somebody a login of the desk in a group (Annotators, Reviewers or "
        "Editors) and print a link under which they set their password: once, within "
        "three days. Run again, it adds the group and prints a link only to who has "
        "no password yet, or with --new-link."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "name", help='a login, or first and last name in quotes: "Ida Falk"'
        )
        parser.add_argument(
            "--group", required=True, help="Annotators, Reviewers or Editors"
        )
        parser.add_argument("--email", default="", help="their address, for notices")
        parser.add_argument(
            "--new-link",
            action="store_true",
            help="print a link also to who has a password, should it be forgotten",
        )

    def handle(self, *, name, group, email, new_link, **options):
        try:
            added = add_person(name, group=group, email=email)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        user = added.user
        done = "is added to the desk" if added.is_new else "has a login already"
        self.stdout.write(f"{user.get_username()} {done}; in the group {group}.")
        if user.has_usable_password() and not new_link:
            return
        path = reverse("admin:welcome", args=password_token(user))
        site = settings.FACTCHECK["URL"] or "http://localhost:8000"
        self.stdout.write("A password is set here, once, within three days:")
        self.stdout.write(f"  {site}{path}")
