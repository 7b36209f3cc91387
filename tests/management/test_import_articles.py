"""manage.py import_articles: what it takes in, what it says, what it refuses."""

import os
import re
from datetime import date
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from claims.exchange.articles import ArticleFile, add_article, read_article
from claims.models import Article, Claim, Outlet
from tests.exchange.sample_files import make_word
from tests.exchange.test_articles import GOOD
from tests.factories import make_user
from tests.text.test_language import TEXTS

pytestmark = pytest.mark.django_db


def test_the_command_takes_the_good_files_and_names_the_bad_one(tmp_path, capsys):
    (tmp_path / "1-good.txt").write_text(GOOD)
    (tmp_path / "2-bad.txt").write_text("date 2026-99-99 Ferry\n\nText.")
    (tmp_path / "3-good.txt").write_text(
        "date 2026-05-04 Bus runs\n\nThe bus runs, the council said."
    )
    with pytest.raises(CommandError, match="1 of 3 files were refused"):
        call_command("import_articles", str(tmp_path), outlet="The Harbour Post")
    printed = capsys.readouterr()
    assert "2-bad.txt, line 1: “2026-99-99” is not a date" in printed.err
    assert set(Article.objects.values_list("headline", flat=True)) == {
        "Ferry runs",
        "Bus runs",
    }


def test_the_command_run_twice_says_so(tmp_path, capsys):
    (tmp_path / "good.txt").write_text(GOOD)
    call_command("import_articles", str(tmp_path / "good.txt"))
    assert "1 claims suggested" in capsys.readouterr().out
    call_command("import_articles", str(tmp_path / "good.txt"))
    assert "already here" in capsys.readouterr().out
    assert Article.objects.count() == 1
    assert Claim.objects.get().quote == "“no”"


def test_suggestions_can_be_left_out(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    call_command("import_articles", str(tmp_path), no_suggestions=True)
    assert Article.objects.count() == 1
    assert not Claim.objects.exists()


def test_every_outlet_has_an_address_of_its_own(tmp_path):
    for number, name in enumerate(["!!!", "???", "The Post", "The  Post!", "P" * 120]):
        file = tmp_path / f"{number}.txt"
        file.write_text(GOOD)
        for _again in range(2):
            call_command("import_articles", str(file), outlet=name, same_words=True)
    assert list(Outlet.objects.order_by("pk").values_list("name", "slug")) == [
        ("!!!", "untitled"),
        ("???", "untitled-2"),
        ("The Post", "the-post"),
        ("The Post!", "the-post-2"),
        ("P" * 120, "p" * 80),
    ]


@pytest.mark.parametrize(
    ("outlet", "login", "text", "sentence"),
    [
        ("x" * 201, "", GOOD, "1 to 200 printable"),
        ("\udcff", "", GOOD, "1 to 200 printable"),
        (" ", "", GOOD, "1 to 200 printable"),
        ("The Post", "visitor", GOOD, "You may not add outlets"),
        ("The Post", "", "date 2026-05-04 Ferry\n\n", "The text is empty"),
    ],
)
def test_a_refused_file_leaves_no_outlet_behind(
    tmp_path, capsys, outlet, login, text, sentence
):
    make_user(username="visitor")
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(CommandError, match="1 of 1 files were refused"):
        call_command("import_articles", str(tmp_path), outlet=outlet, by=login)
    assert sentence in capsys.readouterr().err
    assert not Outlet.objects.exists()
    assert not Article.objects.exists()


def test_a_file_without_an_end_is_refused_and_not_read_to_it(capsys):
    with pytest.raises(CommandError):
        call_command("import_articles", "/dev/zero")
    assert "at most 30,000,000 bytes" in capsys.readouterr().err


def test_a_file_whose_name_is_no_text_is_taken_in(tmp_path):
    file = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(file, "w") as opened:
        opened.write(GOOD)
    said = TextIOWrapper(BytesIO(), "utf-8")
    call_command("import_articles", os.fsdecode(file), stdout=said)
    said.seek(0)
    assert "?.txt: taken in" in said.read()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.txt"], "no such file"),
        (["--by", "nobody", "."], "no login “nobody”"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_arguments(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_articles", *arguments)


def test_each_file_tells_its_language_and_what_does_not_work_in_it(tmp_path, capsys):
    for code in ("en", "fi"):
        file = tmp_path / f"{code}.txt"
        file.write_text(f"date 2026-05-04 Ferry {code}\n\n{TEXTS[code]}")
    call_command("import_articles", str(tmp_path))
    english, finnish = capsys.readouterr().out.splitlines()
    assert ", in English, " in english
    assert "claims suggested" in english
    assert finnish.endswith(
        ", in Finnish. Suggestions do not work for Finnish yet; mark claims by hand."
    )
    assert not Claim.objects.filter(article__language="fi").exists()


def test_a_file_that_does_not_tell_is_said_to_or_has_the_language_given(
    tmp_path, capsys
):
    (tmp_path / "short.txt").write_text(GOOD)
    call_command("import_articles", str(tmp_path))
    assert "it counts as English." in capsys.readouterr().out
    Article.objects.update(headline="Another")
    call_command("import_articles", str(tmp_path), language="nl", same_words=True)
    printed = capsys.readouterr().out
    assert "in Dutch. Suggestions do not work for Dutch yet" in printed
    assert "counts as" not in printed
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_articles", str(tmp_path), "--language", "xx")


HEAD = """date 2026-05-04 Brücke bleibt zu
Url: https://post.example/bridge?a=1
archived: https://archive.example/1
accessed: 2026-05-05
byline:  Mara   Ilves
language: de
outlet: The Harbour Post
rights: excerpt

Die Brücke bleibt zu.
"""


def test_the_head_of_a_file_tells_what_is_known_of_the_article(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(HEAD)
    call_command("import_articles", str(tmp_path))
    article = Article.objects.get()
    assert (article.url, article.archived_url) == (
        "https://post.example/bridge?a=1",
        "https://archive.example/1",
    )
    assert (article.byline, str(article.accessed_on)) == ("Mara Ilves", "2026-05-05")
    assert (article.language, article.text_rights) == ("de", "excerpt")
    assert article.outlet.name == "The Harbour Post"
    assert article.current_text.body == "Die Brücke bleibt zu."
    assert "counts as" not in capsys.readouterr().out
    call_command("import_articles", str(tmp_path))
    assert "already here" in capsys.readouterr().out


def test_an_option_wins_over_what_a_file_says(tmp_path):
    (tmp_path / "a.txt").write_text(HEAD)
    call_command(
        "import_articles",
        str(tmp_path),
        outlet="Another Post",
        byline="Joris Dahl",
        language="fi",
        rights="link",
        url="https://other.example/1",
        headline="Another headline",
        published_on="2026-06-01",
    )
    article = Article.objects.get()
    assert (article.outlet.name, article.byline) == ("Another Post", "Joris Dahl")
    assert (article.language, article.text_rights) == ("fi", "link")
    assert (article.url, article.headline) == (
        "https://other.example/1",
        "Another headline",
    )
    assert str(article.published_on) == "2026-06-01"


def test_word_files_and_subtitles_of_a_folder_are_taken_in_too(tmp_path, capsys):
    (tmp_path / "a.docx").write_bytes(
        make_word(("Title", "Ferry runs"), "4 May 2026", "The ferry runs, Ida said.")
    )
    (tmp_path / "council-2026-05-04.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida Holt>Rents rose in May.\n"
    )
    (tmp_path / "b.docx").write_bytes(make_word("The bus runs, the council said."))
    (tmp_path / "notes.md").write_text("No article.")
    with pytest.raises(CommandError, match="1 of 3 files were refused"):
        call_command("import_articles", str(tmp_path))
    assert "the file does not tell its day; say --published-on YYYY-MM-DD" in (
        capsys.readouterr().err
    )
    texts = Article.objects.order_by("headline").values_list(
        "headline", "current_text__body"
    )
    assert list(texts) == [
        ("Ferry runs", "The ferry runs, Ida said."),
        ("council-2026-05-04", "Ida Holt: Rents rose in May."),
    ]


def test_a_text_without_a_head_needs_a_day(tmp_path):
    (tmp_path / "a.txt").write_text("Ferry runs\n\nThe ferry runs, the council said.")
    with pytest.raises(CommandError):
        call_command("import_articles", str(tmp_path))
    call_command("import_articles", str(tmp_path), published_on="2026-05-04")
    assert Article.objects.get().headline == "Ferry runs"


def test_what_was_put_right_is_said(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(
        "date 2026-05-04 Ferry\n\nThe har\u00adbour of Lindvik &amp; its ferry are "
        "shut, the coun-\ncil said on Monday, and that nobody will be asked about\nit."
    )
    call_command("import_articles", str(tmp_path))
    assert Article.objects.get().current_text.body.startswith(
        "The harbour of Lindvik & its ferry are shut, the council said"
    )
    printed = capsys.readouterr().out
    assert "1 soft hyphen taken out" in printed
    assert "1 word joined that a line’s end divided" in printed


def test_an_article_taken_in_before_its_lines_were_joined_is_already_here(
    tmp_path, capsys
):
    words = (
        "The harbour of Lindvik and its ferry are shut, the\ncouncil said on Monday."
    )
    add_article(ArticleFile(date(2026, 5, 4), "Ferry", words))
    (tmp_path / "a.txt").write_text(f"date 2026-05-04 Ferry\n\n{words}")
    call_command("import_articles", str(tmp_path))
    assert "already here" in capsys.readouterr().out


def test_words_that_are_here_are_skipped_unless_that_is_asked_for(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text(GOOD.replace("Ferry runs", "Ferry news"))
    call_command("import_articles", str(tmp_path), outlet="The Harbour Post")
    printed = capsys.readouterr().out
    assert "b.txt: skipped. These words are already here: all sentences" in printed
    assert "1 of 2 files were skipped" in printed
    assert Article.objects.count() == 1
    call_command("import_articles", str(tmp_path), outlet="A Post", same_words=True)
    assert Article.objects.count() == 3


def test_a_second_run_finishes_the_suggestions_that_a_killed_one_left_out(
    tmp_path, capsys
):
    (tmp_path / "a.txt").write_text(GOOD)
    # What `kill -9` leaves after an article is stored, and before its suggestions are.
    add_article(read_article(GOOD.encode(), "a.txt"))
    call_command("import_articles", str(tmp_path))
    assert "already here" in (printed := capsys.readouterr().out)
    assert "1 claims suggested" in printed
    call_command("import_articles", str(tmp_path))
    assert "suggested" not in capsys.readouterr().out
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"published_on": "4 May"}, "--published-on: “4 May” is not a date"),
        ({"url": "post.example"}, "--url: “post.example” is no address"),
        ({"byline": "x" * 201}, "--byline: at most 200"),
        ({"encoding": "windows-9999"}, "--encoding: “windows-9999” is no"),
        ({"encoding": "hex"}, "--encoding: “hex” is no"),
    ],
)
def test_an_option_that_cannot_be_is_refused_before_anything_is_read(
    tmp_path, options, sentence
):
    (tmp_path / "a.txt").write_text(GOOD)
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("import_articles", str(tmp_path), **options)
    assert not Article.objects.exists()


def test_one_headline_is_not_given_to_many_files(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(GOOD)
    with pytest.raises(CommandError, match="--headline is for one file alone"):
        call_command("import_articles", str(tmp_path), headline="Ferry")
