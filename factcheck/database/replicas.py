"""Read replicas: how far each is behind the primary, and in which order they are read.

While readers ask, a thread for each database asks it once a second how far it has
come in the write-ahead log; a request never does. A replica is behind by the time
since the primary was seen further than the replica is now. A primary at rest is
nowhere further, so its replicas are not behind; a replica that was cut off, or whose
replay is paused, is, whatever it says of itself.
"""

import logging
import random
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, connections

from factcheck.database.roles import PUBLIC_ALIAS
from factcheck.postgres.url import REPLICA_PREFIX

# Seconds from one question to the next.
EVERY = 1.0
# Whoever has not been heard of for so many seconds is left out.
FRESH = 2.0
# Nobody is asked any more once no reader has come for so many seconds.
IDLE = 60.0
PLACE = """
SELECT pg_is_in_recovery(), (CASE WHEN pg_is_in_recovery()
    THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0')::bigint
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What a database said: when, how far it is, and whether it follows another."""

    at: float
    place: int
    follows: bool


class Trail:
    """Where the primary was, and when, as far back as a delay is allowed to reach."""

    def __init__(self) -> None:
        # Replaced as a whole, since other threads go through it meanwhile.
        self._heard: tuple[Heard, ...] = ()

    def add(self, heard: Heard) -> None:
        """Note where the primary is."""
        if heard.follows:
            return
        oldest = heard.at - settings.REPLICA_LAG - 10 * EVERY
        before = tuple(each for each in self._heard if each.at >= oldest)
        if before and heard.place < before[-1].place:
            # Another server was promoted, which never had the last that this one wrote.
            before = ()
        self._heard = (*before, heard)

    def delay_of(self, heard: Heard) -> float:
        """Return by how many seconds a replica was behind when it was heard of."""
        for primary in self._heard:
            if primary.at >= heard.at:
                break
            if primary.place > heard.place:
                return heard.at - primary.at
        return 0.0


class Watch:
    """What was last heard of one database, by a thread that goes on asking it."""

    def __init__(self, alias: str):
        self.alias = alias
        self.heard: Heard | None = None
        self._thread: threading.Thread | None = None
        self._mutex = threading.Lock()
        self._wanted_until = 0.0
        self._end = threading.Event()

    def keep_on(self) -> None:
        """See to it that the thread runs, which a fork leaves behind."""
        self._wanted_until = time.monotonic() + IDLE
        if self._thread is None or not self._thread.is_alive():
            with self._mutex:
                if self._thread is None or not self._thread.is_alive():
                    self._end.clear()
                    self._thread = threading.Thread(
                        target=self._ask, name=f"watch {self.alias}", daemon=True
                    )
                    self._thread.start()

    def stop(self) -> None:
        """End the thread, and its connection with it."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def answers(self) -> bool:
        """Whether the database was heard of just now."""
        return self.heard is not None and self.heard.at > time.monotonic() - FRESH

    def note(self, heard: Heard) -> None:
        self.heard = heard

    def _ask(self) -> None:
        connection = connections.create_connection(self.alias)
        silent = False
        try:
            while time.monotonic() < self._wanted_until:
                try:
                    with connection.cursor() as cursor:
                        cursor.execute(PLACE)
                        follows, place = cursor.fetchone()
                except (Error, ImproperlyConfigured) as error:
                    connection.close()
                    self.heard = None
                    if not silent:
                        logger.warning("%s does not answer: %s", self.alias, error)
                    silent = True
                else:
                    self.note(Heard(time.monotonic(), place, follows))
                    if silent:
                        logger.warning("%s answers again", self.alias)
                    silent = False
                if self._end.wait(EVERY):
                    break
        finally:
            connection.close()


class PrimaryWatch(Watch):
    """The primary, of which it matters where it has been, too."""

    def __init__(self, alias: str):
        super().__init__(alias)
        self.trail = Trail()

    def note(self, heard: Heard) -> None:
        super().note(heard)
        self.trail.add(heard)


class Replicas:
    """The replicas of the settings, watched while somebody asks for their order."""

    def __init__(self) -> None:
        self._watches: dict[str, Watch] = {}
        self._primary: PrimaryWatch | None = None
        self._mutex = threading.Lock()

    @property
    def aliases(self) -> list[str]:
        """The aliases of all replicas, none in most settings."""
        return [
            name for name in connections.settings if name.startswith(REPLICA_PREFIX)
        ]

    @property
    def primary(self) -> PrimaryWatch:
        """The primary as public pages read it, watched too."""
        alias = PUBLIC_ALIAS if PUBLIC_ALIAS in connections else DEFAULT_DB_ALIAS
        with self._mutex:
            if self._primary is None or self._primary.alias != alias:
                self._primary = PrimaryWatch(alias)
            return self._primary

    def watch(self, alias: str) -> Watch:
        """Return what is known of a replica."""
        with self._mutex:
            return self._watches.setdefault(alias, Watch(alias))

    def in_order(self) -> list[str]:
        """Return the aliases by which a reader may read, the best first.

        Replicas that keep up come in a random order. A replica that was promoted is
        as good as the primary, but spares it nothing. Those left out come last: better
        than nothing while there is no primary.
        """
        primary, others = self.primary, [self.watch(alias) for alias in self.aliases]
        for watch in (primary, *others):
            watch.keep_on()
        ranks = {
            watch.alias: (_rank(watch, primary.trail), random.random())  # noqa: S311
            for watch in others
        } | {primary.alias: (1, 0.0)}
        return sorted(ranks, key=lambda alias: ranks[alias])

    def stop(self) -> None:
        """End all threads, and forget what they heard."""
        self.primary.stop()
        for watch in self._watches.values():
            watch.stop()
        self._watches, self._primary = {}, None


def _rank(watch: Watch, trail: Trail) -> int:
    heard = watch.heard
    if heard is None or not watch.answers():
        return 4
    if not heard.follows:
        return 2
    return 3 if trail.delay_of(heard) > settings.REPLICA_LAG else 0
