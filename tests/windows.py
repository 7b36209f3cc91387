"""Windows of the one browser, lent to one test after the other.

Opening one, with a cache of its own, costs more than most visits in it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

WIDE = {"width": 1280, "height": 800}
PATIENCE = 8000
# Runs before a page's own scripts: moves of what was already painted, and whatever
# the Content-Security-Policy kept out.
WATCH = """
window.watched = { shift: 0, blocked: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.watched.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("securitypolicyviolation", (event) => {
  window.watched.blocked.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
# What pages kept in the browser; a page that is still open holds the database.
FORGET = """() => {
  localStorage.clear();
  sessionStorage.clear();
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase("desk-kept");
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}"""


# What a browser says of its own accord about an answer that a page may expect.
EXPECTED = "Failed to load resource: "


@dataclass(frozen=True)
class Remark:
    """What a page said or did not get: an exception, a request, a line by its type."""

    kind: str
    words: str
    url: str = ""


class Windows:
    """The pages of all open windows: those lent now, and the free ones.

    What goes wrong in a page stands in its `remarks` since it was lent.
    """

    def __init__(self, browser):
        self.browser = browser
        self.free = []
        self.options = {}

    def lend(self, *, keep=True, **options):
        """Return the page of a window that is as a new one.

        One that is not to be kept, since what a test does to it cannot be undone (a
        clock of its own, listeners), is a new one, and closed when it is given back.
        """
        options = {"viewport": WIDE} | options
        for page in self.free if keep else ():
            if self.options[page] == options:
                self.free.remove(page)
                page.remarks.clear()
                return page
        context = self.browser.new_context(**options)
        context.add_init_script(WATCH)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        listen(page)
        self.options[page] = options if keep else None
        return page

    def take_back(self, page):
        """Undo what was done in a window, so that it can be lent again."""
        context, options = page.context, self.options[page]
        if options is None:
            del self.options[page]
            context.close()
            return
        for other in context.pages:
            if other != page:
                other.close()
        context.set_offline(False)
        context.unroute_all()
        page.unroute_all()
        page.on("dialog", accept)
        site = urlsplit(page.url)
        if site.netloc:
            # A bare page of the same site: for another, a new process would start.
            page.goto(f"{site.scheme}://{site.netloc}/robots.txt")
            # Without scripts nothing was kept, and nothing answers.
            if options.get("java_script_enabled", True):
                page.evaluate(FORGET)
        page.remove_listener("dialog", accept)
        page.set_viewport_size(options["viewport"])
        context.clear_cookies()
        context.clear_permissions()
        self.free.append(page)

    def close(self):
        for page in self.options:
            page.context.close()


def accept(dialog):
    dialog.accept()


def listen(page):
    page.remarks = remarks = []
    page.on("pageerror", lambda error: remarks.append(Remark("exception", str(error))))
    page.on(
        "requestfailed",
        lambda one: remarks.append(Remark("request", f"{one.url}: {one.failure}")),
    )
    page.on(
        "console",
        lambda line: remarks.append(
            Remark(line.type, line.text, line.location.get("url", ""))
        ),
    )


def complaints_of(page):
    """Return the errors of a page's scripts, and what its policy kept out."""
    return [
        remark.words
        for remark in page.remarks
        if remark.kind in {"exception", "error"}
        and not remark.words.startswith(EXPECTED)
    ] + page.evaluate("() => window.watched?.blocked ?? []")
