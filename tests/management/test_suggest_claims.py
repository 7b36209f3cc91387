"""manage.py suggest_claims and suggestion_report: what they print."""

import pytest
from django.core.management import CommandError, call_command

from tests.desk.test_suggestions import BODY
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_the_commands_say_what_they_found(capsys):
    article = make_article(BODY)
    call_command("suggestion_report")
    assert "no suggestions yet" in capsys.readouterr().out
    call_command("suggest_claims", article=[article.pk])
    ready = sum(not claim.proposed["doubts"] for claim in article.claims.all())
    said = capsys.readouterr().out
    assert f"3 suggestions in all, {ready} of them ready; 0 were known" in said
    call_command("suggest_claims")
    said = capsys.readouterr().out
    assert "0 suggestions in all, 0 of them ready; 3 were known" in said
    call_command("suggestion_report")
    assert "Precision" in capsys.readouterr().out


def test_an_unknown_article_is_said():
    with pytest.raises(CommandError, match="no article 999"):
        call_command("suggest_claims", article=[999])


def test_an_article_in_a_language_without_rules_is_named_and_counted(capsys):
    make_article(BODY, language="fi")
    call_command("suggest_claims")
    printed = capsys.readouterr().out
    assert "Suggestions do not work for Finnish yet; mark claims by hand." in printed
    assert "1 of 1 articles are in languages" in printed
    assert "suggested" not in printed
    assert "0 suggestions" not in printed
    make_article(BODY)
    call_command("suggest_claims")
    printed = capsys.readouterr().out
    assert "1 of 2 articles are in languages" in printed
    assert "3 suggestions in all" in printed
