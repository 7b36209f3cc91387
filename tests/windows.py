"""Windows of the one browser, lent to one test after the other.

Opening one, with a cache of its own, costs more than most visits in it.
"""

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


class Windows:
    """The pages of all open windows: those lent now, and the free ones."""

    def __init__(self, browser):
        self.browser = browser
        self.free = []
        self.options = {}

    def lend(self, *, clock=False, **options):
        """Return the page of a window that is as a new one.

        With a `clock` of its own it is one, since a page's time cannot be given back.
        """
        options = {"viewport": WIDE} | options
        if not clock:
            for page in self.free:
                if self.options[page] == options:
                    self.free.remove(page)
                    return page
        context = self.browser.new_context(**options)
        if clock:
            context.clock.install()
        context.add_init_script(WATCH)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.options[page] = None if clock else options
        return page

    def take_back(self, page):
        """Undo what was done in a window, so that it can be lent again."""
        context, options = page.context, self.options[page]
        if options is None:
            context.close()
            del self.options[page]
            return
        for other in context.pages:
            if other != page:
                other.close()
        context.set_offline(False)
        context.unroute_all()
        page.unroute_all()
        page.once("dialog", lambda dialog: dialog.accept())
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        page.set_viewport_size(options["viewport"])
        context.clear_cookies()
        context.clear_permissions()
        self.free.append(page)

    def close(self):
        for page in self.options:
            page.context.close()
