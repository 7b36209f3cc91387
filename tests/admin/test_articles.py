"""Articles come in whole, once, and their words stay as printed."""

import pytest

from claims.models import Article, ArticleText
from tests.admin.conftest import typed
from tests.factories import BODY, make_article, make_outlet
from tests.text.test_language import TEXTS

ADD = "/admin/claims/article/add/"
pytestmark = pytest.mark.django_db


def article_typed(**changes):
    return {
        "headline": "The ferry stops",
        "published_on": "2026-05-04",
        "body": "The ferry stops in June, the council said.\r\n\r\nNobody objected.",
        "language": "en",
        "text_rights": "full",
    } | changes


def test_a_pasted_article_is_stored_with_its_canonical_text(annotator):
    response = annotator.post(ADD, article_typed())
    assert response.status_code == 302
    article = Article.objects.get()
    text = article.current_text
    assert text.body == "The ferry stops in June, the council said.\n\nNobody objected."
    assert text.made_by == annotator.user


def test_a_pasted_article_opens_at_its_annotation_with_its_claims_suggested(
    annotator,
):
    response = annotator.post(ADD, article_typed(), follow=True)
    article = Article.objects.get()
    claim = article.claims.get()
    assert (claim.status, claim.quote) == ("suggested", "The ferry stops in June")
    assert response.redirect_chain == [
        (f"/admin/claims/article/{article.pk}/annotate/", 302)
    ]
    assert b"1 claim is suggested" in response.content

    # Whoever wants to type in the next article, or go on here, still can.
    again = article_typed(take_anyway="on")
    response = annotator.post(ADD, again | {"headline": "B", "_addanother": "1"})
    assert response.url == ADD
    response = annotator.post(ADD, again | {"headline": "C", "_continue": "1"})
    assert response.url.endswith("/change/")


def test_the_list_of_articles_leads_to_each_annotation(annotator):
    article = make_article()
    page = annotator.get("/admin/claims/article/")
    assert f"/admin/claims/article/{article.pk}/annotate/" in page.content.decode()


def test_the_same_article_again_is_refused_at_its_headline(annotator):
    annotator.post(ADD, article_typed())
    response = annotator.post(ADD, article_typed())
    assert response.status_code == 400
    form = response.context["adminform"].form
    assert "already here" in form.errors["headline"][0]
    assert form["body"].value() == article_typed()["body"]
    assert Article.objects.count() == 1


def test_the_same_headline_with_other_words_is_refused_and_the_words_are_kept(
    annotator,
):
    outlet = make_outlet()
    annotator.post(ADD, article_typed(outlet=outlet.pk))
    response = annotator.post(
        ADD, article_typed(outlet=outlet.pk, body="Something else entirely.")
    )
    assert response.status_code in {400, 409}
    assert b"already here" in response.content
    assert b"Something else entirely." in response.content
    assert ArticleText.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": "  \r\n "}, "body"),
        ({"body": "A NUL \0 inside."}, "body"),
        ({"published_on": "2026-02-30"}, "published_on"),
        ({"published_on": ""}, "published_on"),
        ({"headline": "x" * 301}, "headline"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"archived_url": "ftp://old.example/1"}, "archived_url"),
        ({"outlet": "99999999999999999999"}, "outlet"),
        ({"text_rights": "everything"}, "text_rights"),
    ],
)
def test_bad_input_is_refused_at_its_field(annotator, change, field):
    response = annotator.post(ADD, article_typed(**change))
    assert response.status_code == 400
    assert field in response.context["adminform"].form.errors
    assert not Article.objects.exists()


def test_the_text_is_shown_and_cannot_be_posted_over(annotator):
    article = make_article()
    page = annotator.get(f"/admin/claims/article/{article.pk}/change/")
    assert b"The harbour will open in May" in page.content
    assert b'name="body"' not in page.content

    data = typed(page, headline="A better headline", body="Forged words.")
    response = annotator.post(f"/admin/claims/article/{article.pk}/change/", data)
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.headline == "A better headline"
    assert "Forged" not in article.current_text.body


def test_a_stale_save_of_an_article_shows_both_and_keeps_the_typed(annotator, editor):

    article = make_article(headline="First")
    address = f"/admin/claims/article/{article.pk}/change/"
    mine = typed(annotator.get(address), byline="Mine")
    editor.post(address, typed(editor.get(address), byline="Theirs"))
    response = annotator.post(address, mine)
    assert response.status_code == 409
    assert response.context["conflict"]["fields"] == [
        {"label": "Byline", "stored": "Theirs", "typed": "Mine"}
    ]
    assert editor.user.username in response.content.decode()
    article.refresh_from_db()
    assert article.byline == "Theirs"
    again = typed(response)
    assert again["byline"] == "Mine"
    assert annotator.post(address, again).status_code == 302
    article.refresh_from_db()
    assert article.byline == "Mine"


def test_articles_are_never_deleted_here(editor):
    article = make_article()
    for method in (editor.get, editor.post):
        response = method(f"/admin/claims/article/{article.pk}/delete/")
        assert response.status_code == 403
    assert Article.objects.count() == 1


def test_articles_are_found_by_folded_words_of_their_headline(annotator):
    make_article(headline="Erdoğan visits the harbour")
    make_article(headline="Another day")
    for words in ("erdogan", "HARB", "visiting harbours"):
        page = annotator.get("/admin/claims/article/", {"q": words})
        assert [a.headline for a in page.context["cl"].result_list] == [
            "Erdoğan visits the harbour"
        ]


@pytest.mark.parametrize(
    "words", ["the", "-", '"', "' or 1=1", "a & !b | (", ":*", "\\", "x" * 5000, "٣"]
)
def test_no_search_words_break_the_list(annotator, words):
    make_article()
    assert annotator.get("/admin/claims/article/", {"q": words}).status_code == 200


def test_an_empty_field_to_look_a_row_up_by_breaks_no_page(annotator):
    outlet = make_outlet()
    address = f"/admin/claims/outlet/{outlet.pk}/change/?_to_field="
    page = annotator.get(address)
    assert page.status_code == 200
    data = typed(page, homepage="https://ferry.example/", _to_field="")
    assert annotator.post(address, data).status_code == 302
    outlet.refresh_from_db()
    assert outlet.homepage == "https://ferry.example/"


def test_a_pasted_text_tells_its_language_and_the_desk_says_what_does_not_work(
    annotator,
):
    sent = article_typed(body=TEXTS["fi"], language="")
    page = annotator.post(ADD, sent, follow=True).content.decode()
    article = Article.objects.get()
    assert article.language == "fi"
    assert page.count("Suggestions do not work for Finnish yet") == 2
    assert "suggested, for you" not in page
    assert not article.claims.exists()
    # It stays there for whoever comes next.
    page = annotator.get(f"/admin/claims/article/{article.pk}/annotate/")
    assert b'<p class="an-notice" id="no-suggestions">Suggestions do' in page.content
    assert "Finnish" in page.content.decode()


def test_a_text_too_short_to_tell_its_language_is_said_to_be(annotator):
    sent = article_typed(body="The ferry stops.", language="")
    page = annotator.post(ADD, sent, follow=True)
    assert b"it counts as English." in page.content
    # The control: one that tells, or whose language somebody chose, has no doubts.
    for sent in (
        article_typed(body=TEXTS["en"], language="", headline="B"),
        article_typed(body="The bus stops.", language="en", headline="C"),
    ):
        page = annotator.post(ADD, sent, follow=True)
        assert b"counts as" not in page.content


def test_an_editor_sets_the_language_and_gets_the_suggestions_of_it(annotator):
    article = make_article(BODY, language="fi")
    address = f"/admin/claims/article/{article.pk}/change/"
    page = annotator.get(address)
    assert b"The text reads as English and counts as Finnish." in page.content
    response = annotator.post(address, typed(page, language="en"), follow=True)
    assert b"are suggested, for you" in response.content
    article.refresh_from_db()
    assert article.language == "en"
    assert article.claims.count() == 4
    page = annotator.get(address)
    assert b"and counts as" not in page.content
    response = annotator.post(address, typed(page, language="xx-nothing"))
    assert response.status_code == 400
    assert "language" in response.context["adminform"].form.errors


def test_articles_are_filtered_by_the_names_of_their_languages(annotator):
    finnish = make_article(TEXTS["fi"])
    make_article(TEXTS["en"])
    page = annotator.get("/admin/claims/article/")
    assert b'<a href="?language=fi">Finnish</a>' in page.content
    page = annotator.get("/admin/claims/article/", {"language": "fi"})
    assert list(page.context["cl"].result_list) == [finnish]
    assert b"German</a>" not in page.content


def test_words_selected_in_a_language_without_rules_are_not_guessed_at(annotator):
    # The control: the same words, counted as English, are.
    for language, is_guessed in (("en", True), ("fi", False)):
        article = make_article(BODY, language=language)
        answer = annotator.get(
            f"/admin/claims/article/{article.pk}/annotate/guess/",
            {"start": 0, "end": len("The harbour will open in May")},
        )
        assert bool(answer.json()["guess"]) is is_guessed


def test_where_nothing_is_found_no_number_is_said(annotator):
    page = annotator.post(ADD, article_typed(body="It rained."), follow=True)
    assert b"Nothing was found to suggest; mark claims by hand." in page.content
    assert b"suggested, for you" not in page.content
