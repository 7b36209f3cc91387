"""Published claims at the annotation desk, in a real browser: a way in, no form."""

import pytest

from claims.desk.workflow import take_step
from claims.models import Claim
from tests.factories import make_article, make_claim, make_published, make_user, revise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def claim():
    return make_published(make_claim(article=make_article())).claim


def buttons(desk):
    return desk.page.locator(".an-acts button").all_inner_texts()


@pytest.mark.slow
def test_it_offers_a_revision_instead_of_the_form(at_desk, claim):
    desk = at_desk(claim.article, make_user("Reviewers"))
    desk.press("n")
    desk.page.locator(".an-note", has_text="Something is published").wait_for()
    assert not any(words.startswith("Edit") for words in buttons(desk))
    desk.press("e")
    alert = desk.page.locator("#alert")
    alert.filter(has_text="Begin a revision of its verdict to change it").wait_for()
    assert desk.page.locator("#form-place form").count() == 0
    alert.get_by_role("link", name="Begin a revision").click()
    desk.page.wait_for_url(f"**/verdict/{claim.verdict.pk}/step/revise/")


@pytest.mark.slow
def test_words_marked_anew_are_refused_with_the_way_into_a_revision(at_desk, claim):
    desk = at_desk(claim.article, make_user("Reviewers"))
    desk.press("n")
    desk.drag("Nobody was hurt")
    desk.press("m")
    desk.page.locator("#alert a", has_text="Begin a revision").wait_for()
    claim.refresh_from_db()
    assert claim.quote == "The harbour will open in May"


@pytest.mark.slow
def test_in_a_revision_the_form_is_back(at_desk, claim):
    revise(claim.verdict)
    desk = at_desk(claim.article, make_user("Reviewers"))
    desk.press("n", "e")
    desk.page.locator("#form-place form").wait_for()


@pytest.mark.slow
def test_a_withdrawal_is_asked_for_by_one_and_decided_by_another(at_desk, claim):
    editor = make_user("Editors")
    desk = at_desk(claim.article, editor)
    desk.press("n")
    desk.page.locator(".an-acts button").first.wait_for()
    assert "Ask for withdrawal" in buttons(desk)
    assert "Withdraw" not in buttons(desk)
    desk.page.get_by_role("button", name="Ask for withdrawal").click()
    desk.page.fill("#ask-reason", "Not a statement.")
    desk.page.click("#ask-yes")
    desk.says("Ask for withdrawal: done.")
    desk.page.locator(".an-note", has_text="Not a statement.").wait_for()
    assert not {"Ask for withdrawal", "Withdraw"} & set(buttons(desk))
    claim = Claim.objects.get(pk=claim.pk)
    take_step("decline_withdraw", claim, by=make_user("Editors"))
    claim = Claim.objects.get(pk=claim.pk)
    take_step("ask_withdraw", claim, by=make_user("Annotators"), comment="A slip.")
    desk.open()
    desk.press("n")
    desk.page.locator(".an-note", has_text="A slip.").wait_for()
    assert {"Decline the withdrawal", "Withdraw"} <= set(buttons(desk))
