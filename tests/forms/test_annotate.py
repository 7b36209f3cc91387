"""Of a claim's fields those that were sent are looked at, and no others."""

import pytest

from claims.forms.annotate import claim_fields
from tests.factories import make_claim, make_speaker

pytestmark = pytest.mark.django_db


def test_only_the_fields_that_were_sent_are_there():
    speaker = make_speaker()
    form = claim_fields({"speaker": speaker.pk, "checkability": "vague", "status": "x"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"speaker": speaker, "checkability": "vague"}


def test_the_wording_may_stay_open_and_a_choice_may_not():
    assert claim_fields({"wording": ""}).is_valid()
    assert set(claim_fields({"attribution": ""}).errors) == {"attribution"}
    assert set(claim_fields({"attribution": "shouted"}).errors) == {"attribution"}


def test_a_claim_that_is_changed_keeps_what_was_not_sent():
    claim = make_claim(wording="The harbour opens in May.")
    form = claim_fields({"checkability": "vague"}, claim)
    assert form.is_valid()
    assert form.instance.wording == "The harbour opens in May."
