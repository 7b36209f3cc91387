"""manage.py deliver: send webhooks and mail of the outbox, as a process of its own."""

import logging
import signal
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from claims.exchange.delivery import deliver_due, forget_old

log = logging.getLogger(__name__)
CLEAN_EVERY = 3600


class Command(BaseCommand):
    help = (
        "Tell subscriptions of what was published, by webhook and mail, and send what "
        "else waits in the outbox. Goes on until it is stopped (SIGTERM or Ctrl-C: the "
        "message under way is finished); with --once it ends when nothing is due. "
        "Several may run, also on several machines. Needs FACTCHECK_URL."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="send what is due, then end"
        )
        parser.add_argument(
            "--every", type=int, default=5, metavar="SECONDS", help="look so often: 5"
        )

    def handle(self, *, once, every, **options):
        if not settings.FACTCHECK["URL"]:
            raise CommandError(
                "Set FACTCHECK_URL to the public address of the site: messages name "
                "pages of it."
            )
        if every < 1:
            raise CommandError("--every: a number of seconds, 1 or more.")
        if once:
            sent, failed = deliver_due()
            forget_old()
            self.stdout.write(f"{sent} sent, {failed} failed.")
            return
        self.go_on(every)

    def go_on(self, every):
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        cleaned = -float(CLEAN_EVERY)
        while not stopped.is_set():
            try:
                _sent, failed = deliver_due(may_go_on=lambda: not stopped.is_set())
                if failed:
                    log.warning("%s messages failed; the desk shows why.", failed)
                if time.monotonic() - cleaned > CLEAN_EVERY:
                    forget_old()
                    cleaned = time.monotonic()
            except (OperationalError, InterfaceError) as error:
                # The database is away: what was leased is due again after a while.
                log.warning("The database cannot be asked: %s", error)
                connection.close()
            stopped.wait(every)
