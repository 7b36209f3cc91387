"""An article is read from a file, pasted words or a page, and confirmed by hand."""

import json
from datetime import date
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.exchange.documents import LARGEST_DOCUMENT
from claims.models import Article, Outlet
from tests.admin.conftest import signed_in, typed
from tests.conftest import sign_in
from tests.exchange.sample_files import make_page, make_pdf, make_word
from tests.factories import make_article, make_outlet, make_user

INTAKE = "/admin/claims/article/intake/"
ADD = "/admin/claims/article/add/"
FIRST = "The bridge of Sundal will be closed for two years, the council said."
SECOND = "“Nobody was asked,” Ida Falk told the Harbour Post on Monday evening."
WORDS = f"Bridge closes\n\nBy Mara Ilves\n\n4 May 2026\n\n{FIRST}\n\n{SECOND}\n"
pytestmark = pytest.mark.django_db


def upload(client, data, name="bridge.docx", **fields):
    return client.post(INTAKE, {"file": SimpleUploadedFile(name, data)} | fields)


def proposed(response):
    return response.context["adminform"].form.initial


def test_an_uploaded_file_fills_the_form_and_stores_nothing(annotator):
    page = upload(
        annotator, make_word(("Title", "Bridge closes"), "4 May 2026", FIRST, SECOND)
    )
    assert page.status_code == 200
    assert not Article.objects.exists()
    told = proposed(page)
    assert (told["headline"], told["published_on"]) == (
        "Bridge closes",
        date(2026, 5, 4),
    )
    assert (told["body"], told["language"]) == (f"{FIRST}\n\n{SECOND}", "en")
    # The form goes where an article is stored, and what it holds can be.
    assert f'action="{ADD}"' in page.content.decode()
    assert annotator.post(ADD, typed(page)).status_code == 302
    assert Article.objects.get().headline == "Bridge closes"


def test_pasted_words_are_put_right_and_what_was_is_shown(annotator):
    words = WORDS.replace("bridge of", "bri\u00addge of").replace("“", "&ldquo;")
    page = annotator.post(
        INTAKE, {"raw_words": words.replace("\n\n4 May", "\u20294 May")}
    )
    told = proposed(page)
    assert (told["headline"], told["byline"]) == ("Bridge closes", "Mara Ilves")
    assert told["published_on"] == date(2026, 5, 4)
    assert told["body"] == f"{FIRST}\n\n{SECOND}"
    shown = page.content.decode()
    assert "1 soft hyphen taken out:" in shown
    assert "<code>bri¬dge</code> → <code>bridge</code>" in shown
    assert "signs written in HTML in 1 line" in shown
    assert "line and page separators in 1 place" in shown


def test_a_text_with_a_head_is_read_by_it(annotator):
    words = f"date 2026-05-04 Bridge\noutlet: A Post\nrights: link\n\n{FIRST}"
    told = proposed(annotator.post(INTAKE, {"raw_words": words}))
    assert (told["headline"], told["new_outlet"]) == ("Bridge", "A Post")
    assert told["text_rights"] == "link"


@pytest.mark.parametrize(
    "known",
    [{"name": "HARBOUR post"}, {"name": "A", "homepage": "https://post.example/"}],
)
def test_the_outlet_is_known_by_its_name_or_its_address(annotator, known):
    outlet = Outlet.objects.create(slug="one", **known)
    words = f"date 2026-05-04 B\noutlet: Harbour Post\nurl: https://www.post.example/1\n\n{FIRST}"
    told = proposed(annotator.post(INTAKE, {"raw_words": words}))
    assert told["outlet"] == outlet.pk
    assert "new_outlet" not in told


def test_a_new_outlet_is_made_with_its_first_article(annotator):
    words = f"date 2026-05-04 Bridge\noutlet: A Post\n\n{FIRST}"
    page = annotator.post(INTAKE, {"raw_words": words})
    assert annotator.post(ADD, typed(page)).status_code == 302
    assert Article.objects.get().outlet.name == "A Post"
    both = typed(page, headline="B", outlet=str(make_outlet().pk), take_anyway="on")
    response = annotator.post(ADD, both)
    assert "new_outlet" in response.context["adminform"].form.errors


def test_words_that_are_here_are_said_to_be_and_asked_about(annotator):
    article = make_article(f"{FIRST}\n\n{SECOND}", headline="Here already")
    page = annotator.post(INTAKE, {"raw_words": WORDS})
    assert "These words are already here: all" in page.content.decode()
    assert f"/admin/claims/article/{article.pk}/change/" in page.content.decode()
    asked = annotator.post(ADD, typed(page))
    assert asked.status_code == 400
    errors = asked.context["adminform"].form.errors["body"]
    assert "all sentences stand in “Here already”" in errors[0]
    assert b'type="checkbox" name="take_anyway"' in asked.content
    assert Article.objects.count() == 1
    assert annotator.post(ADD, typed(page, take_anyway="on")).status_code == 302
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file, or paste the words."),
        ({"raw_words": " \n "}, "Choose a file, or paste the words."),
        ({"raw_words": "One.", "name": "a.txt", "data": b"x"}, "not both"),
        ({"raw_words": "A \0 B"}, "Null characters are not allowed."),
        ({"raw_words": "x" * 2_000_001}, "at most 2000000 characters"),
        ({"name": "a.txt", "data": b""}, "the file is empty"),
        ({"name": "a.txt", "data": b"Erdo\xf0an"}, "not UTF-8"),
        ({"name": "a.doc", "data": b"\xd0\xcf\x11\xe0" + bytes(9)}, "an old Word file"),
        ({"name": "a.txt", "data": make_word(" ")}, "no text in the Word file"),
        ({"name": "big.pdf", "data": bytes(LARGEST_DOCUMENT + 1)}, "30 are read"),
        ({"name": "a.txt", "data": b"x", "encoding": "hex"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(annotator, fields, sentence):
    if "data" in fields:
        fields["file"] = SimpleUploadedFile(fields.pop("name"), fields.pop("data"))
    response = annotator.post(INTAKE, fields)
    assert response.status_code == 400
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (make_pdf([["x"]], encrypted=True), "the PDF has a password"),
        (make_pdf([[]]), "only pictures (a scan?)"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_said_so(annotator, data, sentence):
    pytest.importorskip("pypdfium2", reason="pip install -e '.[documents]'")
    response = upload(annotator, data, "a.pdf")
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_a_file_in_a_windows_code_page_is_read_when_it_is_named(annotator):
    data = WORDS.replace("Falk", "Şahin").encode("cp1254")
    page = upload(annotator, data, "a.txt", encoding="windows-1254")
    assert "Ida Şahin" in proposed(page)["body"]


def test_only_who_may_add_articles_takes_any_in(client, db):
    assert client.get(INTAKE).status_code == 302
    visitor = make_user()
    visitor.is_staff = True
    visitor.save()
    for method in ("get", "post"):
        assert getattr(signed_in(visitor), method)(INTAKE).status_code == 403
    assert signed_in(make_user("Annotators")).get(INTAKE).status_code == 200


def test_the_list_and_the_form_lead_to_the_page(annotator):
    for address in ("/admin/claims/article/", ADD):
        assert f'href="{INTAKE}"' in annotator.get(address).content.decode()


# --- In the browser --------------------------------------------------------------

PAPER = "https://paper.example/bridge?from=front"
# As strict as a paper's own policy can be.
STRICT = {"Content-Security-Policy": "default-src 'none'; form-action 'none'"}


@pytest.fixture
def at_paper(open_window, live_server):
    """A signed-in editor's window that shows an article on another site."""
    page = open_window(keep=False)
    sign_in(page.context, live_server, make_user("Annotators"))

    def show(html):
        page.context.route(
            PAPER,
            lambda route: route.fulfill(
                body=html, headers=STRICT | {"Content-Type": "text/html; charset=utf-8"}
            ),
        )
        page.goto(live_server.url + INTAKE)
        link = page.locator("#bookmarklet").get_attribute("href")
        assert link.startswith("javascript:")
        page.goto(PAPER)
        return page, link

    return show


def clicked(page, link):
    """Return the window that a click on the bookmark opens."""
    with page.context.expect_page() as opened:
        # As the browser runs a bookmark: in the page, whatever the page's policy is.
        page.evaluate("(link) => (0, eval)(decodeURIComponent(link.slice(11)))", link)
    desk = opened.value
    desk.wait_for_selector("#article_form, .errorlist")
    return desk


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_bookmark_brings_the_words_selected_on_another_site(at_paper):
    page, link = at_paper(make_page(FIRST, SECOND, "Not this one, the clerk said."))
    page.evaluate(
        """() => {
          const [first, second] = document.querySelectorAll("article p");
          getSelection().setBaseAndExtent(first, 0, second, 1);
        }"""
    )
    desk = clicked(page, link)
    assert desk.url.endswith(INTAKE)
    assert desk.input_value("#id_body") == f"{FIRST}\n\n{SECOND}"
    assert desk.evaluate("() => window.watched.blocked") == []
    assert not Article.objects.exists()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_bookmark_brings_the_article_of_a_page_and_what_it_tells(at_paper):
    pytest.importorskip("trafilatura", reason="pip install -e '.[documents]'")
    pytest.importorskip("lxml.html.clean", exc_type=ImportError)
    page, link = at_paper(make_page(FIRST, SECOND))
    desk = clicked(page, link)
    assert desk.input_value("#id_body") == f"{FIRST}\n\n{SECOND}"
    assert desk.input_value("#id_headline") == "Bridge closes for two years"
    assert desk.input_value("#id_url") == PAPER
    assert desk.input_value("#id_new_outlet") == "Harbour Post"
    assert desk.input_value("#id_published_on") == "4 May 2026"
    desk.click("[name=_save]")
    desk.wait_for_url("**/annotate/")
    assert Article.objects.get().byline == "Mara Ilves"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_longer_than_an_address_can_be_brings_its_words(at_paper):
    long = [f"{FIRST} {number}." for number in range(20_000)]
    page, link = at_paper(make_page(*long))
    desk = clicked(page, link)
    assert f"{FIRST} 1000." in desk.input_value("#id_body")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_is_no_page_behind_the_address_is_said_to_be(open_window, live_server):
    page = open_window()
    sign_in(page.context, live_server, make_user("Annotators"))
    for told in ("%E0%A4%A", quote("{"), quote(json.dumps(None))):
        page.goto("about:blank")
        page.goto(f"{live_server.url}{INTAKE}#page={told}")
        page.wait_for_selector("#intake-broken", state="visible")
    # Nothing of it stays in the list of places that were visited.
    assert page.url == live_server.url + INTAKE
