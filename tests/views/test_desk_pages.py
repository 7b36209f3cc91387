"""The pages in which a desk says who it is, as readers and its people see them."""

import json
import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from claims.desk.pages import publish_page, submit_page, write_page
from claims.models import DeskPage
from claims.models.choices import PageSlug
from tests.admin.conftest import signed_in
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db


def text_of(path):
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_that_nobody_has_written_says_so_and_is_marked_in_the_menu():
    for slug in PageSlug:
        path = "/about/" if slug == PageSlug.DESK else f"/about/{slug.value}/"
        assert "has not written this page yet" in text_of(path)
    assert text_of("/about/").count("not written yet") == len(PageSlug) - 2
    make_page("funding")
    assert text_of("/about/").count("not written yet") == len(PageSlug) - 3


def test_not_a_byte_of_a_draft_reaches_a_reader():
    before = text_of("/about/funding/"), text_of("/about/")
    make_page(title="zqkanary", body="zqkanary", published=False)
    assert (text_of("/about/funding/"), text_of("/about/")) == before
    page = DeskPage.objects.get()
    page = submit_page(page, by=make_user("Reviewers"), version=page.version)
    assert (text_of("/about/funding/"), text_of("/about/")) == before
    assert Client().get("/about/funding/versions/en/1/").status_code == 404


def test_an_older_version_stays_readable_with_what_changed_and_why():
    page = make_page(body="The county pays.")
    author, editor = make_user("Reviewers"), make_user("Editors")
    page.body, page.note = "The town pays.", "It is the town."
    page = write_page(page, by=author)
    page = submit_page(page, by=author, version=page.version)
    publish_page(page, by=editor, version=page.version)
    now = text_of("/about/funding/")
    assert "The town pays." in now
    assert "The county pays." not in now
    assert "It is the town." in now
    then = text_of("/about/funding/versions/en/1/")
    assert "The county pays." in then
    assert re.search("<del>.*county</del>", then)
    assert "It is the town." in then


def test_a_page_written_in_one_language_is_shown_in_it_and_that_is_said():
    make_page("people", language="tr", title="Kişiler", body="Beş kişi.")
    page = text_of("/about/people/")
    assert '<h1 lang="tr">Kişiler</h1>' in page
    assert "is shown as it is: Türkçe" in page
    assert 'lang="tr">Kişiler' not in text_of("/tr/about/people/")
    make_page("people", title="People", body="Five people.")
    assert "Five people." in text_of("/about/people/")
    assert "Beş kişi." in text_of("/tr/about/people/")


def test_the_markup_of_the_desk_names_the_pages_that_are_published_alone():
    def markup():
        found = re.search(r"ld\+json\">(.*?)</script>", text_of("/about/"))[1]
        return json.loads(found)

    assert "masthead" not in markup()
    make_page("people")
    make_page("corrections")
    node = markup()
    assert node["@type"] == "NewsMediaOrganization"
    assert node["@id"] == "http://testserver/about/#desk"
    assert node["masthead"] == "http://testserver/about/people/"
    assert node["correctionsPolicy"] == "http://testserver/about/corrections/"
    assert "ownershipFundingInfo" not in node


@pytest.mark.parametrize("slug", ["complaints", "corrections"])
def test_where_to_complain_stands_on_both_pages_though_nobody_has_written_them(
    settings, slug
):
    before = text_of(f"/about/{slug}/")
    assert reverse("claims:report") in before
    assert "does not say that it has signed" in before
    face = settings.FACTCHECK | {
        "COMPLAINTS_MAIL": "The Desk <us@desk.example>",
        "IFCN_COMPLAINTS": "https://ifcn.example/complain",
        "EFCSN_COMPLAINTS": "https://efcsn.example/complain",
    }
    with override_settings(FACTCHECK=face):
        page = text_of(f"/about/{slug}/")
    assert 'href="mailto:us@desk.example"' in page
    assert 'href="https://ifcn.example/complain"' in page
    assert 'href="https://efcsn.example/complain"' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/about/desk/", 301),
        ("/about/nothing/", 404),
        ("/about/funding/versions/en/2/", 404),
        ("/about/funding/versions/xx/1/", 404),
        ("/about/funding/versions/en/99999999999999999999/", 404),
    ],
)
def test_an_address_of_nothing_is_not_there(path, status):
    make_page()
    assert Client().get(path).status_code == status


# --- At the desk ----------------------------------------------------------------------


def test_a_page_goes_from_its_form_to_readers_by_two_people():
    author, editor = make_user("Reviewers"), make_user("Editors")
    writing, approving = signed_in(author), signed_in(editor)
    written = {"slug": "legal", "language": "en", "title": "Form", "body": "## A club"}
    response = writing.post("/admin/claims/deskpage/add/", written)
    assert response.status_code == 302
    page = DeskPage.objects.get()
    step = f"/admin/claims/deskpage/{page.pk}/step"
    assert writing.post(f"{step}/submit/", {"version": 1}).status_code == 302
    # Locked while somebody reads it; and whoever wrote it may not publish it.
    change = f"/admin/claims/deskpage/{page.pk}/change/"
    assert writing.post(change, {"title": "Other", "body": "x"}).status_code == 403
    assert writing.post(f"{step}/publish/", {"version": 2}).status_code == 403
    assert "What will be published" in approving.get(change).content.decode()
    assert approving.get("/admin/claims/deskpage/?queue=pages").status_code == 200
    assert approving.post(f"{step}/publish/", {"version": 2}).status_code == 302
    assert "<h2>A club</h2>" in text_of("/about/legal/")


def test_a_step_without_its_words_says_what_is_missing():
    editor = make_user("Editors")
    page = write_page(
        DeskPage(slug="desk", language="en", title="Us", body="We."), by=editor
    )
    submit_page(page, by=editor, version=1)
    step = f"/admin/claims/deskpage/{page.pk}/step"
    for name, words in (("publish", "Readers see it"), ("return", "to be changed")):
        response = signed_in(editor).post(f"{step}/{name}/", {"version": 2})
        assert response.status_code == 400
        assert words in response.content.decode()
    assert signed_in(editor).post(f"{step}/nothing/").status_code == 404


def test_a_stale_save_overwrites_nothing():
    page = make_page(published=False)
    client = signed_in(make_user("Reviewers"))
    change = f"/admin/claims/deskpage/{page.pk}/change/"
    typed = {"title": "Mine", "body": "Mine.", "seen": page.version - 1}
    response = client.post(change, typed)
    assert response.status_code == 409
    assert "Mine." in response.content.decode()
    assert DeskPage.objects.get().body == "All of it."


def test_the_preview_is_what_readers_will_see():
    client = signed_in(make_user("Reviewers"))
    path = reverse("admin:claims_deskpage_commonmark")
    answer = client.post(path, {"text": "# Whose\n\n<b>x</b>"}).json()
    assert answer["html"] == "<h2>Whose</h2>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"
    assert Client().post(path, {"text": "x"}).status_code == 302


def test_the_list_names_what_the_codes_ask_for_and_nobody_has_published():
    make_page("funding")
    page = signed_in(make_user("Editors")).get("/admin/claims/deskpage/")
    found = page.content.decode()
    assert "?slug=people" in found
    assert "?slug=funding" not in found
    assert "?slug=diversity" not in found
