"""manage.py detect_languages: what reads otherwise is named, and set if asked."""

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, PublicClaim
from tests.factories import make_article, make_claim, make_user
from tests.text.test_language import TEXTS

pytestmark = pytest.mark.django_db


def test_an_article_that_reads_otherwise_is_named_and_left_as_it_is(capsys):
    make_article(TEXTS["en"], language="en-GB")
    make_article("Ferry: 12.40.")
    call_command("detect_languages")
    assert "Every text reads" in capsys.readouterr().out
    article = make_article(TEXTS["fi"], language="en", headline="Lautta")
    call_command("detect_languages")
    assert capsys.readouterr().out.splitlines() == [
        f"article {article.pk}: English → Finnish, “Lautta”",
        "1 in all; --apply --by LOGIN sets them.",
    ]
    article.refresh_from_db()
    assert article.language == "en"


def test_what_is_read_is_set_for_readers_too_by_somebody_who_may(capsys):
    article = make_article(TEXTS["fi"], language="en")
    claim = make_claim("Alus on neljäkymmentä vuotta vanha", article=article)
    make_user(username="visitor")
    make_user("Annotators", username="ada")
    for login, sentence in (
        ("", "Say who sets the languages"),
        ("visitor", "may not change articles"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("detect_languages", apply=True, by=login)
        assert Article.objects.get().language == "en"
    call_command("detect_languages", apply=True, by="ada")
    assert "1 set." in capsys.readouterr().out
    assert Article.objects.get().language == "fi"
    assert PublicClaim.objects.get(pk=claim.pk).language == "fi"
    call_command("detect_languages")
    assert "Every text reads" in capsys.readouterr().out
