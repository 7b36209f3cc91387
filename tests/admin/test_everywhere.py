"""One search box over claims, articles' texts, speakers and verdicts."""

import re

import pytest
from django.db import connection
from django.db.models.functions import Left
from django.test.utils import CaptureQueriesContext

from claims.admin import everywhere
from claims.desk.text_corrections import correct_text
from claims.models import ArticleText
from claims.models.choices import ClaimStatus, VerdictStatus
from claims.models.fulltext import terms
from tests.admin.conftest import signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db


def found(desk, words):
    """Return the titles found, by kind, and the page."""
    page = desk.get("/admin/search/", {"q": words})
    assert page.status_code == 200
    return {
        kind.model: [row["title"] for row in kind.rows]
        for kind in page.context["kinds"]
        if kind.rows
    }


def test_words_are_found_in_drafts_texts_names_and_verdicts(editor):
    article = make_article(
        "The zeppelin rose over Quellhaven, she said.", headline="Up in the air"
    )
    draft = make_claim(
        "The zeppelin rose", article=article, status=ClaimStatus.DRAFT,
        wording="A zeppelin rose.", speaker=make_speaker("Zeppelin Works"),
    )  # fmt: skip
    verdict = make_verdict(author=editor.user, explanation="No zeppelin was seen.")
    assert found(editor, "zeppelin") == {
        "claim": [draft.wording],
        "article": ["Up in the air"],
        "speaker": ["Zeppelin Works"],
        "verdict": [verdict.claim.wording],
    }
    # Without case and accents, and by the beginning of the last word.
    assert found(editor, "QUELLHÁVEN")["article"] == ["Up in the air"]
    assert found(editor, "'quellh'").get("article") in (None, ["Up in the air"])
    assert found(editor, f"#{draft.pk}")["claim"] == [draft.wording]


def test_drafts_texts_headlines_and_names_are_found_in_every_script(editor):
    tokyo = make_article("東京都知事は学校を閉めると発表した。", language="ja")
    turkish = make_article(
        "Enflasyonun düşmesi bekleniyor.", headline="Fiyatları izledik", language="tr"
    )
    muller = make_speaker("Anna Müller")
    for article, words in ((tokyo, "学校を閉める"), (turkish, "Enflasyonun düşmesi")):
        make_claim(words, article=article, wording=words, status=ClaimStatus.DRAFT)
    make_claim("Enflasyonun düşmesi", article=turkish, speaker=muller)
    assert found(editor, "学校")["claim"] == ["学校を閉める"]
    assert found(editor, "東京")["article"] == [tokyo.headline]
    assert "Enflasyonun düşmesi" in found(editor, "enflasyon")["claim"]
    assert found(editor, "enflasyon düşmesi")["article"] == [turkish.headline]
    assert found(editor, "fiyat")["article"] == [turkish.headline]
    for words in ("Mueller", "muller", "MÜLLER anna"):
        assert found(editor, words)["speaker"] == ["Anna Müller"]


@pytest.mark.slow
def test_signs_alone_find_nothing_at_the_desk(editor):
    make_claim()
    for words in ("-" * 33, '"', "& | !", "\\", "a:*b", "-" * 200):
        assert found(editor, words) == {}
        for model in ("claim", "speaker", "verdict", "article"):
            page = editor.get(f"/admin/claims/{model}/", {"q": words})
            assert page.status_code == 200


def test_only_the_current_text_of_an_article_is_searched(editor):
    article = make_article("The zeppelin rose.")
    assert "article" in found(editor, "zeppelin")
    correct_text(article, "The balloon rose.", by=editor.user, reason="A slip.")
    assert "article" not in found(editor, "zeppelin")
    assert "article" in found(editor, "balloon")


def test_a_verdict_that_is_to_be_rated_blind_is_not_found_by_its_words(reviewer):
    make_verdict(status=VerdictStatus.IN_REVIEW, explanation="A zqkanary sang.")
    assert found(reviewer, "zqkanary") == {}
    # The control: its author finds it.
    mine = make_verdict(author=reviewer.user, explanation="A zqkanary sang.")
    assert found(reviewer, "zqkanary") == {"verdict": [mine.claim.wording]}


def test_nothing_is_found_of_what_somebody_may_not_see(editor):
    make_verdict(author=editor.user, explanation="A zeppelin rose.")
    stranger = make_user(is_staff=True)
    assert found(signed_in(stranger), "zeppelin") == {}


@pytest.mark.parametrize("words", ["", " ", "-", "'", "!:* & |", "x" * 900, "<b>", "%"])
def test_any_words_are_answered(editor, words):
    page = editor.get("/admin/search/", {"q": words})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode()


def test_the_search_asks_no_more_for_many_results(editor):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            editor.get("/admin/search/", {"q": "harbour"})
        return len(queries)

    make_claim()
    asked()
    few = asked()
    for _n in range(3):
        make_claim()
    assert asked() == few


LATE = "The ferry left. " * 150


@pytest.mark.parametrize(
    "words",
    ["harbour", "harb", "ferry", "ferry harbour", '"the harbour"', '"harbour the"',
     "ferry -harbour", "-ferry", "enflas", "liman or ferry", "j", "jk", "zeppelin"],
)  # fmt: skip
def test_common_words_and_rare_ones_find_the_same(editor, monkeypatch, words):
    turkish = make_article("Enflasyon liman.", language="tr")
    make_claim("liman", article=turkish, status="listed")
    for text in (
        "The harbour.", f"The harbour.\n\n{LATE}", f"{LATE}\n\nThe harbour.",
        f"J.\n\nK. {LATE}", f"J. K. {LATE}\n\nThe end.", LATE,
        f"The ferry left.\n\n{LATE}\n\nThe harbour.",
    ):  # fmt: skip
        make_claim(text.split(".")[0], article=make_article(text))

    def told(common):
        monkeypatch.setattr(everywhere, "RECENT", 0)
        monkeypatch.setattr(everywhere, "COMMON", 0 if common else 99)
        monkeypatch.setattr(everywhere, "NEWEST", 2)
        monkeypatch.setattr(everywhere, "NEWEST_TEXTS", 2)
        page = editor.get("/admin/search/", {"q": words})
        return [(kind.model, kind.rows) for kind in page.context["kinds"]]

    assert told(common=True) == told(common=False)
    assert any(rows for _model, rows in told(common=True)) == (words != "zeppelin")


def test_no_word_lies_across_the_ends_of_paragraphs(db):
    def lost(text, cut):
        make_article(text)
        rows = ArticleText.objects.order_by("-pk").annotate(beginning=cut)
        of = [terms(field) for field in ("beginning", "body")]
        begun, whole = rows.values_list(*of).first()
        return set(re.findall("'[^']+'", begun)) - set(re.findall("'[^']+'", whole))

    text = "The U. S. and J.\n\nK. Rowling’s S-\n\n400, Mue\n\nller and 3.\n\n5"
    for end in range(3, len(text) // 2):
        text_then = f"{text[: end * 2]}\n\n{LATE}"
        assert lost(text_then, everywhere.FIRST_PARAGRAPHS) == set()
    # The control: a word is cut, and a beginning has what is no word of the text.
    assert lost("The harbour.", Left("body", 7)) == {"'har'"}


@pytest.mark.parametrize(
    ("asked", "shortest"),
    [
        ("'ferry' | 'ferri' | 'ferri':* | 'ferr':*", "'ferr':*"),
        ("'ferry' | 'ferri':* | 'ferry'", "'ferri':* | 'ferry'"),
        ("'ferry' | 'run'", "'ferry' | 'run'"),
        ("'it''s' | 'it':* | 'i'", "'i' | 'it':*"),
        # Where words are joined otherwise, all is asked as it was.
        ("'ferri':* & 'ferry'", "'ferri':* & 'ferry'"),
        ("'ferri':* <-> 'run' | 'ferry'", "'ferri':* <-> 'run' | 'ferry'"),
        ("!'ferri':* | 'ferry'", "!'ferri':* | 'ferry'"),
        ("", ""),
    ],
)
def test_what_a_beginning_covers_is_not_asked_for_as_well(db, asked, shortest):
    with connection.cursor() as cursor:
        cursor.execute("SELECT claim_shortest(%s::tsquery)::text", [asked])
        assert cursor.fetchone() == (shortest,)


def test_the_box_stands_on_every_page_of_the_desk(editor):
    claim = make_claim()
    for page in ("", "claims/claim/", f"claims/claim/{claim.pk}/change/", "calendar/"):
        assert 'id="desk-search"' in editor.get(f"/admin/{page}").content.decode()
