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
        page.remarks.clear()
        try:
            response = page.goto(address)
            assert response.status == sample.status
            yield page
        finally:
            page.unroute_all()

    def window(self, scripts):
        if scripts not in self.lent:
            self.lent[scripts] = self.windows.lend(java_script_enabled=scripts)
        return self.lent[scripts]

    def close(self):
        for page in self.lent.values():
            self.windows.take_back(page)


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
