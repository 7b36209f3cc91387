"""Who acts is who the history names."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from claims.models import (
    Change,
    Outlet,
    acting,
)
from tests.factories import make_outlet, make_user

# Written by readers, at sign-in, while somebody looks on, and by triggers.
NOBODYS = {"claims_presence", "claims_logintry", "claims_change"}


def write(name="Harbour Post"):
    return make_outlet(name).pk


def actor_of(row):
    return Change.objects.get(table="outlet", row=row).actor


# --- Named --------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_history_names_who_acts_and_nested_who_acts_within():
    one, other = make_user(), make_user()
    with acting(one):
        before = write("Before")
        with acting(other):
            within = write("Within")
        after = write("After")
    alone = write("Alone")
    named = [actor_of(row) for row in (before, within, after, alone)]
    assert named == [one, other, one, None]


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_acts_as_nobody_also_within_somebodys_block(nobody):
    with acting(make_user()), acting(nobody):
        row = write()
    assert actor_of(row) is None


@pytest.mark.django_db
def test_a_write_that_failed_leaves_nobody_named():
    with pytest.raises(IntegrityError), transaction.atomic(), acting(make_user()):
        Outlet.objects.create(name="Twice", slug="twice")
        Outlet.objects.create(name="Twice", slug="twice")
    assert actor_of(write()) is None


@pytest.mark.django_db(transaction=True)
def test_each_transaction_of_somebodys_block_names_them_and_a_lone_statement_nobody():
    somebody = make_user()
    with acting(somebody):
        with transaction.atomic():
            within = write("Within")
        with transaction.atomic():
            again = write("Again")
        Outlet.objects.filter(pk=again).update(homepage="https://post.example/")
    lone = Change.objects.get(table="outlet", row=again, operation="update")
    assert [actor_of(within), lone.actor] == [somebody, None]
