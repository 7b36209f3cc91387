"""An article whose sentences are here already is found, whatever its lines are."""

from datetime import date

import pytest
from django.db import connection

from claims.desk.duplicates import articles_with_words
from tests.factories import make_article

pytestmark = pytest.mark.django_db

SENTENCES = [
    f"The {what} of Ostermoor will be shut on day {number}, the council said."
    for number, what in enumerate(
        [
            *("well", "tower", "harbour", "bridge", "ferry"),
            *("school", "mill", "quay", "lock", "market"),
        ]
    )
]


def text(*sentences, between=" "):
    return between.join(sentences)


@pytest.fixture
def printed():
    return make_article(
        text(*SENTENCES), headline="The list", published_on=date(2026, 5, 4)
    )


@pytest.mark.parametrize("kept", [10, 9, 8])
def test_four_of_five_sentences_make_a_text_the_same(printed, kept):
    others = [f"Nobody asked {name} about it." for name in ("Ida", "Joris")]
    (same,) = articles_with_words(text(*SENTENCES[:kept], *others[: 10 - kept]))
    assert (same.article, same.share) == (printed, 10 * kept)


def test_three_of_five_do_not(printed):
    others = [f"Nobody asked {name} about it at all." for name in "ABCD"]
    assert articles_with_words(text(*SENTENCES[:6], *others)) == []


def test_lines_signs_and_case_do_not_count(printed):
    typed = text(*(each.upper() for each in SENTENCES), between="\n\n")
    (same,) = articles_with_words(typed.replace(",", " –").replace(".", "!"))
    assert same.share == 100
    assert str(same) == (
        "These words are already here: all sentences stand in “The list” of "
        f"2026-05-04, article {printed.pk}."
    )


def test_a_shorter_text_out_of_a_longer_one_is_the_same_and_not_the_other_way(printed):
    (same,) = articles_with_words(text(*SENTENCES[:3]))
    assert same.article == printed
    make_article(SENTENCES[0], headline="In short")
    assert [each.article for each in articles_with_words(text(*SENTENCES))] == [printed]


def test_the_article_itself_is_left_out_where_that_is_said(printed):
    assert articles_with_words(text(*SENTENCES), but=printed) == []


def test_a_text_in_letters_of_another_script_is_told_from_another_one():
    printed = make_article("سيفتح الميناء غدا. قال المجلس ذلك.", language="ar")
    assert articles_with_words("سيغلق الجسر اليوم. لم يقل أحد شيئا.") == []
    (same,) = articles_with_words("سيفتح الميناء غدا. قال المجلس ذلك.")
    assert same.article == printed


def test_signs_alone_are_the_same_as_nothing():
    make_article("… !")
    assert articles_with_words("… !") == []


def test_sentences_are_looked_up_in_the_index(printed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM claims_articletext "
            "WHERE claim_sentences(body) && claim_sentences(%s)",
            [text(*SENTENCES)],
        )
        plan = "\n".join(row[0] for row in cursor)
    assert "article_text_sentences" in plan
