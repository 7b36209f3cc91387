"""Delivery that is killed anywhere: nothing lost, nothing early, nothing half."""

import os
import random
import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone

from claims.desk.outbox import note_sent, queue_changes, subscribe, take_next
from claims.exchange.delivery import deliver_due, send
from claims.models import Message, PublicChange, Subscription
from claims.models.outbox import EVENTS
from tests.database.logins import committed
from tests.exchange.receiver import receiving
from tests.factories import make_published

SHORT, LONG = 4, 200


@pytest.fixture(scope="module")
def claim(django_db_setup, django_db_blocker):
    """A published claim that other processes see."""
    with django_db_blocker.unblock(), committed():
        yield make_published().claim


@pytest.fixture
def told(claim, settings, django_db_blocker):
    """The receiver of a subscription of its own."""
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": "https://desk.example"}
    settings.WEBHOOKS_PRIVATE = True
    with django_db_blocker.unblock(), receiving() as receiver:
        Subscription.objects.all().delete()
        hook = Subscription(channel="webhook", address=receiver.url, events=[*EVENTS])
        subscribe(hook)
        receiver.reader = verifying(hook.secret)
        yield receiver


def verifying(secret):
    reader = pytest.importorskip("standardwebhooks", reason="the extra test has it")
    return reader.Webhook(secret)


def changes_again(claim):
    """Have readers see a change, written past all code of the desk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH counter AS (UPDATE claims_changecounter SET number = number + 1,"
            " at = clock_timestamp() RETURNING number, at)"
            " INSERT INTO claims_publicchange (number, kind, claim_id, at)"
            " SELECT number, 'corrected', %s, at FROM counter RETURNING number",
            [claim.pk],
        )
        return cursor.fetchone()[0]


# --- Another process, and its end ----------------------------------------------------


def in_a_process(receiver, deliver, *, statement=None, after=0.0):
    """Deliver in a process of its own; return whether it was killed.

    It is killed at a statement (an odd one before it, an even one once it was run),
    after some seconds, or by the receiver, which knows its number.
    """
    receiver.sender = os.fork()
    if not receiver.sender:
        code = 1
        try:
            # The parent's connection is its own.
            connections[DEFAULT_DB_ALIAS] = connections.create_connection(
                DEFAULT_DB_ALIAS
            )
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, after)
            with connections[DEFAULT_DB_ALIAS].execute_wrapper(Killer(statement)):
                deliver()
            code = 0
        finally:
            os._exit(code)
    _pid, status = os.waitpid(receiver.sender, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


class Killer:
    """Kills its own process at the n-th statement."""

    def __init__(self, statement):
        self.left = statement

    def __call__(self, execute, *statement):
        self.count()
        result = execute(*statement)
        self.count()
        return result

    def count(self):
        if self.left is not None:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def dies_before_reading(handler):
    os.kill(handler.server.sender, signal.SIGKILL)


def dies_in_the_middle(handler):
    handler.rfile.read(5)
    os.kill(handler.server.sender, signal.SIGKILL)


def dies_unanswered(handler):
    handler.keep()
    os.kill(handler.server.sender, signal.SIGKILL)


def dies_answered(handler):
    handler.keep()
    handler.answer(200)
    os.kill(handler.server.sender, signal.SIGKILL)


DEATHS = [dies_before_reading, dies_in_the_middle, dies_unanswered, dies_answered]


def time_goes_by():
    """Wait for what the dead held, and let every lease and rest end."""
    with transaction.atomic():
        list(Subscription.objects.select_for_update())
        list(Message.objects.select_for_update())
        Message.objects.update(leased_until=None, due_at=timezone.now())
        Subscription.objects.update(paused_until=None)


# --- What must hold ------------------------------------------------------------------


def check_whole(receiver, published):
    """Each that came is whole, signed and committed, and one change has one id."""
    ids = {}
    for _path, headers, body in receiver.got:
        data = receiver.reader.verify(body, dict(headers))["data"]
        assert data["change"] in published
        assert (
            ids.setdefault(data["change"], headers["webhook-id"])
            == (headers["webhook-id"])
        )
    return ids


def kills(receiver, claim, number, deliver):
    """Kill so many deliveries at all kinds of points; return what was published."""
    published, done = set(), 0
    points = points_of_death(random.Random(7), number)
    while done < number:
        published |= {changes_again(claim), changes_again(claim)}
        kind, value = next(points)
        receiver.answers = [value, 200] if kind == "answer" else [200]
        how = {kind: value} if kind != "answer" else {}
        done += in_a_process(receiver, deliver, **how)
        time_goes_by()
        check_whole(receiver, published)
    receiver.answers = [200]
    return published


def points_of_death(chance, number):
    """Yield where to kill: each statement in turn, each moment of a request, any time.

    With few kills to make, the statements are taken with gaps.
    """
    step = 1 if number > 50 else 7
    statement = 0
    while True:
        for _twice in range(2):
            statement = (statement + step) % 60
            yield "statement", statement + 1
        yield "answer", chance.choice(DEATHS)
        yield "after", chance.uniform(0.001, 0.08)


@pytest.mark.parametrize("number", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_no_kill_loses_or_doubles_a_message(told, claim, number):
    published = kills(told, claim, number, deliver_due)
    while Message.objects.exclude(sent_at__isnull=False).exists() or queue_changes():
        time_goes_by()
        deliver_due()
    assert set(check_whole(told, published)) == published
    assert Message.objects.count() == len(published)
    # At least once: a message may come again where its answer was not noted, and
    # only there.
    assert len(told.got) < 2 * len(published)


def careless():
    """Note as sent first, and send then: what no delivery may do."""
    queue_changes()
    while (message := take_next(timedelta(minutes=5))) is not None:
        note_sent(message)
        send(message)


def test_the_control_loses_what_it_notes_too_early(told, claim):
    published = {changes_again(claim)}
    told.answers = [dies_before_reading, 200]
    assert in_a_process(told, careless)
    time_goes_by()
    assert not in_a_process(told, deliver_due)
    assert published - set(check_whole(told, published))


def test_what_is_not_committed_is_not_told_and_keeps_nobody_waiting(told, claim):
    first = changes_again(claim)
    with transaction.atomic():
        changes_again(claim)
        assert not in_a_process(told, deliver_due)
        assert set(check_whole(told, {first})) == {first}
        transaction.set_rollback(True)
    second = changes_again(claim)
    assert not in_a_process(told, deliver_due)
    assert set(check_whole(told, {first, second})) == {first, second}


# --- The command, as a service runs it -----------------------------------------------


def started(receiver):
    """Start the command in a process of its own; return its number."""
    pid = os.fork()
    if not pid:
        code = 1
        connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            call_command("deliver", every=1)
            code = 0
        finally:
            os._exit(code)
    return pid


def test_a_service_that_is_stopped_ends_with_the_message_under_way(told, claim):
    answered = threading.Event()

    def slow(handler):
        handler.keep()
        answered.wait(10)
        handler.answer(200)

    told.answers = [slow, 200]
    changes_again(claim)
    changes_again(claim)
    service = started(told)
    assert told.came.acquire(timeout=20)
    os.kill(service, signal.SIGTERM)
    answered.set()
    assert os.waitpid(service, 0)[1] == 0
    assert len(told.got) == 1
    assert sorted(m.state for m in Message.objects.all()) == ["sent", "waiting"]


@pytest.mark.slow
def test_a_service_goes_on_when_the_database_was_away(told, claim):
    first = changes_again(claim)
    service = started(told)
    try:
        assert told.came.acquire(timeout=20)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
            assert cursor.fetchone()[0] == 1
        second = changes_again(claim)
        # The first one may come again: its answer was perhaps not noted.
        while second not in check_whole(told, {first, second}):
            assert told.came.acquire(timeout=20)
            Message.objects.update(leased_until=None)
    finally:
        os.kill(service, signal.SIGTERM)
        assert os.waitpid(service, 0)[1] == 0


@pytest.mark.slow
def test_several_at_once_send_each_message_once(told, claim):
    published = {changes_again(claim) for _number in range(16)}
    senders = []
    for _sender in range(4):
        senders.append(os.fork())
        if not senders[-1]:
            connections[DEFAULT_DB_ALIAS] = connections.create_connection(
                DEFAULT_DB_ALIAS
            )
            deliver_due()
            os._exit(0)
    for sender in senders:
        os.waitpid(sender, 0)
    assert set(check_whole(told, published)) == published
    assert len(told.got) == len(published)
    assert PublicChange.objects.filter(number__in=published).count() == len(published)
