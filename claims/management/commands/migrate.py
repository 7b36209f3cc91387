"""Migrate as the owner of the tables, and give the other roles their rights."""

import time
from contextlib import suppress

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from claims.checks.contract import contract
from claims.management.roles import WrongRole, give_defaults, give_rights
from factcheck.database.owner import as_owner
from factcheck.database.roles import OWNER_ALIAS
from factcheck.database.time_limits import seconds

# What a migration raises by itself, and not one of the rules of the tables.
RAISED = "P0001"
# A lock that did not come in time, or would have come never: tried again.
LOCKED = ("55P03", "40P01")
TRIES, PAUSE = 120, 0.5
# Where a page has a table that a step wants, and wants one that the step has, one of
# them must give way. PostgreSQL looks for that after a second (deadlock_timeout) and
# ends whoever looks first; a step that waits for so much less is not the page.
PATIENCE_MS = 100


class Command(migrate.Command):
    help = (
        f"{migrate.Command.help} Logs in by DATABASE_OWNER_URL, where there is one, "
        "and gives the application's and the public role their rights."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--contract",
            action="store_true",
            help="Then drop what is kept for the program of the version before, which "
            "cannot serve any more.",
        )

    # Whether the roles of the settings are there, and have their rights.
    has_given = False

    def execute(self, *args, **options):
        # The checks ask the database too, before there is another role perhaps.
        with as_owner():
            done = super().execute(*args, **options)
        if self.has_given:
            # A role that cannot log in yet is named by `check --deploy`.
            with suppress(DatabaseError):
                give_defaults()
        return done

    def handle(self, *args, **options):
        # Behind whoever waits for a table, everybody else waits who wants to read it: a
        # step that cannot have it in time lets them pass, and is tried again.
        limit = f"{min(1000 * seconds('LOCK_TIMEOUT'), PATIENCE_MS)}ms"
        with connection.transaction_setting("lock_timeout", limit):
            done = self.patiently(super().handle, *args, **options)
            is_default = options["database"] == DEFAULT_DB_ALIAS
            if is_default and not (options["plan"] or options["check_unapplied"]):
                if options["contract"]:
                    self.patiently(contract)
                self.patiently(self.give_rights, options)
        return done

    def patiently(self, step, *args, **options):
        """Run it; a step that would lose data says so in a sentence and stops."""
        for tried in range(1, TRIES + 1):
            try:
                return step(*args, **options)
            except DatabaseError as error:
                sqlstate = getattr(error.__cause__, "sqlstate", "")
                if sqlstate not in (RAISED, *LOCKED):
                    raise
                if sqlstate == RAISED or tried == TRIES:
                    raise CommandError(
                        f"{error.__cause__.diag.message_primary.rstrip('.')}. Nothing "
                        "of this step was done; `manage.py migrate` leads forward "
                        "again."
                    ) from error
                self.stderr.write(
                    "Somebody else holds a table; the step is tried again in "
                    f"{PAUSE} seconds ({tried} of {TRIES})."
                )
                time.sleep(PAUSE)
        raise AssertionError("the last try returns or raises")

    def give_rights(self, options):
        try:
            has_given = give_rights(connection)
        except WrongRole as wrong:
            self.stderr.write(self.style.WARNING(str(wrong)))
            return
        self.has_given = OWNER_ALIAS in connections
        if has_given and options["verbosity"] > 0:
            self.stdout.write("Gave the database roles their rights.")
