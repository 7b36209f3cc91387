"""What goes wrong at the desk is told in the desk's frame, with a way back."""

import pytest
from django.template.loader import get_template
from django.test import Client

from claims.views.errors import server_error
from tests.admin.conftest import signed_in
from tests.factories import make_user

BACK = '<a class="button default" href="/admin/">To the front page of the desk</a>'
FRAME = "claims/css/frame.css"

pytestmark = pytest.mark.django_db


def assert_is_of_the_desk(response, status, heading):
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert html.count("<h1") == 1
    assert BACK in html
    assert FRAME in html
    assert "claims/css/base.css" not in html
    assert "no-store" in response.headers.get("Cache-Control", "no-store")


def test_a_page_that_is_not_there_has_the_frame_of_where_it_was_asked_for(editor):
    heading = "There is nothing at this address"
    asked = ["/admin/nothing/", "/admin/claims/verdict/999999/approve/"]
    for address in asked:
        assert_is_of_the_desk(editor.get(address), 404, heading)
    # As little is said of what is hidden as of what never was.
    assert b"nothing/" not in editor.get(asked[0]).content
    public = editor.get("/nothing/").content.decode()
    assert FRAME not in public
    assert heading in public


def test_a_visitor_is_asked_to_sign_in_and_told_nothing_else():
    assert Client().get("/admin/nothing/").status_code == 302


def test_what_one_may_not_do_is_said_in_the_frame(annotator):
    response = annotator.get("/admin/claims/rating/add/")
    assert_is_of_the_desk(response, 403, "You may not do this")
    assert 'id="user-tools"' in response.content.decode()


def test_a_lost_cookie_without_words_is_told_in_the_frame():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editors"))
    response = client.post("/admin/claims/claim/add/")
    assert_is_of_the_desk(response, 403, "You may not do this")


def test_a_fault_is_told_in_the_frame_and_asks_the_database_nothing(
    monkeypatch, rf, django_assert_num_queries
):
    def fail(*_args, **_options):
        raise RuntimeError

    client = signed_in(make_user("Editors"))
    client.raise_request_exception = False
    monkeypatch.setattr("claims.admin_site.first_steps", fail)
    response = client.get("/admin/")
    assert_is_of_the_desk(response, 500, "Something failed here")
    with django_assert_num_queries(0):
        html = server_error(rf.get("/admin/")).content.decode()
    assert BACK in html
    assert get_template("500.html").render() not in html
