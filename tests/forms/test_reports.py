"""A reader's report says something, about a claim that readers can see."""

import pytest

from claims.forms.reports import AnswerForm, ReportForm
from claims.models import ReaderReport
from claims.models.choices import ClaimStatus, PublicationKind
from tests.factories import make_claim, make_published
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db


def report(**changes):
    return ReportForm({"kind": "error", "message": "The year is wrong."} | changes)


def test_a_message_is_all_that_a_report_needs():
    form = report(message="  The year is wrong. ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["message"] == "The year is wrong."


@pytest.mark.parametrize("message", ["", "   ", "\u200b\u2060", "\u00ad"])
def test_a_message_that_nobody_can_see_is_none(message):
    assert set(report(message=message).errors) == {"message"}


def test_a_claim_that_readers_cannot_see_is_as_absent_as_one_that_never_was():
    listed, draft = make_claim(), make_claim(status=ClaimStatus.DRAFT)
    form = report(claim=listed.pk)
    assert form.is_valid() and form.cleaned_data["claim"].pk == listed.pk
    assert report(claim=draft.pk).errors == report(claim=999_999).errors
    assert "That claim is not here." in str(report(claim=draft.pk).errors)


def test_an_answer_names_a_correction_of_its_own_claim_and_not_the_first_version():
    claim, other = make_published().claim, make_published().claim
    for each in (claim, other):
        correct(each, PublicationKind.UPDATED)
    form = AnswerForm(instance=ReaderReport(kind="error", claim=claim))
    [offered] = form.fields["correction"].queryset
    assert (offered.claim, offered.number) == (claim, 2)
