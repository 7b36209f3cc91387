"""Nobody is kept out: axe finds nothing, keys reach everything, scripts are a bonus."""

import pytest
from playwright.sync_api import expect

from claims.models import ReaderReport
from tests.pages.samples import SAMPLES, sample
from tests.pages.visits import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Evaluated by the debugger, not by the page: the site's policy stays in force.
RUN_AXE = """async ([rulesOnly]) => {
  const rules = { "target-size": { enabled: true } };
  const options = { resultTypes: ["violations"], rules };
  if (rulesOnly) options.runOnly = { type: "rule", values: rulesOnly };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""

# Writes down where the focus goes, and whether it can be seen there.
FOLLOW_FOCUS = """() => {
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    window.walked.push({
      element: target,
      shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && target.matches(":focus-visible"),
      inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight
        && box.left < innerWidth && box.width > 1 && box.height > 1,
    });
  });
}"""
# What a reader must be able to reach; of radio buttons with one name, one.
REACHABLE = """() => {
  const radios = new Set();
  return [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']"
  )].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio") return true;
    const isFirst = !radios.has(element.name);
    radios.add(element.name);
    return isFirst;
  }).length;
}"""
WALKED = """() => {
  const seen = new Set();
  const groups = new Set();
  const problems = [];
  let last = null;
  for (const { element, shown, inside } of window.walked) {
    if (seen.has(element)) continue;
    seen.add(element);
    const name = element.outerHTML.slice(0, 160);
    if (!shown) problems.push(`focus cannot be seen: ${name}`);
    if (!inside) problems.push(`focus is off the screen: ${name}`);
    if (last && !(last.compareDocumentPosition(element) & 4)) {
      problems.push(`focus jumps back: ${name}`);
    }
    last = element;
  }
  return { seen: seen.size, problems };
}"""
# What colours and sizes decide; the rest of the rules read the markup alone.
LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
AT_A_TIME = 20
# Names of elements that other elements point to, and that are not there.
LEADING_NOWHERE = """() => [
  ...document.querySelectorAll(
    "[for], [form], [list], [aria-describedby], [aria-labelledby], [aria-controls]")
].flatMap((element) => ["for", "form", "list", "aria-describedby",
    "aria-labelledby", "aria-controls"]
  .flatMap((name) => (element.getAttribute(name) ?? "").split(" ")))
  .concat([...document.querySelectorAll("a[href^='#']")]
    .map((link) => decodeURIComponent(link.hash.slice(1))))
  .filter((id) => id && !document.getElementById(id))"""


def complaints_of_axe(page, axe, rules=None):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(RUN_AXE, [rules])


@pytest.mark.parametrize("one", SAMPLES, ids=str)
def test_axe_finds_nothing_in_light_and_dark(windows, axe, one):
    with windows.visit(one) as page:
        assert complaints_of_axe(page, axe) == []
        page.set_viewport_size(NARROW)
        page.emulate_media(color_scheme="dark")
        assert complaints_of_axe(page, axe, LOOKS) == []


def walk(page):
    """Press Tab until the focus comes round again; return the stops and the faults."""
    wanted = page.evaluate(REACHABLE)
    page.evaluate(FOLLOW_FOCUS)
    for _pressed in range(0, wanted + AT_A_TIME, AT_A_TIME):
        for _again in range(AT_A_TIME):
            page.keyboard.press("Tab")
    walked = page.evaluate(WALKED)
    if walked["seen"] < wanted:
        walked["problems"].append(f"{walked['seen']} stops, {wanted} to be reached")
    return walked["seen"], walked["problems"]


@pytest.mark.parametrize("one", SAMPLES, ids=str)
def test_keys_reach_everything_in_order_and_in_sight(windows, one):
    with windows.visit(one) as page:
        stops, problems = walk(page)
        assert problems == []
        assert stops >= 1 or one.answer


@pytest.mark.parametrize("label", ["list", "claim, reviewed", "not there"])
def test_the_first_key_offers_to_skip_to_the_content(windows, label):
    with windows.visit(sample(label), scripts=False) as page:
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text("Skip to the content")
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_have_id("main")
        page.keyboard.press("Tab")
        assert page.evaluate("() => !!document.activeElement.closest('main')")


@pytest.mark.parametrize("one", SAMPLES, ids=str)
def test_a_page_says_the_same_without_scripts(windows, one):
    said = "() => document.body.innerText"
    with windows.visit(one) as page:
        with_scripts = page.evaluate(said)
    with windows.visit(one, scripts=False) as page:
        assert page.evaluate(said) == with_scripts
        assert page.evaluate(LEADING_NOWHERE) == []
        assert page.locator("form:not(:has(button, [type=submit]))").count() == 0


def test_a_list_is_searched_and_narrowed_with_keys_and_without_scripts(windows):
    with windows.visit(sample("list"), scripts=False) as page:
        page.locator("#filters [name=q]").focus()
        page.keyboard.type("unemployment")
        page.keyboard.press("Enter")
        expect(page.locator(".claim-item").first).to_contain_text(
            "unemployment", ignore_case=True
        )
        page.locator("#narrow summary").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#narrow details").first).not_to_have_attribute("open", "")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".chip")).to_have_count(2)


def test_a_report_is_sent_with_keys_and_without_scripts(windows):
    with windows.visit(sample("report on a claim"), scripts=False) as page:
        page.locator("main [name=kind]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("The buoy was dark.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("reader@post.example")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Thank you")
    report = ReaderReport.objects.get()
    assert (report.message, report.contact) == (
        "The buoy was dark.",
        "reader@post.example",
    )


def test_the_checks_would_find_what_is_wrong(windows, axe):
    with windows.visit(sample("home")) as page:
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
        _stops, problems = walk(page)
        found = "\n".join(problems)
        assert 'focus cannot be seen: <a href="/" id="bare"' in found
        assert "focus jumps back" in found
        assert "to be reached" in found
