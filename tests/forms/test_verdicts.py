"""A verdict is given one of the ratings in use, and keeps one that is retired."""

import pytest

from claims.forms.verdicts import EvidenceForm, VerdictForm, verdict_writers
from claims.models import Rating, Verdict
from tests.factories import make_user, make_verdict

pytestmark = pytest.mark.django_db


def choices(verdict):
    form = VerdictForm(instance=verdict)
    return set(form.fields["rating"].queryset.values_list("slug", flat=True))


def test_a_retired_rating_stays_with_the_verdict_that_has_it_and_no_other():
    retired, kept = make_verdict(rating="mixed"), make_verdict(rating="false")
    Rating.objects.filter(slug="mixed").update(retired=True)
    assert {"mixed", "false"} <= choices(retired)
    assert "mixed" not in choices(kept)
    assert "mixed" not in choices(Verdict())


def test_only_those_who_still_work_at_the_desk_are_assigned_a_verdict():
    here, left = make_user("Reviewers"), make_user("Reviewers", is_active=False)
    reader = make_user()
    assert here in verdict_writers()
    assert not {left, reader} & set(verdict_writers())


def test_a_script_as_an_address_is_refused_where_it_was_typed():
    data = {"title": "Minutes", "stance": "context", "order": 0}
    assert EvidenceForm(data | {"url": "https://council.example/"}).is_valid()
    form = EvidenceForm(data | {"url": "javascript:alert(1)"})
    assert set(form.errors) == {"url"}
