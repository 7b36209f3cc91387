"""Every page of the desk in a browser: axe, console and policy complain of nothing.

Django's own pages and boxes are among them: lists of rights, days and times, questions
before a deletion, passwords, the second factor.
"""

import pytest

from tests.admin.desk_forms import desk_addresses, make_desk, make_states
from tests.conftest import sign_in
from tests.pages.conftest import npm_file
from tests.pages.looking import WIDTH, complaints_of_axe
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 800}
# Of all widgets that Django brings.
SHORT = ("auth_user_change", "claims_speaker_change", "password_change")


class Looker:
    """An administrator's window, and what is wrong with the pages in it."""

    def __init__(self, page, live_server, made, axe):
        self.page, self.server, self.axe = page, live_server, axe
        sign_in(page.context, live_server, made["root"])
        self.found = []
        self.seen = set()

    def look(self, name, address, scheme):
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.remarks.clear()
        response = self.page.goto(self.server.url + address)
        kind = response.headers.get("content-type", "")
        if response.status not in {200, 403, 404, 409} or "text/html" not in kind:
            return
        # What axe tries out of styles is no fault of the page.
        wrong = complaints_of(self.page)
        wrong += [
            one
            for one in complaints_of_axe(self.page, self.axe)
            # By the row of buttons, which stands over whatever is at the lower edge.
            if "partially obscured" not in one
        ]
        self.found += [f"{name}, {scheme}: {one}" for one in wrong]
        self.seen.add(name)

    def look_narrow(self, name, address):
        self.page.set_viewport_size(NARROW)
        self.page.goto(self.server.url + address)
        width = self.page.evaluate(WIDTH)
        if width > NARROW["width"]:
            self.found.append(f"{name}: {width} px wide at 360")


@pytest.fixture
def looker(open_window, live_server):
    axe = npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")

    def at(made):
        return Looker(open_window(keep=False), live_server, made, axe)

    return at


def test_djangos_own_boxes_keep_nobody_out(looker):
    made = make_desk()
    at, addresses = looker(made), desk_addresses(made)
    for name in SHORT:
        at.look(name, addresses[name], "dark")
    assert at.found == [], "\n".join(at.found)
    assert at.seen == set(SHORT)


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_console_and_policy_are_silent_on_every_page(looker, scheme):
    made, states = make_desk(), make_states()
    at = looker(made)
    for name, address in desk_addresses(made).items():
        at.look(name, address, scheme)
    for state, rows in states.items():
        for name, address in desk_addresses(made | rows, set(rows)).items():
            if name.endswith(("_change", "_approve", "_replies", "_planning")):
                at.look(f"{state}: {name}", address, scheme)
    assert at.found == []
    assert len(at.seen) > 120


@pytest.mark.long
def test_no_page_of_the_desk_is_wider_than_a_phone(looker):
    made = make_desk()
    at = looker(made)
    for name, address in desk_addresses(made).items():
        at.look_narrow(name, address)
    assert at.found == []
