"""The longest list is light, and paper shows what a page says."""

import pytest

from tests.pages.looking import WIDTH, weights
from tests.pages.samples import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES = 100_000


@pytest.mark.slow
def test_a_list_of_fifty_claims_weighs_under_100_kilobytes(visits):
    with visits.visit(sample("list")) as page:
        assert page.locator(".claim-item").count() == 50
        loaded = weights(page)
        kinds = [url.rsplit(".", 1)[-1] for url in loaded]
        assert kinds.count("css") >= 3
        assert kinds.count("js") >= 1
        assert sum(loaded.values()) < MOST_BYTES, loaded


@pytest.mark.slow
@pytest.mark.parametrize(
    "label", ["list", "claim, reviewed", "article, real", "speaker, much quoted"]
)
def test_a_page_prints_black_on_white_without_what_paper_cannot_do(visits, axe, label):
    with visits.visit(sample(label), scheme="dark") as page:
        # The width of A4 within its margins.
        page.set_viewport_size({"width": 718, "height": 1000})
        page.emulate_media(media="print")
        assert page.locator("main h1").is_visible()
        assert (
            page.locator("nav.site-nav, form, button").locator("visible=true").count()
            == 0
        )
        look = page.evaluate(
            """() => ["backgroundColor", "color"].map(
              (name) => getComputedStyle(document.body)[name])"""
        )
        assert look == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
        assert page.evaluate(WIDTH) <= 718
        page.evaluate(axe)
        assert (
            page.evaluate(
                """async () => (await axe.run({ runOnly: ["color-contrast"] }))
                  .violations.flatMap((rule) => rule.nodes.map((node) => node.html))"""
            )
            == []
        )
        assert page.pdf(format="A4").startswith(b"%PDF-")
