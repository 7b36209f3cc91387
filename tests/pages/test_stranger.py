"""A stranger proves from the public site alone what was said, why, and by whom."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.slow
def test_a_stranger_finds_what_was_said_on_a_day_why_it_changed_and_who_pays(
    site, windows
):
    page = windows.lend(java_script_enabled=False)
    try:
        walk(page, site)
    finally:
        windows.take_back(page)


def walk(page, site):
    def follow(name, within=page):
        within.get_by_role("link", name=name).first.click()
        return page.locator("main").inner_text()

    page.goto(site)
    footer = page.get_by_role("contentinfo")
    # What the verdict said on 1 May 2026, and what was changed after it, and why.
    follow("Corrections", footer)
    changed = page.get_by_role("listitem").filter(has_text="Unemployment in Velmarra")
    said = follow("What it said before, and what changed", changed)
    assert "Published on 23 April 2026, replaced on 4 May 2026." in said
    why, _heading, then = said.partition("What this version said")
    assert "Clarified" in why
    assert "both ways of counting" in why
    assert page.locator("main ins").count() > 0
    # Who was asked, what they answered, who wrote it and who approved it.
    asked = then[then.index("Who was asked") :]
    assert re.search("asked on|Asked", asked)
    assert page.locator("main .replies blockquote").count() == 1
    assert "Emeka Demo" in then
    assert re.search(r"[0-9a-f]{64}", then)
    # Who pays the desk, since when it says so, and what it said before.
    follow("About this desk", footer)
    money = follow("Funding")
    assert "Halvorsen-Brandt Foundation" in money
    assert "approved by Emeka Demo" in money
    before = follow("Version 1")
    assert "Published on 12 January 2026" in before
    assert "paid by the county" in before
    # Where to complain.
    follow("About this desk", footer)
    complaints = follow("Complaints")
    assert "3 Lantern Quay" in complaints
    assert "European Fact-Checking Standards Network" in complaints
    follow("Report an error", page.locator("main"))
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading.startswith("Report an error")
    # Which of the codes' demands nothing meets is said in words.
    codes = follow("How this desk meets the codes", footer)
    assert codes.count("Not met") > 0
