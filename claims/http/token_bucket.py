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

from django.http import HttpRequest

# So many networks are remembered; an attacker with more cannot fill the memory.
MOST_REMEMBERED = 10_000
MINUTE = 60.0
# Characters of a question: a longer one counts for several.
CHARACTERS_A_READ = 400


class TokenBuckets:
    """Buckets by name: each holds a minute's tokens and fills at an even pace."""

    def __init__(self, clock=monotonic):
        self.clock = clock
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.lock = Lock()

    def wait_for(self, name: str, a_minute: int, tokens: int = 1) -> int:
        """Take tokens; return 0, or after how many seconds there will be so many.

        >>> buckets = TokenBuckets(clock=lambda: 0.0)
        >>> [buckets.wait_for("192.0.2.1/32", 2) for _asked in range(3)]
        [0, 0, 30]
        """
        if a_minute <= 0:
            return 0
        pace = a_minute / MINUTE
        # A full bucket is enough for anything.
        taken = min(tokens, a_minute)
        with self.lock:
            now = self.clock()
            held, then = self.buckets.pop(name, (float(a_minute), now))
            held = min(float(a_minute), held + (now - then) * pace)
            wait = 0 if held >= taken else ceil((taken - held) / pace)
            self.buckets[name] = (held if wait else held - taken, now)
            if len(self.buckets) > MOST_REMEMBERED:
                self.buckets.popitem(last=False)
        return wait


def reads_of(request: HttpRequest) -> int:
    """Return how many reads a question counts for: of a long text, several."""
    try:
        length = max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        length = 0
    length += len(request.META.get("QUERY_STRING", ""))
    return 1 + length // CHARACTERS_A_READ
