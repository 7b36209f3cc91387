"""Limits of time: how long a connection is waited for, and who waits without a limit.

How long a statement, a lock or an idle transaction may take is a default of each role
(roles.py), so that it holds behind a pooler. Commands lift it for their transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

# Seconds, where the settings say nothing; 0: no limit.
DEFAULTS = {
    "STATEMENT_TIMEOUT": 20,
    "PUBLIC_STATEMENT_TIMEOUT": 15,
    "LOCK_TIMEOUT": 5,
    "IDLE_TIMEOUT": 60,
    "CONNECT_TIMEOUT": 3,
}
LIFTED = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

_is_unhurried = ContextVar("is_unhurried", default=False)


def seconds(name: str) -> int:
    """Return a limit of the settings, or its default."""
    return getattr(settings, "DATABASE_LIMITS", DEFAULTS)[name]


def connection_params() -> dict[str, int]:
    """Return the driver's parameters by which a server that is gone is noticed.

    Those of TCP mean nothing to a socket of this machine.
    """
    return {
        "connect_timeout": seconds("CONNECT_TIMEOUT"),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    }


@contextmanager
def unhurried() -> Iterator[None]:
    """Lift the limits for the transactions of this block, as a long command needs it.

    Threads started within begin with the limits.
    """
    token = _is_unhurried.set(True)
    try:
        yield
    finally:
        _is_unhurried.reset(token)


def lifted() -> tuple[str, ...]:
    """Return the settings that a transaction which begins now lifts."""
    return LIFTED if _is_unhurried.get() else ()
