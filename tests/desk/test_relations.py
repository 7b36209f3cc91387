"""Relations of claims: suggested, decided by a person, and what repeats is kept."""

import pytest
from django.db import IntegrityError, transaction

from claims.desk.relations import (
    RelationRefused,
    confirm,
    confirm_repeat,
    dismiss,
    reject,
    suggest,
    undo,
)
from claims.exceptions import NotPermitted
from claims.models import Change, Claim, ClaimRelation, PublicClaim, acting
from claims.models.choices import ClaimStatus
from claims.models.constraints import refusal_for
from tests.factories import make_article, make_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def said(article):
    """Make a listed claim of one article."""
    return lambda **fields: make_claim(article=article, **fields)


@pytest.fixture
def editor():
    return make_user("Annotators")


def first_of(*claims):
    return [Claim.objects.get(pk=claim.pk).repeats_id for claim in claims]


def shown(*claims):
    return [PublicClaim.objects.get(pk=claim.pk).repeats_id for claim in claims]


def test_the_program_suggests_and_only_a_person_links(said, editor):
    one, two = said(), said()
    relation = suggest("repeats", two, one, score=3.5, tier="very close")
    assert (relation.suggested_by, relation.is_suggested) == (None, True)
    assert first_of(two) == shown(two) == [None]
    confirm(relation, by=editor)
    assert first_of(two) == shown(two) == [one.pk]
    relation.refresh_from_db()
    assert (relation.decided_by, relation.is_confirmed) == (editor, True)
    told = Change.objects.filter(table="claimrelation", row=relation.pk)
    assert [each.actor for each in told.order_by("id")] == [None, editor]


def test_a_rejected_pair_is_never_suggested_again(said, editor):
    one, two = said(), said()
    relation = dismiss(two, one, by=editor)
    assert relation.is_rejected
    for again in (
        suggest("repeats", two, one),
        suggest("repeats", one, two, by=editor),
        dismiss(two, one, by=editor),
    ):
        assert (again, again.is_rejected) == (relation, True)
    # Another kind is another question, and contradictions have no direction.
    other = reject(suggest("contradicts", one, two), by=editor)
    assert suggest("contradicts", two, one) == other
    assert suggest("supports", two, one) != suggest("supports", one, two)
    # A person may think better of it.
    assert confirm_repeat(two, one, by=editor) == relation
    assert first_of(two) == [one.pk]


def test_saying_twice_that_a_claim_repeats_one_says_it_once(said, editor):
    one, two, three = said(), said(), said()
    relation = confirm_repeat(two, one, by=editor)
    assert confirm_repeat(two, one, by=make_user("Editors")) == relation
    relation.refresh_from_db()
    assert relation.decided_by == editor
    later = confirm_repeat(three, two, by=editor)
    # Both are known to say what the first said.
    assert confirm_repeat(three, one, by=editor) == later
    assert ClaimRelation.objects.count() == 2


def test_a_repeat_of_a_repeat_points_at_the_first(said, editor):
    one, two, three, four = said(), said(), said(), said()
    confirm_repeat(three, two, by=editor)
    confirm_repeat(four, three, by=editor)
    assert first_of(two, three, four) == [None, two.pk, two.pk]
    link = confirm_repeat(two, one, by=editor)
    assert first_of(one, two, three, four) == [None, one.pk, one.pk, one.pk]
    assert shown(one, two, three, four) == first_of(one, two, three, four)
    undo(link, by=editor)
    assert first_of(two, three, four) == [None, two.pk, two.pk]
    assert shown(two, three, four) == [None, two.pk, two.pk]
    link.refresh_from_db()
    assert (link.is_suggested, link.decided_by) == (True, None)


def test_claims_never_repeat_one_another_in_a_ring_nor_themselves(said, editor):
    one, two, three = said(), said(), said()
    confirm_repeat(two, one, by=editor)
    confirm_repeat(three, two, by=editor)
    # Said already: both repeat the first, so nothing is stored.
    with pytest.raises(RelationRefused, match="repeats this one already"):
        confirm_repeat(one, three, by=editor)
    with pytest.raises(RelationRefused, match="no relation to itself"):
        suggest("supports", one, one, by=editor)
    with pytest.raises(RelationRefused, match="Undo that first"):
        confirm_repeat(two, said(), by=editor)
    assert first_of(one, two, three) == [None, one.pk, one.pk]
    assert not ClaimRelation.objects.suggested().exists()


def test_what_is_confirmed_is_undone_before_it_is_rejected(said, editor):
    relation = confirm_repeat(said(), said(), by=editor)
    with pytest.raises(RelationRefused, match="Undo that first"):
        reject(relation, by=editor)
    reject(undo(relation, by=editor), by=editor)
    relation.refresh_from_db()
    assert relation.is_rejected


def test_a_rejected_claim_is_related_to_nothing(said, editor):
    claim, rejected = said(), said(status=ClaimStatus.REJECTED)
    with pytest.raises(RelationRefused, match="was rejected"):
        suggest("supports", claim, rejected, by=editor)


def test_who_may_not_change_claims_decides_nothing(said):
    one, two, nobody = said(), said(), make_user()
    relation = suggest("repeats", two, one)
    for step in (
        lambda: suggest("supports", two, one, by=nobody),
        lambda: confirm(relation, by=nobody),
        lambda: reject(relation, by=nobody),
        lambda: undo(relation, by=nobody),
        lambda: confirm_repeat(two, one, by=nobody),
        lambda: dismiss(two, one, by=nobody),
    ):
        with pytest.raises(NotPermitted, match="may not change claims"):
            step()
    assert ClaimRelation.objects.get().is_suggested


def test_a_link_is_no_edit_of_the_claim_that_somebody_has_open(said, editor):
    one, two = said(), said()
    confirm_repeat(two, one, by=editor)
    assert Claim.objects.get(pk=two.pk).version == two.version


@pytest.mark.parametrize(
    ("rule", "write"),
    [
        (
            "claim_repeats_as_confirmed",
            lambda row: Claim.objects.filter(pk=row.claim_id).update(repeats=row.to),
        ),
        (
            "relation_stays_what_it_is",
            lambda row: ClaimRelation.objects.update(claim=row.to, to=row.claim),
        ),
        (
            "relation_is_decided_by_somebody",
            lambda row: ClaimRelation.objects.update(
                state="confirmed", decided_at=row.suggested_at
            ),
        ),
        (
            "relation_decision_has_its_time",
            lambda row: ClaimRelation.objects.update(decided_at=row.suggested_at),
        ),
    ],
)
def test_the_database_refuses(rule, write, said, editor):
    row = suggest("repeats", said(), said())
    with pytest.raises(IntegrityError) as error, transaction.atomic(), acting(editor):
        write(row)
    assert refusal_for(error.value).rule == rule
