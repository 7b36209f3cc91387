"""Every page of the desk in a browser: axe, console and policy complain of nothing.

Django's own pages and boxes are among them: lists of rights, days and times, questions
before a deletion, passwords, the second factor.
"""

import logging

import pytest

from tests.admin.desk_forms import (
    PATIENCE,
    desk_addresses,
    in_parts,
    make_desk,
    make_states,
    part_of,
    places,
)
from tests.conftest import sign_in
from tests.pages.conftest import npm_file
from tests.pages.looking import LOOKS, WIDTH, complaints_of_axe
from tests.windows import WIDE, complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
logger = logging.getLogger(__name__)

# Colours fade from one scheme to the other: what is between is none of both.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => {
  document.getAnimations().forEach((each) => each.finish());
  requestAnimationFrame(done);
}))"""
NARROW = {"width": 360, "height": 800}
# Pages that look another way where a row is in another state.
OF_A_STATE = ("_change", "_approve", "_replies", "_planning")
# Of all widgets that Django brings, and of its list of what a deletion takes along.
SHORT = (
    *("auth_user_change", "claims_speaker_change", "password_change"),
    *("claims_claim_change", "claims_subscription_delete"),
)


class Looker:
    """An administrator's window, and what is wrong with the pages in it."""

    def __init__(self, page, live_server, made, axe):
        self.page, self.server, self.axe = page, live_server, axe
        page.set_default_timeout(PATIENCE)
        sign_in(page.context, live_server, made["root"])
        self.found = []
        self.seen = set()

    def look(self, name, address):
        """Look at a page in the light, in the dark, and as wide as a phone."""
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.remarks.clear()
        response = self.page.goto(self.server.url + address)
        kind = response.headers.get("content-type", "")
        if response.status not in {200, 403, 404, 409} or "text/html" not in kind:
            return
        # What axe tries out of styles is no fault of the page.
        wrong = complaints_of(self.page)
        wrong += self.asked_of_axe("light")
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate(SETTLED)
        wrong += self.asked_of_axe("dark", LOOKS)
        self.page.set_viewport_size(NARROW)
        width = self.page.evaluate(WIDTH)
        if width > NARROW["width"]:
            wrong.append(f"{width} px wide at 360")
        # To be read while it walks: --log-file=FILE --log-file-level=INFO
        logger.info("%s: %s", name, wrong or "silent")
        self.found += [f"{name}: {one}" for one in wrong]
        self.seen.add(name)

    def asked_of_axe(self, scheme, rules=None):
        return [
            f"{scheme}: {one}"
            for one in complaints_of_axe(self.page, self.axe, rules)
            # By the row of buttons, which stands over whatever is at the lower edge.
            if "partially obscured" not in one
        ]


@pytest.fixture
def looker(open_window, live_server):
    axe = npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")

    def at(made):
        return Looker(open_window(keep=False), live_server, made, axe)

    return at


@pytest.mark.slow
@pytest.mark.parametrize("names", [SHORT[:2], SHORT[2:]])
def test_djangos_own_boxes_keep_nobody_out(looker, names):
    made = make_desk()
    at, addresses = looker(made), desk_addresses(made)
    for name in names:
        at.look(name, addresses[name])
    assert at.found == [], "\n".join(at.found)
    assert at.seen == set(names)


@in_parts
@pytest.mark.long
def test_axe_console_and_policy_are_silent_on_every_page(looker, part, record_property):
    made, states = make_desk(), make_states()
    at = looker(made)
    for _rows, name, address in part_of(places(made, states), part):
        if ": " not in name or name.endswith(OF_A_STATE):
            at.look(name, address)
    assert at.found == [], "\n".join(at.found)
    assert len(at.seen) > 15
    record_property("pages", len(at.seen))
