"""How long a sign-in lasts: idle for twelve hours at most, seven days in all."""

import time
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, OperationalError

BEGAN, SEEN = "began", "seen"
# Seconds within which nothing is written about a session that goes on being used.
FRESH = 600


def limited_sessions(get_response):
    """End a sign-in that was idle for too long, or that began too long ago.

    The limits are SESSION_IDLE and SESSION_COOKIE_AGE, in seconds. A request of
    somebody who is not signed in asks nothing of the database.
    """

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # While the database is away, whoever asks it next says so.
            with suppress(OperationalError):
                _limit(request.session)
        return get_response(request)

    return middleware


def _limit(session):
    if SESSION_KEY not in session:
        return
    now = int(time.time())
    # A session of before there were limits begins with its next request.
    began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
    idle = now - seen
    if idle >= settings.SESSION_IDLE or now - began >= settings.SESSION_COOKIE_AGE:
        session.flush()
    elif SEEN not in session or idle >= FRESH:
        session[SEEN] = now
        # Now, and not with the answer: Django would take a database that cannot write
        # for a session that somebody ended. The next request notes it then.
        try:
            session.save()
        except (UpdateError, DatabaseError):
            pass
        finally:
            session.modified = False
