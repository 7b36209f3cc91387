"""No query breaks the search, whatever signs are in it."""

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.admin.search import TERMS, search_condition
from claims.lists.autocomplete import suggestions
from claims.models import Claim, PublicClaim, PublishedVerdict, Speaker
from claims.models.fulltext import MOST_CHARACTERS, ask, containing, matching_words
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

PIECES = st.sampled_from(
    ["-", '"', "OR", "&", "|", "!", "(", ")", ":*", "<->", "\\", "'", "''", "=english",
     "%s", "%", "J. K.", "U.S.", "C++", "AT&T", "S-400", "3.5", "..", "東京", "都",
     "Müller", "ß", "İ", "é", "ה״ג", "مَ", "ก็", "\u00ad", "\u200b", "i\u0307",
     "a", "the", "ferry", "²", "½", "𠀀", "😀", "\t", "«", "_", "+", "#", "\n"]
)  # fmt: skip
QUERIES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=MOST_CHARACTERS),
    st.lists(st.one_of(PIECES, st.just(" ")), max_size=60).map("".join),
).map(lambda words: words[:MOST_CHARACTERS])


def ask_everywhere(words):
    """Ask all that a reader or the desk asks with some words."""
    with transaction.atomic():
        _asked(words)


def _asked(words):
    asked = ask(words)
    list(containing(PublicClaim.objects.listed(), asked)[:2])
    matching_words(asked, [("", words), ("ja", "the ferry 東京都")])
    if "\0" in words:
        return
    suggestions(words)
    with override_settings(LANGUAGE_CODE="tr"):
        list(PublishedVerdict.objects.in_force().with_words(words)[:2])
    list(Speaker.objects.containing(words)[:2])
    list(Claim.objects.filter(search_condition(words, fields=TERMS))[:2])


def fuzz(examples):
    return lambda test: settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )(given(words=QUERIES)(example("-" * 33)(example("-" * 200)(test))))


@pytest.fixture
def claim():
    return make_claim()


@fuzz(60)
def test_no_query_breaks_the_search(claim, words):
    ask_everywhere(words)


@pytest.mark.slow
@fuzz(200)
def test_no_query_of_many_breaks_the_search(claim, words):
    ask_everywhere(words)


@pytest.mark.long
@fuzz(5_000)
def test_no_query_of_very_many_breaks_the_search(claim, words):
    ask_everywhere(words)


@pytest.mark.parametrize("words", ["-" * 33, "the", "&", "...", '"', "- - -", "’"])
def test_what_has_no_word_is_told_so_and_not_that_nothing_was_found(
    client, claim, words
):
    for path in ("/claims/", "/search/", "/articles/", "/api/claims", "/claims.csv"):
        response = client.get(path, {"q": words})
        assert response.status_code == 400, path
        assert "No word in this can be searched for" in response.content.decode()
