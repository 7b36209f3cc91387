"""A page comes whole, light and still, sets nothing and complains of nothing."""

import pytest

from tests.pages.samples import SAMPLES, sample
from tests.pages.visits import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES = 100_000
# Words on the site's own error pages, which the browser logs as failed loads.
STATUS_ERROR = "the server responded with a status of"
STILL = 0.001
WIDTH = "() => document.documentElement.scrollWidth"


def weights(page):
    """Return the bytes of everything that the page loaded, uncompressed."""
    return page.evaluate(
        """() => Object.fromEntries(
          [...performance.getEntriesByType("navigation"),
           ...performance.getEntriesByType("resource")]
            .map((entry) => [entry.name, entry.decodedBodySize]))"""
    )


def complaints(page, one):
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    return [
        words
        for words in page.notes.complaints
        if one.status == 200 or STATUS_ERROR not in words
    ] + page.evaluate("() => window.watched.blocked")


@pytest.mark.parametrize("one", SAMPLES, ids=str)
def test_a_page_loads_clean_light_still_and_fits_its_window(windows, one):
    for viewport in (WIDE, NARROW):
        with windows.visit(one, viewport=viewport) as page:
            assert complaints(page, one) == []
            assert page.evaluate("() => window.watched.shift") < STILL
            assert page.evaluate(WIDTH) == viewport["width"]
            assert {cookie["name"] for cookie in page.context.cookies()} <= one.cookies
            loaded = weights(page)
            assert all(url.startswith(windows.url) for url in loaded)
            assert sum(loaded.values()) < MOST_BYTES, loaded


def test_a_list_of_fifty_claims_weighs_under_100_kilobytes(windows):
    with windows.visit(sample("list")) as page:
        assert page.locator(".claim-item").count() == 50
        loaded = weights(page)
        kinds = [url.rsplit(".", 1)[-1] for url in loaded]
        assert kinds.count("css") >= 3
        assert kinds.count("js") >= 1
        assert sum(loaded.values()) < MOST_BYTES, loaded


def test_the_checks_would_find_what_is_wrong(windows):
    home = sample("home")
    with windows.visit(home) as page:
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "document.title = 'mine'";
              document.body.append(script);
              const box = document.createElement("p");
              box.style.height = "20rem";
              document.querySelector("main").before(box);
              console.error("on purpose");
              document.cookie = "mine=1";
            }"""
        )
        page.wait_for_function("window.watched.shift > 0")
        assert page.evaluate("() => window.watched.shift") > STILL
        found = "\\n".join(complaints(page, home))
        assert "on purpose" in found
        assert "script-src-elem: inline" in found
        assert page.context.cookies()
        assert page.title() != "mine"


@pytest.mark.parametrize(
    "label", ["list", "claim, reviewed", "article, real", "speaker, much quoted"]
)
def test_a_page_prints_black_on_white_without_what_paper_cannot_do(windows, axe, label):
    with windows.visit(sample(label), scheme="dark") as page:
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
