"""Migrate as the owner of the tables, and give the other roles their rights."""

import time

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from claims.management.roles import WrongRole, give_rights
from factcheck.database.owner import as_owner

# What a migration raises by itself, and not one of the rules of the tables.
RAISED = "P0001"
# While a step waits for a lock, whoever asks for the table after it waits, too. So it
# waits for this long at most, lets the others pass, and tries again.
LOCK_TIMEOUT = "3s"
LOCK_NOT_AVAILABLE = "55P03"
TRIES, PAUSE = 20, 3


class Command(migrate.Command):
    help = (
        f"{migrate.Command.help} Logs in by DATABASE_OWNER_URL, where there is one, "
        "and gives the application's and the public role their rights."
    )

    def execute(self, *args, **options):
        # The checks ask the database too, before there is another role perhaps.
        with as_owner():
            return super().execute(*args, **options)

    def handle(self, *args, **options):
        done = self.run_migrations(*args, **options)
        is_default = options["database"] == DEFAULT_DB_ALIAS
        if is_default and not (options["plan"] or options["check_unapplied"]):
            self.give_rights(options)
        return done

    def run_migrations(self, *args, **options):
        """Run them; a step that would lose data says so in a sentence and stops."""
        for tried in range(1, TRIES + 1):
            try:
                return super().handle(*args, **options)
            except DatabaseError as error:
                sqlstate = getattr(error.__cause__, "sqlstate", "")
                if sqlstate not in (RAISED, LOCK_NOT_AVAILABLE):
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

    def migration_progress_callback(self, action, migration=None, fake=False):
        # An index that is built beside everybody's work waits for theirs to end, and
        # would be left invalid.
        if action in ("apply_start", "unapply_start"):
            self.limit_locks(LOCK_TIMEOUT if migration.atomic else "0")
        elif action in ("apply_success", "unapply_success"):
            self.limit_locks("0")
        super().migration_progress_callback(action, migration, fake)

    def limit_locks(self, most):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [most])

    def give_rights(self, options):
        try:
            has_given = give_rights(connection)
        except WrongRole as wrong:
            self.stderr.write(self.style.WARNING(str(wrong)))
            return
        if has_given and options["verbosity"] > 0:
            self.stdout.write("Gave the database roles their rights.")
