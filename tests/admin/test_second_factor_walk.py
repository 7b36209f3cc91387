"""A second factor set up and asked for, in a real browser under the site's policy."""

import time
from base64 import b32decode

import pytest
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.factories import make_user
from tests.test_walk import Desk
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.slow
def test_a_second_factor_is_set_up_and_opens_the_desk(
    open_window, live_server, settings
):
    settings.SECOND_FACTOR = True
    make_user("Editors", username="falk")
    desk = Desk(open_window(), live_server, "falk", types_password=True)
    page = desk.page
    expect(page.locator(".desk-qr svg")).to_be_visible()
    # A picture of some size, in spite of a policy without inline styles.
    assert page.locator(".desk-qr svg").bounding_box()["width"] > 100
    secret = page.locator(".desk-secret code").inner_text().replace(" ", "")
    totp = TOTP(b32decode(secret))
    totp.time = time.time()
    page.fill("#id_code", f"{totp.token():06d}")
    desk.press("Go on")
    codes = page.locator("#codes").inner_text().split()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.path().read_text().split() == codes
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("#site-name")).to_be_visible()
    assert complaints_of(page) == []
    # Next time: password, then one of the codes.
    Session.objects.all().delete()
    Desk(page, live_server, "falk", types_password=True)
    page.fill("#id_code", codes[0])
    desk.press("Go on")
    expect(page.get_by_role("link", name="Verdicts").first).to_be_visible()
    assert TOTPDevice.objects.count() == 1
    assert complaints_of(page) == []
