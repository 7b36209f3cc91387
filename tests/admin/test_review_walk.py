"""A verdict's whole life in a real browser, and what a visitor sees after each step."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from claims.models import PublishedVerdict
from tests.factories import make_claim, make_user
from tests.test_walk import Desk, refused_to_its_author, write_verdict
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "The systems were sold elsewhere first."
SECOND = "Two of the three systems were sold elsewhere."


class Visitor:
    """Somebody without an account, who looks at the claim again and again."""

    def __init__(self, claim):
        self.claim = claim

    def sees(self, *words, but=()):
        client = Client()
        page = client.get(self.claim.get_absolute_url())
        assert page.status_code == 200
        text = page.content.decode()
        for each in words:
            assert each in text
        for each in but:
            assert each not in text
        assert not client.cookies


def status(desk, verdict, name):
    desk.go(f"/admin/claims/verdict/{verdict.pk}/change/")
    expect(desk.page.locator(f".desk-status-{name}").first).to_be_visible()


def approve(desk, verdict):
    desk.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    desk.press("Approve and publish exactly this")
    expect(desk.page.locator(".desk-status-published").first).to_be_visible()


def open_and_fill(desk, summary, words, button, kind=None):
    """Open a step that asks for something, answer, and press its button."""
    box = desk.page.locator(
        "details", has=desk.page.locator(f"summary:has-text('{summary}')")
    )
    box.locator("> summary").click()
    box.locator("textarea[name=comment]").fill(words)
    if kind:
        box.locator("select[name=kind]").select_option(kind)
    box.get_by_role("button", name=button, exact=True).click()


@pytest.mark.slow
def test_a_verdict_is_written_returned_approved_corrected_and_retracted(
    open_window, live_server
):
    for login, group in [
        ("rana", "Editors"),
        ("jonas", "Reviewers"),
        ("emeka", "Editors"),
    ]:
        make_user(group, username=login)
    claim = make_claim()
    visitor = Visitor(claim)
    visitor.sees("Not yet reviewed", but=[FIRST])

    rana = Desk(open_window(), live_server, "rana")
    write_verdict(rana, claim)
    verdict = claim.verdict
    visitor.sees("Not yet reviewed", but=[FIRST])

    refused_to_its_author(rana)
    rana.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    expect(
        rana.page.get_by_role("button", name="Approve and publish exactly this")
    ).to_have_count(0)
    assert not PublishedVerdict.objects.exists()

    emeka = Desk(open_window(), live_server, "emeka")
    emeka.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    expect(emeka.page.locator("#content")).to_contain_text(FIRST)
    open_and_fill(emeka, "Return to the author", "Name the sale.", "Return")
    status(emeka, verdict, "draft")
    visitor.sees("Not yet reviewed", but=[FIRST, "Name the sale."])

    rana.go("/admin/")
    rana.page.get_by_role("link", name="1 Returned to me").click()
    rana.page.locator("#result_list tbody th a").first.click()
    rana.page.fill("#id_explanation", "The sale of May 2024 is on record.")
    rana.press("Submit for review")
    expect(rana.page.locator(".desk-status-in_review").first).to_be_visible()

    approve(emeka, verdict)
    visitor.sees("Mostly true", FIRST, but=["Not yet reviewed"])

    jonas = Desk(open_window(), live_server, "jonas")
    status(jonas, verdict, "published")
    open_and_fill(
        jonas, "Revise", "A third system came to light.", "Revise", "fact_corrected"
    )
    expect(jonas.page.locator(".desk-status-draft").first).to_be_visible()
    jonas.page.fill("#id_summary", SECOND)
    jonas.press("Submit for review")
    expect(jonas.page.locator(".desk-status-in_review").first).to_be_visible()
    visitor.sees(FIRST, but=[SECOND, "A third system"])

    emeka.go(f"/admin/claims/verdict/{verdict.pk}/approve/")
    expect(emeka.page.locator("ins").first).to_be_visible()
    approve(emeka, verdict)
    visitor.sees(SECOND, "A third system came to light.", but=[FIRST])
    old = Client().get(claim.publications.get(number=1).get_absolute_url())
    assert FIRST in old.content.decode()

    # One asks for the retraction, and readers see the verdict until another decides.
    status(jonas, verdict, "published")
    ask = "Ask for retraction"
    open_and_fill(jonas, ask, "The record was forged.", ask)
    expect(jonas.page.locator("#content")).to_contain_text("somebody else decides")
    visitor.sees(SECOND, but=["The record was forged."])
    status(emeka, verdict, "published")
    expect(emeka.page.locator("#content")).to_contain_text("The record was forged.")
    open_and_fill(emeka, "Retract", "The record was forged.", "Retract")
    expect(emeka.page.locator(".desk-status-retracted").first).to_be_visible()
    visitor.sees("This verdict was retracted", "The record was forged.")

    emeka.go(f"/admin/claims/claim/{claim.pk}/history/")
    for step in ("returned to its author", "Revision", "Verdict retracted"):
        expect(emeka.page.locator(".desk-timeline")).to_contain_text(step)
    for desk in (rana, emeka, jonas):
        assert complaints_of(desk.page) == []


@pytest.mark.slow
def test_words_that_are_not_saved_are_not_lost_by_a_button_beside_the_form(
    open_window, live_server
):
    make_user("Reviewers", username="rana")
    claim = make_claim()
    rana = Desk(open_window(keep=False), live_server, "rana")
    asked = []
    rana.page.on("dialog", lambda box: (asked.append(box.type), box.dismiss()))
    rana.go(f"/admin/claims/claim/{claim.pk}/change/")
    rana.press("Write a verdict")
    rana.press("Save")
    expect(rana.page.locator("#comment_text")).to_be_visible()
    page = rana.page.url
    rana.page.fill("#id_summary", "Half a sentence")
    rana.page.fill("#comment_text", "By the way.")
    rana.page.get_by_role("button", name="Comment", exact=True).click(
        no_wait_after=True
    )
    expect(rana.page.locator("#id_summary")).to_have_value("Half a sentence")
    rana.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert rana.page.url == page
    # Saving is no leaving, and a form without a change asks nothing.
    rana.press("Save")
    expect(rana.page.locator("#id_summary")).to_have_value("Half a sentence")
    rana.go("/admin/")
    assert asked == ["beforeunload"]
    assert complaints_of(rana.page) == []
