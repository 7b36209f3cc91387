"""Whether the addresses of evidence still answer: asked for one by one, politely.

HEAD first, GET where a server does not take that; of the answer nothing but its status
is read. Each hop of a redirection is judged anew: none leads into a private network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk.evidence_health import is_dead, key_of
from claims.desk.notices import tell_of_dead_link
from claims.exchange.webhooks import NotDelivered, answer_of, check_address
from claims.models import Evidence, LinkCheck
from claims.models.choices import LinkState, VerdictStatus

# Seconds for one address, all its redirections together.
PATIENCE = 20
HOPS = 5
GONE = {404, 410}
REDIRECTS = {301, 302, 303, 307, 308}
# What failed is asked for again sooner than what answered.
AGAIN_AFTER_FAILURE = timedelta(days=2)
CHUNK = 500


class Answer(NamedTuple):
    """What came of asking for an address: its state, status and problem."""

    state: LinkState
    status: int | None = None
    problem: str = ""


class Asked(NamedTuple):
    """How many addresses answered, are gone, or gave no clear answer."""

    alive: int
    gone: int
    unclear: int


# --- Which are due --------------------------------------------------------------------


def due(today: date) -> list[str]:
    """Return the addresses of published evidence to be asked for, oldest first.

    Archived copies too. What nobody has asked for yet comes first.
    """
    rows = Evidence.objects.filter(verdict__status=VerdictStatus.PUBLISHED)
    known = dict(LinkCheck.objects.values_list("url", "checked_on"))
    fresh = _fresh(today)
    found = {}
    for pair in rows.values_list("url", "archived_url").iterator(chunk_size=CHUNK):
        for url in filter(None, pair):
            if url not in fresh:
                found[url] = known.get(url, date.min)
    return sorted(found, key=lambda url: (found[url], url))


def _fresh(today):
    """Return the addresses that need not be asked for yet."""
    again = today - timedelta(days=settings.CHECK_LINKS_DAYS)
    is_fresh = Q(state=LinkState.ALIVE, checked_on__gt=again) | Q(
        ~Q(state=LinkState.ALIVE), checked_on__gt=today - AGAIN_AFTER_FAILURE
    )
    return set(LinkCheck.objects.filter(is_fresh).values_list("url", flat=True))


def forget_unused() -> int:
    """Delete the checks of addresses that no evidence has any more."""
    used: set[str] = set()
    for pair in Evidence.objects.values_list("url", "archived_url").iterator():
        used |= {key_of(url) for url in pair if url}
    stored = LinkCheck.objects.values_list("key", flat=True)
    unused = [key for key in stored if key not in used]
    return LinkCheck.objects.filter(key__in=unused).delete()[0]


def in_turn(urls: list[str], pause: float) -> Iterator[tuple[str, float]]:
    """Yield addresses host by host in turn, each with the seconds to wait before.

    No host is asked twice within the pause; meanwhile others are.
    """
    waiting: dict[str, list[str]] = {}
    for url in reversed(urls):
        waiting.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    free = dict.fromkeys(reversed(waiting), float("-inf"))
    while free:
        host = min(free, key=lambda name: free[name])
        wait = max(0.0, free[host] - time.monotonic())
        yield waiting[host].pop(), wait
        if waiting[host]:
            free[host] = time.monotonic() + pause
        else:
            del free[host]


# --- Asking ---------------------------------------------------------------------------


def check_due(
    *,
    limit: int | None = None,
    pause: float = 2,
    wait: Callable[[float], bool | None] = lambda seconds: time.sleep(seconds),
) -> Asked:
    """Ask for what is due, store each answer, and return how many were which.

    `wait` may end it by returning True: what was asked for is stored by then.
    """
    today = timezone.localdate()
    states = []
    for url, seconds in in_turn(due(today)[:limit], pause):
        if wait(seconds):
            break
        answer = ask(url, may_be_private=settings.CHECK_LINKS_PRIVATE)
        store(url, answer, today)
        states.append(answer.state)
    return Asked(
        *(states.count(s) for s in (LinkState.ALIVE, LinkState.GONE, LinkState.UNCLEAR))
    )


def store(url: str, answer: Answer, today: date) -> None:
    """Write down what came of asking for an address on a day; tell of a dead one."""
    check = LinkCheck.objects.filter(key=key_of(url)).first()
    check = check or LinkCheck(key=key_of(url), url=url)
    check.state, check.status = answer.state, answer.status
    check.problem, check.checked_on = answer.problem[:200], today
    if answer.state == LinkState.ALIVE:
        check.failures, check.failing_since = 0, None
    else:
        check.failures += 1
        check.failing_since = check.failing_since or today
    with transaction.atomic():
        check.save()
        if is_dead(check):
            tell_of_dead_link(check)


def ask(url: str, *, may_be_private: bool, patience: float = PATIENCE) -> Answer:
    """Return what an address answers, after its redirections."""
    deadline = time.monotonic() + patience
    for _hop in range(HOPS + 1):
        try:
            # Evidence may stand on plain HTTP: only who is asked is judged.
            check_address(url, may_be_private=True)
            status, location = _status(url, deadline, may_be_private=may_be_private)
        except ValidationError as refusal:
            return Answer(LinkState.UNCLEAR, None, " ".join(refusal.messages))
        except NotDelivered as refusal:
            return Answer(LinkState.UNCLEAR, None, str(refusal))
        if status not in REDIRECTS or not location:
            return _answer(status)
        url = urljoin(url, location)
    return Answer(LinkState.UNCLEAR, status, _("It redirects again and again."))


def _answer(status):
    if 200 <= status < 300:
        return Answer(LinkState.ALIVE, status)
    problem = _("The answer was HTTP %(status)s.") % {"status": status}
    return Answer(
        LinkState.GONE if status in GONE else LinkState.UNCLEAR, status, problem
    )


def _status(url, deadline, *, may_be_private):
    """Return status and Location of an answer; HEAD is believed where it is good."""
    status, location = 0, ""
    # A server that hangs at HEAD leaves GET its time.
    halfway = (time.monotonic() + deadline) / 2
    for method, until in (("HEAD", halfway), ("GET", deadline)):
        try:
            status, location = _request(method, url, until, may_be_private)
        except NotDelivered:
            if method == "GET":
                raise
            continue
        if 200 <= status < 400:
            break
    return status, location


def _request(method, url, deadline, may_be_private):
    headers = {"User-Agent": "factcheck-workbench (link check)", "Accept": "*/*"}
    status, answered = answer_of(
        (method, url, None, headers), deadline, may_be_private=may_be_private
    )
    return status, answered.get("Location", "")
