"""A paragraph of a debate is pasted, and what of it was checked is read."""

import pytest
from playwright.sync_api import expect

from tests.pages.samples import PARAGRAPH, sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_of_a_pasted_paragraph_three_of_four_sentences_are_found(visits):
    with visits.visit(sample("home"), scripts=False) as page:
        page.get_by_role("link", name="Paste a sentence").click()
        page.get_by_label("Text", exact=True).fill(PARAGRAPH)
        page.get_by_role("button", name="What was checked?").click()
        expect(page.get_by_role("heading", level=2)).to_have_text(
            "3 of 4 sentences are like a listed claim"
        )
        answers = page.locator(".checked-sentence")
        expect(answers.nth(0)).to_contain_text("lowest level since 1998")
        expect(answers.nth(1)).to_contain_text("No household in Velmarra pays more")
        expect(answers.nth(2).locator("mark")).to_have_text(["four", "three"])
        expect(answers.nth(3)).to_contain_text("Nothing like this was found")
        assert page.context.cookies() == []
