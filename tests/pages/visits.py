"""A browser's visit to a sample page, with everything written down that went on."""

from contextlib import contextmanager

WIDE = {"width": 1280, "height": 900}
# The narrowest window in which nothing may stick out.
NARROW = {"width": 320, "height": 640}


class Visits:
    """Visits to the served samples, in one window with scripts and one without."""

    def __init__(self, url, windows):
        self.url, self.windows = url, windows
        self.lent = {}

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
        if scripts not in self.lent:
            page = self.lent[scripts] = self.windows.lend(java_script_enabled=scripts)
            page.notes = Notes(page)
        return self.lent[scripts]

    def close(self):
        for page in self.lent.values():
            page.notes.close()
            self.windows.take_back(page)


class Notes:
    """What a page complained about."""

    def __init__(self, page):
        self.clear()
        self.listeners = {
            "pageerror": self.fail,
            "requestfailed": self.miss,
            "console": self.listen,
        }
        self.page = page
        for event, listener in self.listeners.items():
            page.on(event, listener)

    def close(self):
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def clear(self):
        self.complaints = []

    def fail(self, error):
        self.complaints.append(str(error))

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
