"""manage.py demo: migrate, load samples and logins, run the server."""

import os
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from claims.demo.seeding import add_logins, load_seeds


class Command(BaseCommand):
    help = (
        "Prepare the database, load the sample articles if it is empty, make the demo "
        "logins and serve the pages on this machine. Running it again does no harm."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "address",
            nargs="?",
            default="127.0.0.1:8000",
            help="where to serve: a port, or address:port (default: %(default)s)",
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="prepare everything, then stop"
        )

    def handle(self, *, address, no_serve, **options):
        if not settings.DEBUG:
            raise CommandError(
                "The demo makes logins with known passwords, so it runs with DEBUG on "
                "only. For a desk of your own see factcheck/deploy/README.md."
            )
        host, port = self.place(address)
        if not no_serve:
            self.check_free(host, port)
        folder = settings.BASE_DIR / "seeds"
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        logins = add_logins(folder)
        articles = load_seeds(folder)
        if articles:
            self.say(f"Loaded {articles} sample articles with their claims.")
        else:
            self.say("There are articles already; the samples are left out.")
        if no_serve:
            return
        self.say("")
        self.say(f"  Readers   http://{host}:{port}/")
        self.say(f"  The desk  http://{host}:{port}/admin/")
        self.say("")
        self.say("  Login   Password     May")
        for login, groups in logins:
            self.say(f"  {login:<7} {login + '-demo':<12} {groups}")
        self.say("")
        self.say("  For a look on this machine only. Stop with Ctrl+C.")
        # The words above say what Django's own would: this is no server for a desk.
        os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
        # The reloader would start and stop the embedded server at every change.
        call_command("runserver", f"{host}:{port}", use_reloader=False, verbosity=0)

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def place(self, address):
        host, _colon, port = address.rpartition(":")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CommandError(f"“{address}” is no port, nor address:port.")
        return host or "127.0.0.1", int(port)

    def check_free(self, host, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"{host}:{port} cannot be used ({error.strerror}). Try another "
                    f"port: manage.py demo {port + 1}"
                ) from error
