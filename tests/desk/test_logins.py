"""Guessing passwords is slow, and nobody is shut out by somebody else's guesses."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from claims.desk.throttle import WINDOW
from claims.models import LoginTry
from tests.factories import make_user

LOGIN = "/admin/login/"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


@pytest.fixture(autouse=True)
def few(settings):
    settings.LOGIN_TRIES, settings.LOGIN_TRIES_NETWORK = 3, 8


@pytest.fixture
def falk(db):
    return make_user("Editors", username="falk")


def sign_in(name="falk", password=None, *, address=HERE):
    """Send the form as a browser does, its token included."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(LOGIN)
    return browser.post(
        LOGIN,
        {
            "username": name,
            "password": f"{name}-demo" if password is None else password,
            "csrfmiddlewaretoken": browser.cookies["csrftoken"].value,
            "next": "/admin/",
        },
        REMOTE_ADDR=address,
    )


def guess(times, name="falk", **fields):
    return [sign_in(name, f"guess {n}", **fields).status_code for n in range(times)]


def test_after_some_wrong_passwords_even_the_right_one_has_to_wait(falk):
    assert guess(4) == [200, 200, 200, 429]
    put_off = sign_in()
    assert put_off.status_code == 429
    assert 0 < int(put_off["Retry-After"]) <= 3600
    assert "Try again in 60 minutes" in put_off.content.decode()
    assert "sessionid" not in put_off.cookies


def test_without_a_limit_the_same_guesses_go_on(falk, settings):
    # The control: it is the limit that stops them.
    settings.LOGIN_TRIES = settings.LOGIN_TRIES_NETWORK = 0
    assert guess(12) == [200] * 12
    assert sign_in().status_code == 302


def test_the_wait_is_over_when_the_oldest_try_is_an_hour_old(falk):
    guess(3)
    LoginTry.objects.update(at=timezone.now() - WINDOW + timedelta(minutes=5))
    put_off = sign_in()
    assert "Try again in 5 minutes" in put_off.content.decode()
    assert 240 < int(put_off["Retry-After"]) <= 300
    LoginTry.objects.update(at=timezone.now() - WINDOW)
    assert sign_in().status_code == 302
    assert not LoginTry.objects.exists()


def test_somebodys_guesses_shut_nobody_out_elsewhere(falk):
    guess(4)
    assert sign_in(address=ELSEWHERE).status_code == 302


def test_somebodys_guesses_at_one_name_leave_a_colleague_alone(falk):
    make_user("Editors", username="berg")
    guess(4)
    assert sign_in("berg").status_code == 302


def test_one_guess_at_each_of_many_names_is_limited_too(falk):
    names = [f"name{n}" for n in range(9)]
    assert [guess(1, name)[0] for name in names] == [200] * 8 + [429]
    assert sign_in().status_code == 429
    assert sign_in(address=ELSEWHERE).status_code == 302


def test_an_operator_lets_a_whole_office_in_again(falk, capsys):
    guess(3), guess(3, "other"), guess(3, "third")
    assert sign_in().status_code == 429
    call_command("forget_login_tries")
    assert capsys.readouterr().out == "Forgotten: 8 tries to sign in.\n"
    assert sign_in().status_code == 302


def test_whoever_is_signed_in_stays_so(falk):
    signed_in = Client(REMOTE_ADDR=HERE)
    signed_in.force_login(falk)
    guess(4)
    assert signed_in.get("/admin/").status_code == 200


def test_the_right_password_forgets_the_slips_before_it(falk):
    for _ in range(3):
        assert guess(2) == [200, 200]
        assert sign_in().status_code == 302


def test_the_answer_does_not_tell_whether_there_is_such_a_login(falk):
    def answers(name):
        pages = [sign_in(name, "guess") for _ in range(4)]
        return [(page.status_code, page.context["form"].errors) for page in pages]

    assert answers("falk") == answers("nobody")


@pytest.mark.parametrize("name", ["FALK", "ｆａｌｋ"])
def test_another_spelling_of_a_name_is_no_further_try(falk, name):
    guess(3)
    assert sign_in(name, "guess").status_code == 429


def test_neither_name_nor_address_nor_password_is_kept(falk):
    guess(1)
    row = str(LoginTry.objects.values_list().get())
    assert not {word for word in ("falk", HERE, "guess") if word in row}


@pytest.mark.parametrize(("name", "password"), [("", "x"), ("falk", ""), ("a\0b", "x")])
def test_a_form_that_cannot_be_right_is_no_try(falk, name, password):
    assert sign_in(name, password).status_code == 200
    assert not LoginTry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_do_not_slip_through():
    make_user("Editors", username="falk")
    barrier, answers = threading.Barrier(8, timeout=60), []

    def run(number):
        try:
            barrier.wait()
            answers.append(sign_in(password=f"guess {number}").status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(answers) == [200] * 3 + [429] * 5
