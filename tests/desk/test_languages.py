"""An article's language: told when it comes in, named, obeyed by suggestions."""

import pytest
from django.utils.translation import override

from claims.desk.languages import (
    doubt_about_language,
    language_choices,
    language_name,
    why_no_suggestions,
)
from claims.desk.suggestions import suggest_claims
from claims.models import Article
from tests.factories import make_article
from tests.text.test_language import TEXTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["de", "fi", "ja", "tr"])
def test_a_text_tells_its_language_when_it_comes_in(code):
    assert make_article(TEXTS[code]).language == code


def test_what_is_said_counts_more_than_what_the_text_tells():
    assert make_article(TEXTS["fi"], language="sv").language == "sv"


@pytest.mark.parametrize("code", ["en", "tr"])
def test_a_text_that_does_not_tell_has_the_language_that_is_set(settings, code):
    settings.FACTCHECK = settings.FACTCHECK | {"ARTICLE_LANGUAGE": code}
    article = make_article("Ferry: 12.40.")
    assert article.language == code
    assert "does not tell its language" in doubt_about_language(article)


def test_a_doubt_is_said_only_where_there_is_one():
    assert doubt_about_language(make_article(TEXTS["en"], language="en-GB")) == ""
    assert doubt_about_language(make_article(TEXTS["fi"], language="en")) == (
        "The text reads as Finnish and counts as English."
    )
    assert doubt_about_language(Article(language="en")) == ""


def test_languages_are_named_in_the_language_of_the_interface():
    assert (language_name("fi"), language_name("zh")) == ("Finnish", "Chinese")
    assert (language_name("pt-BR"), language_name("tlh")) == (
        "Brazilian Portuguese",
        "tlh",
    )
    with override("tr"):
        assert (language_name("fi"), language_name("zh")) == ("Fince", "Çince")
        assert "Fince" in why_no_suggestions(Article(language="fi"))


def test_a_form_offers_each_language_by_name_and_the_one_that_is_stored():
    offered = dict(language_choices("tlh"))
    assert offered["fi"] == "Finnish"
    assert offered["tlh"] == "tlh"
    assert list(offered.values()) == sorted(offered.values(), key=str.casefold)


def test_in_a_language_without_rules_nothing_is_suggested_and_the_reason_said():
    # The control: the same words, counted as English, are suggested.
    words = "The ferry will stop in June, Mayor Ida Falk said Wednesday."
    assert suggest_claims(make_article(words, language="en")).new
    article = make_article(words, language="fi")
    assert suggest_claims(article).new == []
    assert why_no_suggestions(article) == (
        "Suggestions do not work for Finnish yet; mark claims by hand."
    )
    assert why_no_suggestions(make_article(words, language="en-GB")) == ""
