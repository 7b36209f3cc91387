"""Mails of notices while their delivery is killed anywhere: none lost, none changed."""

import os
import random
import re
import signal
from contextlib import suppress

import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.utils import timezone

from claims.desk.notices import notify
from claims.exchange.delivery import deliver_due
from claims.models import Message, Notice, Topic
from claims.models.choices import NoticeKind
from tests.database.logins import committed
from tests.exchange.mailbox import mail_server
from tests.exchange.test_delivery_kills import in_a_process
from tests.factories import make_claim, make_user

SHORT, LONG = 5, 150
ITS_NOTICE = re.compile(r"/admin/claims/notice/(\d+)/change/")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A claim and people to be told of it, whom other processes see."""
    with django_db_blocker.unblock(), committed():
        people = [
            make_user("Annotators", email=f"a{number}@desk.example")
            for number in range(2)
        ]
        yield make_claim(), people


@pytest.fixture
def mailbox(told, settings, django_db_blocker):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": "https://desk.example"}
    settings.DIGEST_HOUR = 24
    with django_db_blocker.unblock(), mail_server(settings) as server:
        yield server


def happens(claim, people):
    """Tell of something that is kept, and of something that is rolled back."""
    with transaction.atomic():
        notify(NoticeKind.DEADLINE, claim, to=people)
        kept = set(Notice.objects.filter(mail_key="").values_list("pk", flat=True))
    with suppress(ZeroDivisionError), transaction.atomic():
        notify(NoticeKind.DEADLINE, claim, to=people)
        raise ZeroDivisionError
    return kept


def time_goes_by():
    """Wait for what the dead held, and let every lease and rest end."""
    with transaction.atomic():
        list(Notice.objects.select_for_update())
        list(Message.objects.select_for_update())
        Message.objects.update(leased_until=None, due_at=timezone.now())


def check_whole(mailbox, kept):
    """Each mail tells whole notices that are kept, each under one id, to its person."""
    owners = dict(Notice.objects.values_list("pk", "user__email"))
    ids = {}
    for [recipient], letter in mailbox.got:
        text = letter.get_content()
        assert "What you are told by mail" in text
        for number in map(int, ITS_NOTICE.findall(text)):
            assert number in kept
            assert owners[number] == recipient
            ids.setdefault(number, set()).add(letter["Message-ID"])
    assert all(len(each) == 1 for each in ids.values())
    return set(ids)


def dies(session):
    os.kill(session.server.sender, signal.SIGKILL)


@pytest.mark.parametrize("number", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_no_kill_loses_or_changes_a_mail(told, mailbox, number):
    chance, step, statement = random.Random(3), 1 if number > 50 else 5, 0
    kept, done, rounds = set(), 0, 0
    while done < number:
        kept |= happens(*told)
        rounds += 1
        mailbox.before_data = mailbox.after_data = lambda session: None
        how = {}
        match rounds % 4:
            case 0:
                mailbox.before_data = dies
            case 1:
                mailbox.after_data = dies
            case _:
                statement = (statement + step) % 50
                how = {"statement": statement + 1}
        if chance.random() < 0.1:
            how = {"after": chance.uniform(0.001, 0.05)}
        done += in_a_process(mailbox, deliver_due, **how)
        time_goes_by()
        check_whole(mailbox, kept)
    mailbox.before_data = mailbox.after_data = lambda session: None
    deliver_due()
    time_goes_by()
    deliver_due()
    assert check_whole(mailbox, kept) == kept
    assert not Message.objects.exclude(sent_at__isnull=False).exists()
    # At least once: a mail comes again where its answer was not noted, and only there.
    assert len(mailbox.got) < 2 * len(kept)


def test_a_careless_delivery_loses_what_it_marks_too_early(told, mailbox):
    """The control: marked as mailed before it is queued, a notice is gone."""
    kept = happens(*told)

    def careless():
        Notice.objects.filter(pk__in=kept).update(mail_key="gone")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_process(mailbox, careless)
    deliver_due()
    assert check_whole(mailbox, kept) & kept == set()


@pytest.mark.slow
def test_two_at_once_send_each_notice_once(told, mailbox):
    kept = happens(*told)
    senders = []
    for _sender in range(2):
        kept |= happens(*told)
        senders.append(os.fork())
        if not senders[-1]:
            try:
                connections[DEFAULT_DB_ALIAS] = connections.create_connection(
                    DEFAULT_DB_ALIAS
                )
                deliver_due()
            finally:
                os._exit(0)
    for sender in senders:
        os.waitpid(sender, 0)
    time_goes_by()
    deliver_due()
    said = [n for m in mailbox.letters() for n in ITS_NOTICE.findall(m.get_content())]
    assert len(said) == len(set(said))
    assert kept <= set(map(int, said))


@pytest.mark.slow
def test_a_connection_lost_while_people_are_told_is_no_success(told, mailbox):
    """Swallowed, it would undo in silence what the notices tell of."""
    claim, people = told

    def cut_off(execute, sql, *rest):
        if "claims_noticechoice" in sql:
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, *rest[1:])
        return execute(sql, *rest)

    lost = pytest.raises(OperationalError)
    with connection.execute_wrapper(cut_off), lost, transaction.atomic():
        Topic.objects.create(name="Piers", slug="piers")
        notify(NoticeKind.DEADLINE, claim, to=people)
    connection.close()
    assert not Topic.objects.filter(slug="piers").exists()
