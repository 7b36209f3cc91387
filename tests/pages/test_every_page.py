"""Each page loads whole, light and still, keeps nobody out, and complains of nothing.

The tests of a page look at one visit, in this order; what they change they put back.
"""

import pytest

from tests.pages.looking import (
    LEADING_NOWHERE,
    LOOKS,
    WIDTH,
    complaints,
    complaints_of_axe,
    stroll,
    walk,
    weights,
)
from tests.pages.samples import SAMPLES, one_of_each_kind, sample
from tests.pages.visits import NARROW, WIDE, Visits

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_BYTES = 100_000
STILL = 0.001
SMALL_AND_DARK = {"viewport": NARROW, "scheme": "dark"}
# Walked by keys: the focus is put on every stop of all pages by other means.
WALKED = {
    "home",
    "list, filtered",
    "search, found",
    "claim, reviewed",
    "article, claims in claims",
    "speaker, much quoted",
    "data",
    "report on a claim",
    "not there",
}
# What only a script can do is offered by scripts alone.
SAID = """() => {
  const offers = [...document.querySelectorAll("[data-share]")];
  const shown = offers.filter((offer) => !offer.hidden);
  for (const offer of shown) offer.hidden = true;
  const words = document.body.innerText;
  for (const offer of shown) offer.hidden = false;
  return words;
}"""
KINDS = {one.label for one in one_of_each_kind()}
ALL = {one.label for one in SAMPLES}


def those(labels, slow=()):
    """Return all samples as parameters: the first at once, the others slow or long."""

    def marks(label):
        if label in labels:
            return []
        return [pytest.mark.slow if label in slow else pytest.mark.long]

    return [pytest.param(one, marks=marks(one.label)) for one in SAMPLES]


@pytest.fixture(scope="module")
def wide_window(site, windows):
    visits = Visits(site, windows)
    yield visits
    visits.close()


@pytest.fixture(scope="module")
def narrow_window(site, windows):
    visits = Visits(site, windows)
    yield visits
    visits.close()


@pytest.fixture(scope="module", params=those(KINDS, ALL), ids=str)
def wide(request, wide_window, django_db_blocker):
    """A sample, and its page in a wide window."""
    with django_db_blocker.unblock(), wide_window.visit(request.param) as page:
        yield request.param, page


@pytest.fixture(scope="module", params=those(WALKED, KINDS), ids=str)
def narrow(request, narrow_window, django_db_blocker):
    """A sample, and its page in the narrowest window of a reader who prefers dark."""
    one = request.param
    with (
        django_db_blocker.unblock(),
        narrow_window.visit(one, **SMALL_AND_DARK) as page,
    ):
        yield one, page


def check_loading(one, page, viewport, url):
    assert complaints(page, one) == []
    assert page.evaluate("() => window.watched.shift") < STILL
    assert page.evaluate(WIDTH) == viewport["width"]
    assert page.context.cookies() == []
    loaded = weights(page)
    assert all(address.startswith(url) for address in loaded)
    assert sum(loaded.values()) < MOST_BYTES, loaded


def test_a_page_loads_clean_light_still_and_fits_its_window(wide, site):
    one, page = wide
    check_loading(one, page, WIDE, site)


def test_axe_finds_nothing(wide, axe):
    _one, page = wide
    assert complaints_of_axe(page, axe) == []


def test_the_focus_goes_everywhere_in_order_and_in_sight(wide):
    one, page = wide
    stops, problems = stroll(page)
    assert problems == []
    assert stops >= 1 or one.answer


def test_a_page_loads_as_well_in_the_narrowest_window(narrow, site):
    one, page = narrow
    check_loading(one, page, NARROW, site)


def test_a_page_says_the_same_without_scripts(narrow, visits):
    one, page = narrow
    with_scripts = page.evaluate(SAID)
    with visits.visit(one, scripts=False, **SMALL_AND_DARK) as page:
        assert page.evaluate(SAID) == with_scripts
        assert page.evaluate(LEADING_NOWHERE) == []
        assert page.locator("form:not(:has(button, [type=submit]))").count() == 0


def test_axe_finds_no_fault_in_the_looks_of_a_narrow_dark_page(narrow, axe):
    _one, page = narrow
    assert complaints_of_axe(page, axe, LOOKS) == []


@pytest.mark.parametrize("one", those(WALKED), ids=str)
def test_keys_reach_everything_in_order_and_in_sight(visits, one):
    with visits.visit(one) as page:
        stops, problems = walk(page)
        assert problems == []
        assert stops >= 1 or one.answer


def test_the_checks_would_find_what_is_wrong_with_loading(visits):
    home = sample("home")
    with visits.visit(home) as page:
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
        # The page's own policy forbids what wait_for_function() does to poll.
        page.evaluate(
            """async () => {
              for (let frame = 0; frame < 600 && !window.watched.shift; frame += 1) {
                await new Promise(requestAnimationFrame);
              }
            }"""
        )
        assert page.evaluate("() => window.watched.shift") > STILL
        found = "\\n".join(complaints(page, home))
        assert "on purpose" in found
        assert "script-src-elem: inline" in found
        assert page.context.cookies()
        assert page.title() != "mine"


@pytest.mark.slow
def test_the_checks_would_find_who_is_kept_out(visits, axe):
    with visits.visit(sample("home")) as page:
        page.evaluate(
            """() => {
              document.body.insertAdjacentHTML("beforeend", `<img src="x.png">
                <a href="/" id="bare">bare</a><a href="/" id="early">early</a>
                <input id="trap" aria-label="trap" aria-describedby="gone">
                <a href="/" id="never">never</a>`);
              bare.style.outline = "none";
              early.tabIndex = 1;
              trap.addEventListener("keydown", (event) => event.preventDefault());
            }"""
        )
        assert page.evaluate(LEADING_NOWHERE) == ["gone"]
        assert any("image-alt" in one for one in complaints_of_axe(page, axe))
        _stops, problems = stroll(page)
        assert any('seen: <a href="/" id="bare"' in one for one in problems)
        assert any('id="early" tabindex="1"' in one for one in problems)
        _stops, problems = walk(page)
        found = "\n".join(problems)
        assert 'focus cannot be seen: <a href="/" id="bare"' in found
        assert "focus jumps back" in found
        assert "to be reached" in found
