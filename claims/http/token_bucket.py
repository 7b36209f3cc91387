"""How often one network may ask: a bucket of tokens for each, in this process alone.

Public doors read as a role that cannot write, so nothing is counted in the database.
Each process counts for itself, and forgets when it ends: a limit of 600 means as many
for each worker. Who has not asked for long is forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from threading import Lock
from time import monotonic

# So many networks are remembered; an attacker with more cannot fill the memory.
MOST_REMEMBERED = 10_000
MINUTE = 60.0


class TokenBuckets:
    """Buckets by name: each holds a minute's tokens and fills at an even pace."""

    def __init__(self, clock=monotonic):
        self.clock = clock
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.lock = Lock()

    def wait_for(self, name: str, a_minute: int) -> int:
        """Take a token; return 0, or after how many seconds there will be one.

        >>> buckets = TokenBuckets(clock=lambda: 0.0)
        >>> [buckets.wait_for("192.0.2.1/32", 2) for _asked in range(3)]
        [0, 0, 30]
        """
        if a_minute <= 0:
            return 0
        pace = a_minute / MINUTE
        with self.lock:
            now = self.clock()
            tokens, then = self.buckets.pop(name, (float(a_minute), now))
            tokens = min(float(a_minute), tokens + (now - then) * pace)
            wait = 0 if tokens >= 1 else ceil((1 - tokens) / pace)
            self.buckets[name] = (tokens if wait else tokens - 1, now)
            if len(self.buckets) > MOST_REMEMBERED:
                self.buckets.popitem(last=False)
        return wait
