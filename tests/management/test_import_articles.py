"""manage.py import_articles: what it takes in, what it says, what it refuses."""

import os
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Claim, Outlet
from tests.exchange.test_articles import GOOD
from tests.factories import make_user
from tests.text.test_language import TEXTS

pytestmark = pytest.mark.django_db


def test_the_command_takes_the_good_files_and_names_the_bad_one(tmp_path, capsys):
    (tmp_path / "1-good.txt").write_text(GOOD)
    (tmp_path / "2-bad.txt").write_text("date 2026-99-99 Ferry\n\nText.")
    (tmp_path / "3-good.txt").write_text(GOOD.replace("Ferry runs", "Bus runs"))
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
        call_command("import_articles", str(file), outlet=name)
        call_command("import_articles", str(file), outlet=name)
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
    assert "at most 8,000,000 bytes" in capsys.readouterr().err


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
    call_command("import_articles", str(tmp_path), language="nl")
    printed = capsys.readouterr().out
    assert "in Dutch. Suggestions do not work for Dutch yet" in printed
    assert "counts as" not in printed
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_articles", str(tmp_path), "--language", "xx")
