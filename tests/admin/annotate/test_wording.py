"""At the annotation desk, in a browser: words that depart are confirmed in place."""

import pytest
from playwright.sync_api import expect

from claims.desk.text_corrections import correct_text
from claims.models import WordingCheck
from tests.factories import make_article, make_claim, make_user

RATE = "unemployment had fallen to 36 per cent"
WORDING = "Unemployment fell to 38 per cent."
BODY = f"The Harbour Board said that {RATE}. Ida Falk was there."


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_corrected_figure_is_confirmed_at_the_desk_by_a_tick(at_desk):
    old = RATE.replace("36", "38")
    article = make_article(BODY.replace("36", "38"))
    claim = make_claim(old, article=article, wording=WORDING)
    editor = make_user("Annotators")
    correct_text(article, BODY, by=editor, reason="Misheard.")
    desk = at_desk(article, editor)
    desk.press("n")
    item = desk.page.locator(f"#claim-{claim.pk}")
    expect(item.locator("mark.an-differs")).to_have_text("38 per cent")
    desk.press("a")
    dialog = desk.page.locator("#words-ask")
    expect(dialog).to_be_visible()
    marks = dialog.locator("mark.an-differs")
    expect(marks).to_have_text(["38 per cent", "36 per cent"])
    assert desk.focus() == "words-ask-tick"
    # A careless Enter confirms nothing.
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#words-ask-yes")).to_be_disabled()
    assert desk.accessible() == []
    desk.page.keyboard.press("Escape")
    claim.refresh_from_db()
    assert claim.quote == old
    desk.page.locator("#text").focus()
    desk.press("a")
    expect(dialog).to_be_visible()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    desk.says("Confirmed")
    claim.refresh_from_db()
    assert (claim.quote, claim.wording) == (RATE, WORDING)
    assert WordingCheck.objects.get().by == editor
