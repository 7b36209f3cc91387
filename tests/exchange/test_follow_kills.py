"""Mails to followers while delivery is killed: none lost, none twice, none early.

Over a mail server on this machine. At least once is what SMTP can promise: a mail whose
answer was not noted comes again under the same Message-ID, and only such a one.
"""

import os
import random
import signal
from collections import Counter
from contextlib import suppress
from email.utils import parseaddr

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from claims.desk.following import confirm
from claims.exchange.delivery import deliver_due, identifier_of
from claims.models import Follower, Message, PublicChange
from claims.views import following as view
from tests.database.logins import committed
from tests.exchange.mailbox import mail_server
from tests.exchange.test_delivery_kills import changes_again, in_a_process
from tests.factories import make_published

SHORT, LONG = 4, 200


@pytest.fixture(scope="module")
def claim(django_db_setup, django_db_blocker):
    """A published claim that other processes see."""
    with django_db_blocker.unblock(), committed():
        yield make_published().claim


@pytest.fixture
def mailbox(claim, settings, django_db_blocker):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": "https://desk.example"}
    with django_db_blocker.unblock(), mail_server(settings) as server:
        Follower.objects.all().delete()
        yield server


def followers(count):
    now = timezone.now()
    for number in range(count):
        row = Follower.objects.create(
            address=f"reader{number}@reader.example",
            pace="at_once",
            language="en",
            token=f"token{number}",
            asked_at=now,
        )
        confirm(row.token)


def time_goes_by():
    """Wait for what the dead held, and let every lease end."""
    with transaction.atomic():
        list(Follower.objects.select_for_update())
        list(Message.objects.select_for_update())
        Message.objects.update(leased_until=None, due_at=timezone.now())


def dies_at(count):
    """Return what kills the sender at so many mails of a round."""
    left = [count]

    def dies(session):
        left[0] -= 1
        if not left[0]:
            os.kill(session.server.sender, signal.SIGKILL)

    return dies


def told(mailbox, changes_of):
    """Return the changes that each address was told of, and mails that came again.

    Twice under two ids is what nobody's mail program could tell apart: it fails here.
    """
    seen, found, again = set(), Counter(), 0
    changes_of |= {identifier_of(m): m.changes for m in Message.objects.all()}
    for [address], letter in mailbox.got:
        key = parseaddr(letter["Message-ID"])[1].partition("@")[0]
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        if (address, key) in seen:
            again += 1
            continue
        seen.add((address, key))
        found.update((address, number) for number in changes_of[key])
    assert not [pair for pair, times in found.items() if times > 1]
    return set(found), again


@pytest.mark.parametrize("number", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_no_kill_loses_a_mail_or_sends_another_and_one_click_ends_it(
    claim, mailbox, number
):
    is_long = number > 50
    chance, statement = random.Random(5), 0
    many = 20 if is_long else 2
    followers(many)
    expected, mails, killed, rounds = set(), {}, 0, 0
    staying = [f"reader{n}@reader.example" for n in range(many)]
    while len({m["Message-ID"] for m in mailbox.letters()}) < number:
        rounds += 1
        # Rolled back, it was never published.
        with suppress(ZeroDivisionError), transaction.atomic():
            changes_again(claim)
            raise ZeroDivisionError
        change = changes_again(claim)
        expected |= {(address, change) for address in staying}
        mailbox.before_data = mailbox.after_data = lambda session: None
        how = {}
        match rounds % 4:
            case 0:
                mailbox.before_data = dies_at(chance.randint(2, many))
            case 1:
                mailbox.after_data = dies_at(chance.randint(2, many))
            case _:
                statement = (statement + 7) % 90
                how = {"statement": statement + 1}
        if chance.random() < 0.1:
            how = {"after": chance.uniform(0.001, 0.2)}
        killed += in_a_process(mailbox, deliver_due, **how)
        time_goes_by()
        told(mailbox, mails)
    assert killed
    mailbox.before_data = mailbox.after_data = lambda session: None
    deliver_due()
    time_goes_by()
    deliver_due()
    got, again = told(mailbox, mails)
    assert got == expected
    # Each kill leaves one mail at most of which nobody noted that it arrived.
    assert again <= killed
    # One click ends it, for one of them.
    view.buckets.buckets.clear()
    Client().post("/follow/leave/token0/", {"List-Unsubscribe": "One-Click"})
    last = changes_again(claim)
    deliver_due()
    got, _again = told(mailbox, mails)
    assert got - expected == {(address, last) for address in staying[1:]}


@pytest.mark.slow
def test_a_careless_cursor_loses_what_it_passes_too_early(claim, mailbox):
    """The control: moved on before its mail is queued, a follower is never told."""
    followers(1)
    change = changes_again(claim)

    def careless():
        Follower.objects.update(last_change=change)
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_process(mailbox, careless)
    deliver_due()
    assert PublicChange.objects.filter(number=change).exists()
    assert told(mailbox, {}) == (set(), 0)
