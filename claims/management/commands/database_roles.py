"""Print or apply the rights of the application's and the public role."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from claims.database_roles import (
    differences,
    is_complete,
    roles_of_settings,
    statements,
)
from claims.management.roles import (
    WrongRole,
    administrators_statements,
    give_defaults,
    give_rights,
    logins,
)
from factcheck.database.owner import as_owner
from factcheck.database.roles import set_defaults


class Command(BaseCommand):
    help = (
        "Print the SQL that makes the roles of DATABASE_URL and DATABASE_PUBLIC_URL "
        "and gives each its rights, or run it as the owner of the tables with --apply. "
        "migrate gives the rights by itself; running this again does no harm."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--apply", action="store_true", help="run it, as DATABASE_OWNER_URL"
        )

    def handle(self, *, apply, **options):
        application, public = roles_of_settings()
        if not (application or public):
            if apply:
                give_defaults()
                self.say("The one login has its limits of time; rights it has all.")
                return
            raise CommandError(
                "DATABASE_URL is the only login, so one role does everything. Set "
                "DATABASE_OWNER_URL to the role that owns the tables, DATABASE_URL to "
                "another for the application and DATABASE_PUBLIC_URL to a third for "
                "the public pages; then run this again. (--apply gives the only login "
                "its limits of time.)"
            )
        if apply:
            self.apply()
            return
        self.say("-- For somebody who may make roles; then give each a password.")
        for statement in administrators_statements(application, public):
            self.say(statement)
        self.say("\n-- Limits of time and the like, with which their sessions begin.")
        for alias, role in logins().items():
            for statement in set_defaults(alias, role):
                self.say(statement)
        self.say("\n-- For the owner of the tables, once migrate has made them.")
        self.say("BEGIN;")
        for statement in statements(application, public):
            self.say(statement)
        self.say("COMMIT;")

    def apply(self):
        try:
            with as_owner():
                with connection.cursor() as cursor:
                    if not is_complete(cursor):
                        raise CommandError("There are tables missing: migrate first.")
                has_given = give_rights(connection)
                with connection.cursor() as cursor:
                    left = differences(cursor, *roles_of_settings())
            give_defaults()
        except WrongRole as wrong:
            raise CommandError(str(wrong)) from wrong
        except DatabaseError as error:
            raise CommandError(f"Nothing was applied: {error}") from error
        if left:
            raise CommandError("\n".join(["What the owner cannot change:", *left]))
        self.say("Rights given." if has_given else "All rights are as they should be.")

    def say(self, words):
        self.stdout.write(words)
