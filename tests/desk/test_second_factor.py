"""Whoever can publish signs in with two factors; losing one is no way round it."""

import re
import time
from binascii import unhexlify

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.desk.second_factor import make_codes
from tests.factories import make_user

LOGIN, FACTOR = "/admin/login/", "/admin/second-factor/"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def falk(db):
    return make_user("Editors", username="falk")


def code_of(secret, steps=0):
    totp = TOTP(unhexlify(secret))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def password_given(name="falk", **options):
    browser = Client(**options)
    answer = browser.post(LOGIN, {"username": name, "password": f"{name}-demo"})
    assert answer.status_code == 302
    return browser


def enrol(user):
    device = TOTPDevice.objects.create(user=user, name="TOTP")
    return device, make_codes(user)


def give(browser, code, **more):
    return browser.post(FACTOR, {"code": code, "next": "/admin/claims/"} | more)


def is_in(browser):
    return browser.get("/admin/claims/claim/").status_code == 200


# --- Set up ---------------------------------------------------------------------------


def test_who_can_publish_is_asked_to_set_one_up_and_sees_nothing_before(falk):
    browser = password_given()
    shown = browser.get("/admin/claims/verdict/", follow=True)
    assert shown.redirect_chain[-1][0].startswith(FACTOR)
    html = shown.content.decode()
    assert "Whoever can publish" in html
    assert "/admin/claims/claim/" not in html
    # The picture is in the page, with nothing that its policy would refuse.
    picture = re.search(r"<svg.*?</svg>", html, re.DOTALL)[0]
    assert "style=" not in picture
    assert "<script" not in picture
    for address in ("/admin/jsi18n/", "/admin/autocomplete/", "/admin/claims/claim/"):
        assert browser.get(address).status_code == 302
    assert browser.post("/admin/claims/speaker/add/", {"name": "x"}).status_code == 302
    # The same secret until it is confirmed, in words as in the picture.
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", html)[1]
    assert secret in browser.get(FACTOR).content.decode()
    assert give(browser, "000000").status_code == 400
    assert not TOTPDevice.objects.exists()
    done = give(browser, code_of(browser.session["second_factor_secret"]))
    codes = re.search(r'<pre id="codes"[^>]*>(.*?)</pre>', done.content.decode(), re.S)
    assert len(codes[1].split()) == 10
    assert "no-store" in done.headers["Cache-Control"]
    assert is_in(browser)
    # Shown once: neither page nor session has them again.
    again = browser.get(FACTOR).content.decode()
    assert not any(code in again for code in codes[1].split())
    assert "second_factor_secret" not in browser.session


def test_annotators_need_none_and_the_control_is_the_setting(falk, settings):
    make_user("Annotators", username="ada")
    assert is_in(password_given("ada"))
    assert not is_in(password_given())
    settings.SECOND_FACTOR = False
    assert is_in(password_given())


def test_a_session_from_before_the_setting_is_asked_too(falk):
    browser = Client()
    browser.force_login(falk)
    assert not is_in(browser)


# --- Asked for ------------------------------------------------------------------------


def test_with_the_code_one_is_in_and_the_same_code_lets_nobody_else_in(falk):
    device, _codes = enrol(falk)
    browser = password_given()
    assert not is_in(browser)
    code = code_of(device.key)
    answer = give(browser, code)
    assert (answer.status_code, answer.url) == (302, "/admin/claims/")
    assert is_in(browser)
    other = password_given()
    assert give(other, code).status_code == 400
    assert not is_in(other)


def test_who_chose_a_second_factor_is_asked_without_the_setting(settings, db):
    settings.SECOND_FACTOR = False
    device, _codes = enrol(make_user("Annotators", username="ada"))
    browser = password_given("ada")
    assert not is_in(browser)
    give(browser, code_of(device.key))
    assert is_in(browser)


def test_a_recovery_code_lets_in_once(falk):
    _device, codes = enrol(falk)
    first, second = password_given(), password_given()
    assert give(first, codes[0].upper()).status_code == 302
    assert give(second, codes[0]).status_code == 400
    assert StaticToken.objects.count() == 9
    assert is_in(first)
    assert not is_in(second)


def test_somebody_elses_code_lets_nobody_in(falk):
    enrol(falk)
    other, codes = enrol(make_user("Editors", username="emeka"))
    browser = password_given()
    for code in (code_of(other.key), codes[0]):
        assert give(browser, code).status_code == 400
    assert not is_in(browser)


def test_one_can_log_out_without_the_code(falk):
    enrol(falk)
    browser = password_given()
    assert browser.post("/admin/logout/").status_code == 200
    assert browser.get(FACTOR).url.startswith(LOGIN)


def test_the_page_leads_to_no_other_site(falk):
    device, _codes = enrol(falk)
    answer = give(password_given(), code_of(device.key), next="https://evil.example/")
    assert answer.url == "/admin/"


def test_wrong_codes_are_few_and_are_answered_with_the_time(falk, settings):
    settings.LOGIN_TRIES, settings.LOGIN_TRIES_NETWORK = 3, 100
    device, _codes = enrol(falk)
    thief = password_given(REMOTE_ADDR=ELSEWHERE)
    answers = [give(thief, f"{n:06d}") for n in range(4)]
    assert [each.status_code for each in answers] == [400, 400, 400, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert "Try again in 60 minutes" in answers[-1].content.decode()
    # A new login does not begin to count anew, and the owner gets in from elsewhere.
    thief = password_given(REMOTE_ADDR=ELSEWHERE)
    assert give(thief, code_of(device.key)).status_code == 429
    assert (
        give(password_given(REMOTE_ADDR=HERE), code_of(device.key)).status_code == 302
    )


def test_from_all_networks_together_codes_are_few_too(falk, settings):
    settings.LOGIN_TRIES, settings.LOGIN_TRIES_NETWORK = 0, 3
    enrol(falk)
    answers = [
        give(password_given(REMOTE_ADDR=f"203.0.113.{n}"), f"{n:06d}") for n in range(4)
    ]
    assert [each.status_code for each in answers] == [400, 400, 400, 429]


# --- Renewed, lost, reset -------------------------------------------------------------


@pytest.fixture
def inside(falk):
    """Somebody signed in with both factors, and what gives their codes."""
    device, codes = enrol(falk)
    browser = password_given()
    give(browser, codes[0])
    return browser, device


def test_new_recovery_codes_end_the_old_ones(inside, falk):
    browser, device = inside
    before = set(StaticToken.objects.values_list("token", flat=True))
    assert give(browser, "123456", codes="1").status_code == 400
    give(browser, code_of(device.key), codes="1")
    after = set(StaticToken.objects.values_list("token", flat=True))
    assert len(after) == 10
    assert not before & after


def test_another_device_takes_over_only_once_its_code_is_right(inside, falk):
    browser, device = inside
    give(browser, code_of(device.key), anew="1")
    html = browser.get(FACTOR).content.decode()
    assert "<svg" in html
    assert TOTPDevice.objects.get() == device
    give(browser, code_of(browser.session["second_factor_secret"]))
    assert TOTPDevice.objects.get().key != device.key
    assert is_in(browser)


def test_another_device_ends_what_was_begun_with_the_former_one(inside, falk):
    browser, device = inside
    other = password_given()
    give(other, code_of(device.key))
    assert is_in(other)
    give(browser, code_of(device.key, 1), anew="1")
    browser.get(FACTOR)
    give(browser, code_of(browser.session["second_factor_secret"]))
    assert (is_in(browser), is_in(other)) == (True, False)


def test_another_administrator_resets_it_and_the_history_says_why(falk, settings):
    enrol(falk)
    settings.SECOND_FACTOR = False
    root = make_user(superuser=True, username="root")
    browser = Client()
    browser.force_login(root)
    page = f"/admin/auth/user/{falk.pk}/second-factor/"
    assert page in browser.get(f"/admin/auth/user/{falk.pk}/change/").content.decode()
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"reason": ""}).status_code == 400
    assert browser.post(page, {"reason": "Phone lost; I called."}).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (root, str(falk.pk))
    history = browser.get(f"/admin/auth/user/{falk.pk}/history/").content.decode()
    assert "Phone lost; I called." in history


def test_nobody_resets_their_own_and_nobody_without_the_right(falk, settings):
    settings.SECOND_FACTOR = False
    root = make_user(superuser=True, username="root")
    enrol(root)
    for user in (root, falk):
        browser = Client()
        browser.force_login(user)
        page = f"/admin/auth/user/{root.pk}/second-factor/"
        if user == root:
            browser = password_given("root")
            give(browser, make_codes(root)[0])
        assert browser.post(page, {"reason": "Lost."}).status_code == 403
    assert TOTPDevice.objects.exists()


def test_the_command_resets_it_where_no_other_administrator_is(falk, capsys):
    enrol(falk)
    call_command("reset_second_factor", "falk")
    assert "is reset" in capsys.readouterr().out
    assert not TOTPDevice.objects.exists()
    assert LogEntry.objects.count() == 1
    with pytest.raises(CommandError, match="login name"):
        call_command("reset_second_factor", "nobody")


def test_no_page_of_the_admin_shows_secrets():
    assert not {TOTPDevice, StaticDevice} & set(admin.site._registry)


# --- Passwords ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("short-words", "at least 12 characters"),
        ("739251846027", "entirely numeric"),
        ("a longer sentence", None),
    ],
)
def test_passwords_are_long_and_not_only_digits(db, settings, password, refused):
    make_user("Annotators", username="ada")
    browser = password_given("ada")
    data = {"old_password": "ada-demo"}
    data |= {"new_password1": password, "new_password2": password}
    answer = browser.post("/admin/password_change/", data)
    if refused is None:
        assert answer.status_code == 302
    else:
        assert refused in answer.content.decode()
        assert (
            "12 characters" in browser.get("/admin/password_change/").content.decode()
        )


def test_changing_a_password_is_throttled_as_logging_in_is(db, settings):
    settings.LOGIN_TRIES = 3
    make_user("Annotators", username="ada")
    browser = password_given("ada")
    new = {"new_password1": "a longer sentence", "new_password2": "a longer sentence"}
    page = "/admin/password_change/"
    wrong = [browser.post(page, new | {"old_password": f"no {n}"}) for n in range(4)]
    assert [each.status_code for each in wrong] == [200, 200, 200, 429]
    assert int(wrong[-1]["Retry-After"]) > 0
    assert browser.post(page, new | {"old_password": "ada-demo"}).status_code == 429
    # The same counter: here logging in has to wait too.
    form = {"username": "ada", "password": "ada-demo"}
    assert Client().post(LOGIN, form).status_code == 429
