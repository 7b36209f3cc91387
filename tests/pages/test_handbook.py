"""The handbook: alike in each language, its pictures there, its search, its links."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from claims.reading import handbook
from claims.reading.handbook import HEADING, PICTURE, TITLES
from tests.factories import make_claim, make_user
from tests.pages.handbook_pictures import PICTURES, take_pictures

STATIC = Path(settings.BASE_DIR) / "claims" / "static" / "claims" / "handbook"
LANGUAGES = dict(settings.LANGUAGES)


def source(language, page):
    return (handbook.FOLDER / language / f"{page}.html").read_text(encoding="utf-8")


@pytest.fixture
def desk(db):
    client = Client()
    client.force_login(make_user("Annotators"))
    return client


@pytest.mark.parametrize("page", TITLES)
def test_a_page_has_the_same_sections_and_pictures_in_each_language(page):
    assert handbook.languages() == sorted(LANGUAGES)
    shapes = {
        (
            tuple(anchor for anchor, _title in HEADING.findall(source(code, page))),
            tuple(name for name, _words in PICTURE.findall(source(code, page))),
        )
        for code in LANGUAGES
    }
    assert len(shapes) == 1
    anchors, _pictures = shapes.pop()
    assert len(anchors) == len(set(anchors)) > 5


def test_every_picture_is_there_small_and_asked_for():
    for code in LANGUAGES:
        asked = {
            name for page in TITLES for name, _ in PICTURE.findall(source(code, page))
        }
        there = {file.stem: file for file in (STATIC / code).glob("*.webp")}
        assert asked == set(there) == {name for name, *_ in PICTURES}
        for file in there.values():
            head = file.read_bytes()
            assert head[:4] == b"RIFF" and head[8:12] == b"WEBP"
            assert len(head) < 80_000, file.name


@pytest.mark.parametrize("page", TITLES)
def test_every_help_leads_to_a_section_that_exists(desk, page):
    from claims.views.handbook import HELP, OF_PAGE

    shown = desk.get(f"/admin/handbook/{page}/").text
    for target in {*HELP.values(), *OF_PAGE.values()}:
        if target.startswith(f"{page}#"):
            assert f'<h2 id="{target.split("#")[1]}">' in shown, target


def test_the_pages_of_the_desk_link_to_their_own_help(desk):
    claim = make_claim()
    for address, target in {
        f"/admin/claims/claim/{claim.pk}/change/": "/admin/handbook/editors/#mark",
        "/admin/claims/article/intake/": "/admin/handbook/editors/#article",
        "/admin/claims/verdict/": "/admin/handbook/reviewers/#write",
        "/admin/": "/admin/handbook/",
    }.items():
        assert f'<a href="{target}">Handbook</a>' in desk.get(address).text, address


def test_the_search_finds_words_by_their_beginning_without_accents(desk):
    page = desk.get("/admin/handbook/", {"q": "Second PAIR"}).text
    assert "/admin/handbook/approvers/" in page
    assert "0 sections found" in desk.get("/admin/handbook/?q=zeppelin").text
    with translation.override("tr"):
        assert next(each.anchor for each in handbook.search("oneri karara")) == (
            "suggestions"
        )
    turkish = desk.get(
        "/admin/handbook/", {"q": "öneri"}, headers={"Accept-Language": "tr"}
    )
    assert 'lang="tr"' in turkish.text and "bölüm bulundu" in turkish.text


def test_what_is_asked_is_shown_as_words_and_not_as_markup(desk):
    page = desk.get("/admin/handbook/", {"q": "<script>x"}).text
    assert "<script>x" not in page
    assert desk.get("/admin/handbook/nothing/").status_code == 404


def test_the_handbook_is_for_who_is_signed_in(db):
    for address in ("/admin/handbook/", "/admin/handbook/editors/"):
        assert Client().get(address).status_code == 302


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.browser
def test_the_pictures_can_be_taken_again(site, browser, tmp_path):
    """HANDBOOK_PICTURES=1 writes them where the handbook shows them."""
    folder = STATIC if os.environ.get("HANDBOOK_PICTURES") else tmp_path
    for code in LANGUAGES:
        take_pictures(browser, site, code, folder / code)
        assert len(list((folder / code).glob("*.webp"))) == len(PICTURES)


@pytest.mark.django_db
def test_the_search_box_beside_a_chapter_is_empty(client):
    client.force_login(make_user("Editors"))
    page = client.get("/admin/handbook/editors/").content.decode()
    box = re.search(r'<input type="search" id="desk-search".*?>', page)[0]
    assert box.endswith('value="">')
