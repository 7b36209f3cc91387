"""The state of a verdict as readers see it: of a claim, a publication, a rating."""

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from claims.models import Claim, Rating
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED
from tests.factories import (
    make_claim,
    make_published,
    retract,
)

pytestmark = pytest.mark.django_db


def state_of(claim):
    return Claim.objects.get(pk=claim.pk).verdict_state


def test_a_claim_goes_from_not_reviewed_to_a_rating_to_retracted():
    claim = make_claim()
    assert state_of(claim) == NOT_REVIEWED
    publication = make_published(claim, rating="mixed")
    assert state_of(claim) == publication.verdict_state
    assert state_of(claim) == publication.rating.verdict_state
    assert state_of(claim).is_in_force
    retract(claim.verdict, reason="Wrong.")
    assert state_of(claim) == RETRACTED
    assert publication.verdict_state.slug == "mixed"


def test_what_is_published_keeps_its_label_when_the_scale_is_reworded():
    publication = make_published(rating="mixed")
    rating = publication.rating
    rating.label = "Half true"
    with pytest.raises(IntegrityError, match="stands under verdicts"), atomic():
        rating.save()
    # A new wording is a rating of its own.
    Rating.objects.filter(pk=rating.pk).update(retired=True)
    Rating.objects.create(
        label="Half true",
        slug="half-true",
        value=rating.value,
        bucket=rating.bucket,
        definition="Half of it holds.",
        sign=rating.sign,
    )
    assert state_of(publication.claim).label == "Mixed"
    assert make_published(rating="half-true").verdict_state.label == "Half true"


def test_a_claim_in_a_list_tells_its_state_without_another_query(
    django_assert_num_queries,
):
    for rating in ("mixed", "true"):
        make_published(rating=rating)
    make_claim()
    with django_assert_num_queries(1):
        found = [c.verdict_state.slug for c in Claim.objects.for_listing()]
    assert sorted(found) == ["mixed", "none", "true"]
