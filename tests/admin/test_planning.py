"""Planning at the desk: taking a claim, urgency, order; a verdict only once saved."""

import pytest

from claims.desk.planning import hand_over, owner_of
from claims.models import Claim, Rating, Verdict, WorkItem
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.admin.conftest import signed_in, typed
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db


def planning(claim):
    return f"/admin/claims/claim/{claim.pk}/planning/"


def owner(claim):
    return owner_of(Claim.objects.get(pk=claim.pk))


def test_a_claim_is_taken_from_its_own_page(reviewer):
    claim = make_claim()
    html = reviewer.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    assert "Nobody has it." in html
    assert "Take it" in html
    sent = {"person": reviewer.user.pk, "seen": 0, "owner": "1"}
    assert reviewer.post(planning(claim), sent).status_code == 302
    assert owner(claim) == reviewer.user
    html = reviewer.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    assert "Take it" not in html


def test_who_comes_second_is_told_who_has_it(reviewer):
    claim = make_claim()
    hand_over(claim, make_user("Reviewers", first_name="Ida"), by=make_user("Editors"))
    sent = {"person": reviewer.user.pk, "seen": 0, "owner": "1"}
    page = reviewer.post(planning(claim), sent)
    assert page.status_code == 409
    assert "<strong>Ida</strong> has it" in page.content.decode()


@pytest.mark.parametrize(
    ("group", "forms"),
    [
        ("Annotators", set()),
        ("Reviewers", {"urgency"}),
        ("Editors", {"owner", "urgency", "order"}),
    ],
)
def test_forms_are_those_that_somebody_may_use(group, forms):
    claim = hand_over(make_claim(), make_user("Reviewers"), by=make_user("Editors"))
    desk = signed_in(make_user(group))
    page = desk.get(planning(claim))
    assert set(page.context["forms"]) == forms
    for name in {"urgency", "order"} - forms:
        data = {name: "1", "version": 0, "reach": 0, "harm": 0, "place": 1}
        assert desk.post(planning(claim), data).status_code == 403


def test_urgency_needs_reasons_and_the_version_that_was_seen(editor):
    claim = make_claim()
    sent = {"urgency": "1", "version": 0, "reach": 0, "harm": 3, "due_on": "2027-03-01"}
    page = editor.post(planning(claim), sent)
    assert page.status_code == 400
    assert "Say what harm it does" in page.content.decode()
    assert not WorkItem.objects.filter(harm=3).exists()
    sent["harm_reason"] = "Patients stop taking it."
    assert editor.post(planning(claim), sent).status_code == 302
    stale = editor.post(planning(claim), sent | {"harm": 1})
    assert stale.status_code == 409
    assert WorkItem.objects.get().harm == 3
    html = editor.get(planning(claim)).content.decode()
    assert "To be done by 1 March 2027." in html
    assert "Harm: Patients stop taking it." in html


def test_the_order_is_set_and_left(editor):
    claim = make_claim()
    editor.post(planning(claim), {"order": "1", "place": 1})
    assert (
        "Number 1 of the desk’s order." in editor.get(planning(claim)).content.decode()
    )
    editor.post(planning(claim), {"order": "1", "place": ""})
    assert WorkItem.objects.get().place is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"owner": "1", "person": "x", "seen": "y"},
        {"urgency": "1", "reach": "9", "harm": "-1", "due_on": "tomorrow"},
        {"order": "1", "place": "0"},
    ],
)
def test_senseless_plans_are_refused_with_their_form(editor, data):
    assert editor.post(planning(make_claim()), data).status_code == 400
    assert not WorkItem.objects.exists()


# --- A verdict only once it is saved ------------------------------------------------


def add(claim):
    return f"/admin/claims/verdict/add/?claim={claim.pk}"


def test_a_look_at_the_form_of_a_new_verdict_stores_nothing(reviewer):
    claim = make_claim()
    page = reviewer.get(add(claim))
    assert page.status_code == 200
    assert "The harbour will open in May" in page.content.decode()
    assert not Verdict.objects.exists()
    html = reviewer.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
    assert f'<input type="hidden" name="claim" value="{claim.pk}">' in html


def test_no_verdict_is_offered_on_what_nobody_has_accepted(reviewer):
    for status, offered in (("suggested", False), ("draft", True), ("listed", True)):
        claim = make_claim(status=status)
        html = reviewer.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()
        assert ("Write a verdict" in html) == offered


def test_what_is_typed_into_a_new_verdict_is_stored_with_its_evidence(reviewer):
    claim = make_claim()
    data = typed(reviewer.get(add(claim)), summary="No.", how_verified="Read it.")
    data |= {"evidence-0-title": "Minutes", "evidence-0-url": "https://a.example/"}
    answer = reviewer.post(add(claim), data)
    verdict = Verdict.objects.get()
    assert answer.url == f"/admin/claims/verdict/{verdict.pk}/change/"
    assert (verdict.summary, verdict.author) == ("No.", reviewer.user)
    assert verdict.evidence.get().title == "Minutes"
    # Sent twice, it is there once.
    again = reviewer.post(add(claim), data)
    assert again.url == answer.url
    assert Verdict.objects.get().version == verdict.version


def test_a_new_verdict_is_saved_and_submitted_by_one_button(reviewer):
    claim = make_claim()
    page = reviewer.get(add(claim))
    rating = Rating.objects.get(slug="false").pk
    data = typed(page, summary="No.", how_verified="Read it.", rating=rating)
    data |= {"not_asked_reason": "The minutes are plain."}
    data |= {"evidence-0-title": "Minutes", "evidence-0-url": "https://a.example/"}
    reviewer.post(add(claim), data | {"_step": "submit"})
    assert Verdict.objects.get().status == VerdictStatus.IN_REVIEW


def test_two_who_begin_the_same_verdict_lose_no_word(reviewer):
    claim = make_claim()
    data = typed(reviewer.get(add(claim)), summary="Mine.")
    make_verdict(claim)
    page = reviewer.post(add(claim), data)
    assert page.status_code == 409
    assert "Mine." in page.content.decode()
    assert Verdict.objects.get().summary == "The record says otherwise."
    assert reviewer.get(add(claim)).status_code == 302


def test_a_new_verdict_needs_the_right_and_an_accepted_claim(annotator, reviewer):
    claim = make_claim()
    assert annotator.get(add(claim)).status_code == 403
    assert annotator.post(add(claim), {"summary": "x"}).status_code == 403
    rejected = make_claim(status=ClaimStatus.REJECTED)
    assert reviewer.get(add(rejected)).status_code == 302
    assert reviewer.get("/admin/claims/verdict/add/?claim=%C2%B2").status_code == 200
    assert not Verdict.objects.exists()


def test_an_empty_draft_is_dropped_by_a_button_of_its_author_alone(reviewer, editor):
    claim = make_claim()
    reviewer.post(f"/admin/claims/claim/{claim.pk}/verdict/")
    page = f"/admin/claims/verdict/{claim.verdict.pk}/"
    assert "Drop this empty draft" in reviewer.get(f"{page}change/").content.decode()
    assert "Drop this" not in editor.get(f"{page}change/").content.decode()
    assert editor.post(f"{page}drop/").status_code == 409
    assert reviewer.get(f"{page}drop/").status_code == 405
    assert reviewer.post(f"{page}drop/").status_code == 302
    assert not Verdict.objects.exists()
