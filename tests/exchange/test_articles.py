"""Articles coming in: each whole or not at all, and never twice."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from claims.exceptions import NotPermitted, Refused
from claims.exchange.articles import (
    ArticleFile,
    ImportRefused,
    add_article,
    read_article,
)
from claims.models import Article, ArticleText, Change
from tests.factories import make_outlet, make_user

GOOD = "date 2026-05-04 Ferry runs\n\nFerry runs\n\nThe mayor said “no”.\n\nTwo.\n"


def test_a_file_gives_date_headline_and_body():
    file = read_article(("\ufeff \n  " + GOOD).encode(), "a.txt")
    assert file == ArticleFile(
        date(2026, 5, 4), "Ferry runs", "The mayor said “no”.\n\nTwo."
    )


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        # No first line, or another one.
        (b"", 1, "the first line must be"),
        (b"\n\nFerry runs\n\nText.", 3, "the first line must be"),
        (b"date 2026-05-04\n\nText.", 1, "the first line must be"),
        # A date that is none.
        (b"date 2026-13-04 Ferry\n\nText.", 1, "“2026-13-04” is not a date"),
        (b"date 20260504 Ferry\n\nText.", 1, "is not a date"),
        (b"date 2026-W19-1 Ferry\n\nText.", 1, "is not a date"),
        (b"date yesterday Ferry\n\nText.", 1, "is not a date"),
        # No text, or none but the headline.
        (b"date 2026-05-04 Ferry\n", 2, "empty"),
        (b"date 2026-05-04 Ferry\n\nFerry\n", 2, "empty"),
        # Text where the empty line should be.
        (b"date 2026-05-04 Ferry\nText.", 2, "an empty line must follow"),
        # Not UTF-8, told by line.
        (b"date 2026-05-04 Ferry\n\nOne.\n\nErdo\xf0an.", 5, "not UTF-8"),
        # UTF-16 without its mark.
        ("date 2026-05-04 Ferry\n\nText.".encode("utf-16-le"), 1, "NUL"),
        (b"date 2026-05-04 Ferry\n\nOne.\n\0", 4, "NUL"),
        # Too long.
        (b"date 2026-05-04 Ferry\n\n" + b"x" * 2_000_001, 2, "at most 2,000,000"),
        (b"x" * 8_000_001, 1, "at most 8,000,000"),
        (b"date 2026-05-04 " + b"x" * 301 + b"\n\nText.", 1, "over 300"),
        # One character that is stored as two.
        (GOOD.replace("Ferry", "\u0958" * 151).encode(), 1, "over 300"),
        # A first line that takes no longer to read for all its blanks.
        (b"date 2026-05-04 a" + b" " * 1_000_000 + b"b\n\nText.", 1, "over 300"),
        # Lines of the head that say nothing, or what cannot be.
        (b"date 2026-05-04 Ferry\nauthor: Ida\n\nText.", 2, "one of url, archived"),
        (b"date 2026-05-04 Ferry\nurl: x\n\nText.", 2, "url: “x” is no address"),
        (b"date 2026-05-04 Ferry\nbyline: A\nbyline: B\n\nT.", 3, "stands here twice"),
        (b"date 2026-05-04 Ferry\nlanguage: Deutsch\n\nT.", 2, "no code of a language"),
        (b"date 2026-05-04 Ferry\nrights: none\n\nT.", 2, "one of full, excerpt, link"),
        (b"date 2026-05-04 Ferry\naccessed: today\n\nT.", 2, "is not a date like"),
        # A headline of which nothing is left.
        ("date 2026-05-04 \u202e\n\nText.".encode(), 1, "the headline: The text is"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(data, line, sentence):
    with pytest.raises(ImportRefused) as refused:
        read_article(data, "bad.txt")
    assert str(refused.value).startswith(f"bad.txt, line {line}: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1254"])
def test_a_file_is_read_in_the_encoding_that_its_mark_or_somebody_names(encoding):
    words = GOOD.replace("mayor", "Şahin")
    if encoding == "utf-16":
        assert "Şahin" in read_article(words.encode(encoding), "a.txt").body
    named = "" if encoding == "utf-8-sig" else encoding
    data = words.encode(encoding)
    assert "Şahin" in read_article(data, "a.txt", encoding=named).body


@given(st.binary())
def test_whatever_is_in_a_file_it_is_read_or_refused(data):
    try:
        file = read_article(data, "any.txt")
    except ImportRefused as refusal:
        assert str(refusal)
    else:
        assert file.body


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_follows_the_first_line_it_is_read_or_refused(text):
    try:
        file = read_article(f"date 2026-05-04 Ferry\n\n{text}".encode(), "any.txt")
    except ImportRefused as refusal:
        assert "line" in str(refusal)
    else:
        assert file.headline == "Ferry"


@pytest.mark.django_db
def test_what_a_page_wrote_as_entities_comes_in_as_it_was_printed():
    data = (
        b"date 2024-05-06 Rents &amp; wages\n\nRents &amp; wages\n\n"
        b"&ldquo;Rents rose by 4&#37;,&rdquo; said Ida Holt of Fish&nbsp;& Chips."
    )
    article, _is_new = add_article(read_article(data, "a.txt"))
    assert article.headline == "Rents & wages"
    body = article.current_text.body
    assert body.startswith("“Rents rose by 4%,” said Ida Holt of Fish")
    assert body.endswith("& Chips.")


@pytest.mark.django_db
def test_an_article_goes_in_once():
    file = read_article(GOOD.encode(), "a.txt")
    article, is_new = add_article(file)
    again, is_new_again = add_article(file)
    assert (is_new, is_new_again) == (True, False)
    assert again == article
    assert article.current_text.body == file.body
    assert ArticleText.objects.count() == 1


@pytest.mark.django_db
def test_the_same_headline_with_other_words_is_refused_and_changes_nothing():
    add_article(read_article(GOOD.encode(), "a.txt"))
    other = read_article((GOOD + "\nThree.").encode(), "b.txt")
    with pytest.raises(Refused, match="already here with other words"):
        add_article(other)
    assert ArticleText.objects.count() == 1


@pytest.mark.django_db
def test_the_same_headline_in_two_outlets_is_two_articles():
    file = read_article(GOOD.encode(), "a.txt")
    add_article(file, outlet=make_outlet("One"))
    add_article(file, outlet=make_outlet("Two"))
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_only_who_may_add_articles_does():
    file = read_article(GOOD.encode(), "a.txt")
    with pytest.raises(NotPermitted):
        add_article(file, by=make_user())
    annotator = make_user("Annotators")
    article, _is_new = add_article(file, by=annotator)
    assert article.texts.get().made_by == annotator
    assert Change.objects.get(table="articletext").actor == annotator


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_article():
    file = read_article(GOOD.encode(), "a.txt")
    start, results = Barrier(2), []

    def take_in():
        start.wait()
        try:
            results.append(add_article(file)[1])
        finally:
            connections.close_all()

    threads = [Thread(target=take_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert Article.objects.count() == ArticleText.objects.count() == 1
