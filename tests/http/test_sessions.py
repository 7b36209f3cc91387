"""How long a sign-in of the desk lasts."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from claims.http.sessions import BEGAN, FRESH, SEEN
from tests.factories import make_user

pytestmark = pytest.mark.django_db

DESK = "/admin/"


@pytest.fixture
def signed_in(client):
    client.force_login(make_user("Reviewers"))
    assert client.get(DESK).status_code == 200
    return client


def set_back(client, **seconds):
    """Move moments of a client's session into the past; return what it then holds."""
    session = client.session
    for name, amount in seconds.items():
        session[name] -= amount
    session.save()
    return dict(session.items())


def is_signed_in(client):
    return client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    ("moment", "limit"), [(SEEN, "SESSION_IDLE"), (BEGAN, "SESSION_COOKIE_AGE")]
)
def test_a_sign_in_ends_at_its_limit_and_not_before(signed_in, settings, moment, limit):
    seconds = getattr(settings, limit)
    set_back(signed_in, **{moment: seconds - 60})
    assert is_signed_in(signed_in)
    signed_in.get(DESK)
    set_back(signed_in, **{moment: seconds + 60})
    key = signed_in.session.session_key
    response = signed_in.get(DESK)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")
    assert not Session.objects.filter(pk=key).exists()


def test_the_limits_are_twelve_hours_and_seven_days(settings):
    assert settings.SESSION_IDLE == 12 * 3600
    assert settings.SESSION_COOKIE_AGE == 7 * 24 * 3600


def test_being_used_is_written_down_every_ten_minutes_and_not_with_each_request(
    signed_in,
):
    held = set_back(signed_in, **{SEEN: FRESH - 60})
    signed_in.get(DESK)
    assert signed_in.session[SEEN] == held[SEEN]
    set_back(signed_in, **{SEEN: 60})
    signed_in.get(DESK)
    assert signed_in.session[SEEN] > held[SEEN]


def test_using_a_sign_in_does_not_lengthen_its_seven_days(signed_in):
    held = set_back(signed_in, **{BEGAN: 3600, SEEN: 3600})
    signed_in.get(DESK)
    assert signed_in.session[BEGAN] == held[BEGAN]


def test_a_sign_in_of_before_there_were_limits_goes_on_and_has_them(signed_in):
    session = signed_in.session
    del session[BEGAN], session[SEEN]
    session.save()
    assert is_signed_in(signed_in)
    assert abs(signed_in.session[BEGAN] - time.time()) < 60


def test_a_reader_with_somebody_elses_cookie_costs_no_write(client, settings):
    store = SessionStore()
    store.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    client.get("/policy/")
    assert BEGAN not in SessionStore(store.session_key).load()


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(client, signed_in):
    before = signed_in.session.session_key
    user = make_user("Editors", username="falk")
    form = {"username": "falk", "password": "falk-demo", "next": DESK}
    assert signed_in.post("/admin/login/", form).status_code == 302
    assert signed_in.session.session_key != before
    assert int(signed_in.session["_auth_user_id"]) == user.pk
    assert not Session.objects.filter(pk=before).exists()
    stolen = signed_in.cookies["sessionid"].value
    signed_in.post("/admin/logout/")
    client.cookies["sessionid"] = stolen
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", ["inactive", "password"])
def test_a_session_ends_with_its_account_and_with_a_new_password(client, change):
    user = make_user("Editors")
    client.force_login(user)
    assert is_signed_in(client)
    if change == "inactive":
        user.is_active = False
    else:
        user.set_password("another long sentence")
    user.save()
    assert not is_signed_in(client)
