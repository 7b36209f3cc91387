"""What helps to read and to pass on: no marks, folded filters, share, pictures."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from claims.models import PublicClaim
from tests.pages.samples import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = {"width": 360, "height": 640}
# The browser's own means, which write down what they are given.
MEANS = """
window.given = [];
const share = async (what) => window.given.push(what);
const clipboard = { writeText: async (text) => window.given.push(text) };
Object.defineProperty(navigator, "share", { value: share });
Object.defineProperty(navigator, "clipboard", { value: clipboard });
"""


def test_a_claim_is_shared_and_its_address_copied_by_the_browsers_own_means(
    site, windows
):
    page = windows.lend(keep=False)
    try:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.context.add_init_script(MEANS)
        page.goto(site + sample("claim, reviewed").address())
        title = page.locator("h1").inner_text()
        for button in ("Share", "Copy link"):
            page.get_by_role("button", name=button).click()
        expect(page.get_by_text("Link copied")).to_be_visible()
        shared, copied = page.evaluate("() => window.given")
        assert shared == {"title": " ".join(title.split()), "url": copied}
        assert copied == page.locator("link[rel=canonical]").get_attribute("href")
        assert {url for url in asked if not url.startswith(site)} == set()
    finally:
        windows.take_back(page)


@pytest.mark.slow
def test_an_article_is_read_without_its_marks_and_with_them(visits):
    with visits.visit(sample("article, real"), scripts=False) as page:
        mark, note = (
            page.locator(".reading mark.words").first,
            page.locator(".ref").first,
        )
        words = mark.inner_text()
        marked = mark.evaluate("(mark) => getComputedStyle(mark).backgroundColor")
        page.get_by_label("Read without the marks").check()
        expect(note).to_be_hidden()
        expect(mark).to_contain_text(words.split()[0])
        clear = mark.evaluate("(mark) => getComputedStyle(mark).backgroundColor")
        assert clear == "rgba(0, 0, 0, 0)" != marked
        page.get_by_label("Read without the marks").uncheck()
        expect(note).to_be_visible()


@pytest.mark.slow
def test_a_list_on_a_phone_begins_with_claims_and_its_filters_unfold(visits):
    with visits.visit(sample("list"), scripts=False, viewport=PHONE) as page:
        first, rating = page.locator(".claim-wording").first, page.locator(".facet")
        expect(first).to_be_in_viewport()
        expect(rating.first).to_be_hidden()
        page.get_by_text("Filters", exact=True).click()
        expect(rating.first).to_be_visible()


@pytest.mark.long
def test_every_listed_claim_of_the_demo_has_a_picture_to_be_shared(site):
    client, seen = Client(), set()
    for claim in PublicClaim.objects.listed():
        response = client.get(f"/claims/{claim.pk}/card.png", follow=True)
        picture = Image.open(BytesIO(b"".join(response)))
        assert (picture.format, picture.size) == ("PNG", (1200, 630)), claim
        seen.add(picture.tobytes())
    # A claim that was made twice, on two days, has two.
    assert len(seen) == PublicClaim.objects.listed().count() > 60
