"""The first day of a desk: its five steps, its people, and who may go where."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from tests.conftest import sign_in
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_topic,
    make_user,
    make_verdict,
)

PASSWORD = "a long road to the ferry"

pytestmark = pytest.mark.django_db


def steps(client):
    """Return the steps on the front page, each with whether it is ticked."""
    page = client.get("/admin/").text
    part = page.partition('class="desk-first"')[2].partition("</section>")[0]
    rows = re.findall(r"<li(.*?)</li>", part, re.S)
    return ["desk-done" in row for row in rows]


# --- Five steps -----------------------------------------------------------------------


def test_an_empty_desk_says_its_first_steps_and_ticks_them_as_they_are_done():
    client = Client()
    client.force_login(make_user(superuser=True))
    assert steps(client) == [False] * 5
    make_user("Editors")
    assert steps(client) == [True, False, False, False, False]
    make_outlet("Harbour Post")
    assert steps(client) == [True, True, False, False, False]
    article = make_article()
    assert steps(client) == [True, True, True, False, False]
    claim = make_claim(article=article)
    assert steps(client) == [True, True, True, True, False]
    make_verdict(claim)
    assert steps(client) == []


@pytest.mark.parametrize(("group", "may"), [("Annotators", False), (None, True)])
def test_a_step_is_a_link_for_who_may_take_it_only(group, may):
    client = Client()
    client.force_login(make_user(group, superuser=group is None))
    assert ('href="/admin/auth/user/add/"' in front(client)) == may
    assert 'href="/admin/claims/outlet/add/"' in front(client)


def front(client):
    page = client.get("/admin/").text
    return page.partition('class="desk-first"')[2].partition("</section>")[0]


# --- People ---------------------------------------------------------------------------


def test_groups_are_named_in_the_language_of_the_page():
    own = Group.objects.create(name="Night shift")
    client = Client(headers={"Accept-Language": "tr"})
    client.force_login(boss := make_user(superuser=True))
    for page in ("", f"{boss.pk}/change/"):
        text = client.get(f"/admin/auth/user/{page}").text
        assert "Editörler" in text
        assert own.name in text
        assert ">Editors<" not in text
    assert "İnceleyenler" in client.get("/admin/auth/group/").text


def add(capsys, *words, **options):
    call_command("add_person", *words, **options)
    return capsys.readouterr().out


def link_in(words):
    found = re.search(r"https?://[^/]+(/admin/welcome/\S+)", words)
    return found and found[1]


def test_somebody_new_sets_a_password_under_a_link_that_works_once(capsys):
    said = add(capsys, "Ida Falk", group="Editors", email="ida@desk.example")
    ida = get_user_model().objects.get(username="ida-falk")
    assert (ida.first_name, ida.last_name, ida.email) == (
        "Ida",
        "Falk",
        "ida@desk.example",
    )
    assert ida.is_staff and not ida.is_superuser and not ida.has_usable_password()
    assert list(ida.groups.values_list("name", flat=True)) == ["Editors"]
    visitor, link = Client(), link_in(said)
    page = visitor.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    short = {"new_password1": "short", "new_password2": "short"}
    assert visitor.post(form, short).status_code == 200
    assert visitor.post(form, typed).status_code == 302
    assert Client().login(username="ida-falk", password=PASSWORD)
    again = Client().get(link, follow=True)
    assert "new_password1" not in again.text


def test_adding_a_person_again_changes_nothing(capsys):
    add(capsys, "ida", group="Reviewers")
    ida = get_user_model().objects.get()
    ida.set_password(PASSWORD)
    ida.save()
    said = add(capsys, "ida", group="reviewers")
    assert link_in(said) is None
    assert get_user_model().objects.get().password == ida.password
    assert link_in(add(capsys, "ida", group="Editors", new_link=True))
    assert get_user_model().objects.get().groups.count() == 2


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("Ida", {"group": "Poets"}, "There is no group “Poets”. There are: Annotators"),
        ("Ida", {"group": "Editors", "email": "no address"}, "email"),
        ("a/b", {"group": "Editors"}, "valid username"),
        (" ", {"group": "Editors"}, "Give a name of letters"),
    ],
)
def test_a_person_that_cannot_be_is_refused_with_a_reason(name, options, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("add_person", name, **options)
    assert not get_user_model().objects.exists()


def test_who_signs_in_without_a_right_to_the_desk_is_told_so():
    make_user(username="ida")
    page = Client().post("/admin/login/", {"username": "ida", "password": "ida-demo"})
    assert "has no right to the desk" in page.text
    wrong = Client().post("/admin/login/", {"username": "ida", "password": "guess"})
    assert "has no right to the desk" not in wrong.text


# --- From a public page to its form ---------------------------------------------------


@pytest.fixture
def shown(db):
    """Public pages that show one thing, with the form of each."""
    topic = make_topic("Ferries")
    claim = make_claim(topics=[topic])
    article = claim.article
    return {
        claim.get_absolute_url(): f"/admin/claims/claim/{claim.pk}/change/",
        article.get_absolute_url(): f"/admin/claims/article/{article.pk}/change/",
        claim.speaker.get_absolute_url(): (
            f"/admin/claims/speaker/{claim.speaker_id}/change/"
        ),
        topic.get_absolute_url(): f"/admin/claims/topic/{topic.pk}/change/",
        article.outlet.get_absolute_url(): (
            f"/admin/claims/outlet/{article.outlet_id}/change/"
        ),
    }


def test_a_public_page_is_the_same_for_everybody_with_a_place_for_the_link(shown):
    editor, outsider, stranger = Client(), Client(), Client()
    editor.force_login(make_user("Annotators"))
    outsider.force_login(make_user())
    stranger.cookies[settings.SESSION_COOKIE_NAME] = "nobody-has-this-session"
    for address, form in shown.items():
        model, key = form.split("/")[3:5]
        visitor = Client().get(address)
        assert f'data-model="{model}" data-key="{key}">Edit this<' in visitor.text
        assert "/admin/claims/" not in visitor.text
        for client in (editor, outsider, stranger):
            page = client.get(address)
            assert page.content == visitor.content
            # A date is told once its second is over.
            told = {"Last-Modified": visitor.headers.get("Last-Modified")}
            assert {**page.headers, **told} == {**visitor.headers, **told}
            assert "Vary" not in page and not page.cookies
            assert page.headers["Cache-Control"].startswith("public, ")


@pytest.mark.slow
@pytest.mark.browser
def test_the_link_is_for_who_may_open_the_form(shown, live_server, open_window):
    window = open_window()
    address = next(iter(shown))
    link = window.locator(".edit-this a")

    def links(path):
        window.goto(f"{live_server.url}{path}")
        return link.count()

    assert links(address) == 0
    sign_in(window.context, live_server, make_user("Annotators"))
    assert links("/admin/") == 0
    for page, form in shown.items():
        assert links(page) == 1
        assert link.get_attribute("href") == form
    link.click()
    assert window.url == f"{live_server.url}{form}"
    # The desk takes the note back from whoever is signed out.
    window.context.clear_cookies()
    assert links("/admin/") == links(address) == 0
