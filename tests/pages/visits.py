"""A browser's visit to a sample page, with everything written down that went on."""

from contextlib import contextmanager

# Runs before the page's own scripts: moves of what was already painted, and whatever
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
WIDE = {"width": 1280, "height": 900}
# The narrowest window in which nothing may stick out.
NARROW = {"width": 320, "height": 640}


class Site:
    """The served samples, and the windows through which they are looked at."""

    def __init__(self, url):
        self.url = url
        self.browser = None
        self.windows = {}

    @contextmanager
    def visit(self, sample, *, scripts=True, viewport=None, scheme="light"):
        """Open a sample in a window of its own kind and give its page."""
        page = self.window(scripts)
        page.context.clear_cookies()
        page.set_viewport_size(viewport or WIDE)
        page.emulate_media(media="screen", color_scheme=scheme, reduced_motion="reduce")
        address = self.url + sample.address()
        if sample.answer:
            page.route(address, answering(sample))
        page.notes.clear()
        try:
            response = page.goto(address)
            assert response.status == sample.status
            yield page
        finally:
            page.unroute_all()

    def window(self, scripts):
        """Return the one window of a kind: opening windows is most of the work."""
        if scripts not in self.windows:
            context = self.browser.new_context(java_script_enabled=scripts)
            context.add_init_script(WATCH)
            page = self.windows[scripts] = context.new_page()
            page.notes = Notes(page)
        return self.windows[scripts]

    def close(self):
        for page in self.windows.values():
            page.context.close()


class Notes:
    """What a page complained about."""

    def __init__(self, page):
        self.clear()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self.miss)
        page.on("console", self.listen)

    def clear(self):
        self.complaints = []

    def miss(self, request):
        # A picture for the window's tab may still be on its way when the next page is.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def listen(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")


def answering(sample):
    """Return a route handler that hands the browser the site's own answer."""

    def handle(route):
        response = sample.response()
        headers = {**response.headers}
        for morsel in response.cookies.values():
            headers["Set-Cookie"] = morsel.OutputString()
        route.fulfill(
            status=response.status_code, headers=headers, body=response.content
        )

    return handle
