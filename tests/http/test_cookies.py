"""Over TLS each cookie is one of this host alone, which no script reads."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
LOGIN, ADD = "/admin/login/", "/admin/claims/topic/add/"


@pytest.fixture
def over_tls(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"


def cookies_of_a_visit():
    """Sign in, save something, read what is said of it; return each cookie set."""
    make_user("Editors", username="falk")
    client, found = Client(), []

    def ask(method, address, **fields):
        response = getattr(client, method)(address, fields, secure=True)
        found.extend(response.cookies.values())
        return response

    ask("get", LOGIN)
    ask("post", LOGIN, username="falk", password="falk-demo", next="/admin/")
    assert ask("post", ADD, name="Harbours", slug="harbours").status_code == 302
    assert "was added successfully" in ask("get", "/admin/").content.decode()
    ask("post", "/admin/logout/")
    return found


def test_each_cookie_is_of_this_host_alone(over_tls):
    found = cookies_of_a_visit()
    names = {"__Host-sessionid", "__Host-csrftoken", "__Host-messages"}
    assert {each.key for each in found} == names
    for each in found:
        assert (each["path"], each["domain"], each["samesite"]) == ("/", "", "Lax")
        # A browser lets go of such a cookie, too, only where the answer says Secure.
        assert each["secure"], each
        assert each["httponly"] or not each.value, each


def test_djangos_own_place_for_messages_is_the_control(over_tls, settings):
    settings.MESSAGE_STORAGE = (
        "django.contrib.messages.storage.fallback.FallbackStorage"
    )
    assert "messages" in {each.key for each in cookies_of_a_visit()}
