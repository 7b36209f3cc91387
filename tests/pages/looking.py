"""What is looked at on a page: axe's complaints, the way of the focus, its weight."""

# Evaluated by the debugger, not by the page: the site's policy stays in force.
RUN_AXE = """async ([rulesOnly]) => {
  const rules = { "target-size": { enabled: true } };
  const options = { resultTypes: ["violations"], rules };
  if (rulesOnly) options.runOnly = { type: "rule", values: rulesOnly };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
# What colours and sizes decide; the rest of the rules read the markup alone.
LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
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
  });
}"""
FOCUS_EACH = f"() => ({REACHABLE})().forEach((element) => element.focus())"
COUNT = f"() => ({REACHABLE})().length"
OUT_OF_ORDER = """() => [...document.querySelectorAll("[tabindex]")]
  .filter((element) => element.tabIndex > 0).map((element) => element.outerHTML)"""
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
MORE_STOPS = 20
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
WIDTH = "() => document.documentElement.scrollWidth"
# Words on the site's own error pages, which the browser logs as failed loads.
STATUS_ERROR = "the server responded with a status of"


def complaints_of_axe(page, axe, rules=None):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(RUN_AXE, [rules])


def walk(page):
    """Hold Tab until the focus comes round again; return the stops and the faults."""
    wanted = page.evaluate(COUNT)
    page.evaluate(FOLLOW_FOCUS)
    # A day has three stops: its parts.
    for _pressed in range(wanted + MORE_STOPS):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    return faults_of_walk(page, wanted)


def stroll(page):
    """Put the focus on all that can be reached, as keys would; return as walk() does.

    It takes a tenth of the time, and does not see who keeps the focus.
    """
    # After a key the focus is shown, also where a script puts it.
    page.keyboard.press("Tab")
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(FOLLOW_FOCUS)
    page.evaluate(FOCUS_EACH)
    stops, faults = faults_of_walk(page, page.evaluate(COUNT))
    return stops, faults + page.evaluate(OUT_OF_ORDER)


def faults_of_walk(page, wanted):
    walked = page.evaluate(WALKED)
    if walked["seen"] < wanted:
        walked["problems"].append(f"{walked['seen']} stops, {wanted} to be reached")
    return walked["seen"], walked["problems"]


def weights(page):
    """Return the bytes of everything that the page loaded, uncompressed."""
    return page.evaluate(
        """() => Object.fromEntries(
          [...performance.getEntriesByType("navigation"),
           ...performance.getEntriesByType("resource")]
            .map((entry) => [entry.name, entry.decodedBodySize]))"""
    )


def complaints(page, one):
    """Return all that went wrong while a sample was loaded, warnings too."""
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    return [
        f"{remark.words} {remark.url}"
        for remark in page.remarks
        if remark.kind in {"exception", "error", "warning", "request"}
        # A picture for the window's tab may still be on its way when the next page is.
        and not remark.words.endswith("net::ERR_ABORTED")
        and (one.status == 200 or STATUS_ERROR not in remark.words)
    ] + page.evaluate("() => window.watched.blocked")
