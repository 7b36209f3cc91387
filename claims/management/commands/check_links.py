"""manage.py check_links: ask whether the addresses of evidence still answer."""

import signal
import threading
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.exchange.link_checks import check_due, forget_unused


@contextmanager
def stopped_by_signals():
    """Yield an event that SIGTERM and Ctrl-C set, in place of what else they do."""
    stopped = threading.Event()
    former = {
        number: signal.signal(number, lambda *_: stopped.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopped
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


class Command(BaseCommand):
    help = (
        "Ask for the addresses of published evidence, each anew after "
        "FACTCHECK_CHECK_LINKS_DAYS, and store day and answer; the desk lists what is "
        "gone. Off unless FACTCHECK_CHECK_LINKS=1. A process of its own, for a timer: "
        "it ends when nothing is due, or on SIGTERM."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="ask for so many at most")
        parser.add_argument(
            "--pause",
            type=float,
            default=2,
            metavar="SECONDS",
            help="wait so long before the same host is asked again: 2",
        )

    def handle(self, *, limit, pause, **options):
        if not settings.CHECK_LINKS:
            raise CommandError(
                "Checking links is switched off: set FACTCHECK_CHECK_LINKS=1 to let "
                "this command ask other sites."
            )
        if pause < 0 or (limit is not None and limit < 1):
            raise CommandError("--pause: 0 or more; --limit: 1 or more.")
        with stopped_by_signals() as stopped:
            asked = check_due(limit=limit, pause=pause, wait=stopped.wait)
            forget_unused()
        self.stdout.write(
            f"{sum(asked)} addresses: {asked.alive} answer, {asked.gone} are gone, "
            f"{asked.unclear} gave no clear answer."
        )
