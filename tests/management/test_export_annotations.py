"""manage.py export_annotations: it overwrites nothing, and says what is not there."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims.models.choices import ClaimStatus
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db


def export(target, **options):
    call_command("export_annotations", format="jsonl", output=target, **options)


def test_only_listed_claims_of_the_articles_named_are_written(tmp_path, capsys):
    article = make_article()
    make_claim(article=article)
    make_claim("Nobody was hurt", article=article, status=ClaimStatus.DRAFT)
    make_claim()
    export(tmp_path / "one.jsonl", article=[article.pk])
    assert capsys.readouterr().out == f"{tmp_path}/one.jsonl: 1 claims written\n"
    [line] = (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == article.current_text.body
    export(tmp_path / "all.jsonl", status=["listed", "draft"])
    assert "3 claims written" in capsys.readouterr().out


def test_a_file_that_is_there_is_left_as_it_is(tmp_path):
    make_claim()
    target = tmp_path / "claims.jsonl"
    target.write_text("mine")
    with pytest.raises(CommandError, match="is there already; give another name"):
        export(target)
    assert target.read_text() == "mine"


def test_an_article_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no article 999"):
        export(tmp_path / "claims.jsonl", article=[999])
    assert list(tmp_path.iterdir()) == []
