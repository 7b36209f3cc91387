"""Keys alone do everything, and scripts are a bonus."""

import pytest
from playwright.sync_api import expect

from claims.models import ReaderReport
from tests.pages.samples import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("label", ["list", "claim, reviewed", "not there"])
def test_the_first_key_offers_to_skip_to_the_content(visits, label):
    with visits.visit(sample(label), scripts=False) as page:
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text("Skip to the content")
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_have_id("main")
        page.keyboard.press("Tab")
        assert page.evaluate("() => !!document.activeElement.closest('main')")


def test_a_list_is_searched_and_narrowed_with_keys_and_without_scripts(visits):
    with visits.visit(sample("list"), scripts=False) as page:
        page.locator("#filters [name=q]").focus()
        page.keyboard.type("unemployment")
        page.keyboard.press("Enter")
        expect(page.locator(".claim-item").first).to_contain_text(
            "unemployment", ignore_case=True
        )
        page.locator("#narrow .facet summary").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#narrow .facet").first).not_to_have_attribute("open", "")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_have_count(2)


def test_a_report_is_sent_with_keys_and_without_scripts(visits):
    with visits.visit(sample("report on a claim"), scripts=False) as page:
        page.locator("main [name=kind]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("The buoy was dark.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("reader@post.example")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Your report")
    report = ReaderReport.objects.get()
    assert (report.message, report.contact.address) == (
        "The buoy was dark.",
        "reader@post.example",
    )
