"""How far behind a replica is taken to be, and who is read first."""

import time

import pytest
from django.core.signals import request_started
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import RequestFactory, override_settings

from factcheck.database.replicas import Heard, Replicas, Trail
from factcheck.database_router import SIGNED_IN


def trail(*samples):
    made = Trail()
    for at, place in samples:
        made.add(Heard(at, place, follows=False))
    return made


@override_settings(REPLICA_LAG=5)
@pytest.mark.parametrize(
    ("primary", "heard_at", "place", "delay"),
    [
        # All that the primary had is there; at rest it has no more for hours.
        ([(1, 100), (2, 100)], 2.5, 100, 0),
        ([(1, 100), (2, 100)], 9_000, 100, 0),
        # Since then the primary was seen further.
        ([(1, 100), (2, 120), (3, 140)], 3.5, 110, 1.5),
        ([(1, 100), (2, 120), (3, 140)], 3.5, 120, 0.5),
        # What the primary wrote after the replica was heard of proves nothing.
        ([(1, 100), (2, 120)], 1.5, 100, 0),
        # The primary is gone: who has its last is not behind, who has not is more so.
        ([(1, 100), (2, 120)], 60, 120, 0),
        ([(1, 100), (2, 120)], 60, 119, 58),
        # Another was promoted that never had the last.
        ([(1, 100), (2, 120), (3, 110)], 3.5, 110, 0),
        ([], 5, 0, 0),
    ],
)
def test_a_replica_is_behind_since_the_primary_was_seen_further(
    primary, heard_at, place, delay
):
    heard = Heard(heard_at, place, follows=True)
    assert trail(*primary).delay_of(heard) == delay


@override_settings(REPLICA_LAG=5)
def test_a_primary_is_remembered_no_longer_than_a_delay_may_be():
    made = trail(*((at, at * 10) for at in range(1_000)))
    assert made.delay_of(Heard(999.5, 0, follows=True)) < 20


@pytest.fixture
def replicas(monkeypatch):
    """Three replicas of the settings, which nobody asks."""
    known = {alias: {} for alias in ("default", "replica_1", "replica_2", "replica_3")}
    monkeypatch.setattr(connections, "settings", known)
    monkeypatch.setattr("factcheck.database.replicas.Watch.keep_on", lambda _self: None)
    return Replicas()


def hears(replicas, alias, *, ago=0.0, place=100, follows=True):
    known = replicas.primary if alias == DEFAULT_DB_ALIAS else replicas.watch(alias)
    known.note(Heard(time.monotonic() - ago, place, follows))


@override_settings(REPLICA_LAG=5)
def test_who_keeps_up_comes_first_and_who_is_left_out_last(replicas):
    hears(replicas, DEFAULT_DB_ALIAS, ago=9, place=100, follows=False)
    hears(replicas, "replica_1", place=90)
    hears(replicas, "replica_2", place=100)
    assert replicas.in_order() == ["replica_2", "default", "replica_1", "replica_3"]
    # Promoted.
    hears(replicas, "replica_2", follows=False)
    assert replicas.in_order() == ["default", "replica_2", "replica_1", "replica_3"]
    # Not heard of any more, and back again.
    hears(replicas, "replica_1", ago=60)
    hears(replicas, "replica_3", place=100)
    assert replicas.in_order()[:3] == ["replica_3", "default", "replica_2"]
    hears(replicas, "replica_1", place=101)
    assert set(replicas.in_order()[:2]) == {"replica_1", "replica_3"}


def test_readers_are_shared_out(replicas):
    for alias in replicas.aliases:
        hears(replicas, alias)
    assert {replicas.in_order()[0] for _each in range(100)} == set(replicas.aliases)


# Whoever hears of a request looks after its connections.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookies", "is_signed_in"), [("a=b; sessionid=c", True), ("a=b", False)]
)
def test_who_is_signed_in_stays_on_the_primary_whatever_becomes_of_the_cookie(
    cookies, is_signed_in
):
    environ = RequestFactory().get("/", headers={"Cookie": cookies}).META
    request_started.send(sender=None, environ=environ)
    del environ["HTTP_COOKIE"]
    assert environ[SIGNED_IN] == is_signed_in
