"""Search in every script: what a reader types finds what it means, and nothing else."""

import re
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict

from claims.checks.check import broken_rows
from claims.checks.public import CHECKS
from claims.lists.filters import ClaimQuery
from claims.lists.site_search import search_everything
from claims.models import PublicClaim, PublicWords
from claims.models.fulltext import ask, containing, ranked
from tests.factories import make_article, make_claim

fill = import_module("claims.migrations.0075_fill_search_vectors").fill
LEXEMES = next(check for check in CHECKS if check.name == "lexeme counts")
pytestmark = pytest.mark.django_db

# Language of the article, words of a claim, what readers type to find this claim alone.
CASES = [
    ("en", "Covid-19 wards in Nordhaven were full.", "covid 19|covid19|Covid-19|ward"),
    ("en", "The climate/energy pact failed.", "energy pact|climate|climate/energy"),
    ("en", "He blamed the tram company.The line lost money.", "tram company|lines"),
    ("en", "AT&T owes nine crowns.", "AT&T|at&t owes"),
    ("en", "Programs in C++ run the lifts.", "C++|c++ lifts"),
    ("en", "The U.S. envoy and U.S.-led troops left.", "US envoy|U.S.|us-led"),
    ("en", "J.K. Halloway paid.", "J. K. Halloway|JK Halloway|j.k. halloway"),
    ("en", "Rents rose in 2019-2021.", "2021|2019 rents|2019-2021"),
    ("en", "The T-72B3 stood by the road.", "T-72|T72|T-72B3"),
    ("en", "The S-400s stayed.", "s400|S‑400|S-400"),
    ("en", "The cooperative closed.", "cooperative|co\u00adoperative"),
    ("en", "Sheikh al-Zubaidi declined.", "al Zubaidi|al-Zubaidi|zubaidi"),
    ("en", "Mueller sold the mill.", "Müller mill|Muller mill|mueller mill"),
    ("en", "Ħal Ġdida and Đurđevo are twinned.", "Hal Gdida|durdevo"),
    ("de", "Müllers Laden in der Weinstraße brannte.", "Muller laden|Mueller Laden"),
    ("de", "Strauß ließ die Häuser räumen.", "Strauss|STRAUẞ|haus|haeuser|häusern"),
    ("da", "Søren Bjærgø så færgen.", "Soren|Soeren|Bjaergo|faerge"),
    ("fr", "Les sœurs ont visité les œuvres à Évreuil.", "soeurs|sœur|oeuvre|evreuil"),
    (
        "es",
        "Las pensiones subirán en mañana próxima.",
        "pensión|pension|manana|PRÓXIMA",
    ),
    ("it", "Le elezioni sono state rinviate.", "elezione|rinviata"),
    (
        "tr",
        "Enflasyonun düşmesi fiyatları etkiledi.",
        "enflasyon|fiyat|fiyatlar|dusmesi",
    ),
    ("tr", "Işıklı Diyarbakır’da IŞIK söndü.", "ışık|isik|DİYARBAKIR|diyarbakir"),
    ("pl", "Łódź rozbudowuje żłobki.", "Lodz|zlobki|łódź"),
    ("ru", "Российские пенсии выросли, ёлка стоит.", "пенсия|российский|елка"),
    ("el", "Οι συντάξεις αυξήθηκαν στην Αθήνα.", "αθηνα|ΑΘΗΝΑ|σύνταξη"),
    ("ar", "أعلنَتِ الوَزيرةُ أنَّ الأسعارَ ستنخفض.", "الأسعار|الاسعار|الوزيرة"),
    ("fa", "قیمت نان در شهر دو برابر شد.", "قيمت|قیمت نان|شهر"),
    ("he", "דּוֹבֵר צה״ל אמר שהגשר נסגר.", 'דובר|צה"ל|צהל|גשר|הגשר|שהגשר'),
    ("he", "העיר ולמעונות שילמה במחירים.", "מעונות|למעונות|מחירים|המחירים|עיר"),
    ("ar", "وقالت والمدرسة بالقرية للعمال.", "المدرسة|مدرسة|القرية|قرية|العمال|عمال"),
    ("hi", "मंत्री ने कहा कि पेंशन बढ़ेगी।", "मंत्री|पेंशन"),
    ("ja", "東京都知事は明日から学校を閉めると発表した。", "東京|学校|知事|東京都|閉"),
    ("zh", "市長說新的地鐵站明年開放。", "地鐵|地鐵站|明年|說"),
    ("ko", "시장은 다리를 폐쇄했다고 말했다.", "시장|다리|폐쇄"),
    ("th", "ผู้ว่าราชการประกาศปิดสะพาน", "สะพาน|ประกาศ"),
    ("ka", "მერმა თქვა ხიდი დაიკეტა.", "ხიდი|მერმა"),
    ("hy", "Քաղաքապետը փակեց կամուրջը։", "կամուրջ|փակեց"),
]
ASKED = [
    (number, words)
    for number, (_language, _text, typed) in enumerate(CASES)
    for words in typed.split("|")
]


@pytest.fixture(scope="module")
def claims(module_db):
    articles = {}
    for language, _text, _typed in CASES:
        if language not in articles:
            articles[language] = make_article(language=language)
    return [
        make_claim(article=articles[language], wording=text).pk
        for language, text, _typed in CASES
    ]


@pytest.mark.slow
def test_ninety_words_in_fifteen_scripts_find_their_claim_alone(claims):
    found = {}
    for number, words in ASKED:
        rows = ClaimQuery(urlencode({"q": words})).matching
        found[words] = (set(rows.values_list("pk", flat=True)), {claims[number]})
    print({words: len(rows) for words, (rows, _meant) in found.items()})
    assert len(found) >= 90
    missed = {words for words, (rows, meant) in found.items() if rows != meant}
    assert missed <= unknown_here()


def unknown_here():
    """Return what the stemmers of an older server than the embedded one do not know."""
    return {"haeuser"} if connection.pg_version < 180_000 else set()


def page(client, path, words):
    response = client.get(path, {"q": words})
    assert response.status_code == 200, (path, words)
    return b"".join(response).decode()


def doors_that_miss(client, claims, asked):
    """Return the words whose claim is missing on a page or in the API."""
    return {
        (words, path)
        for number, words in asked
        for path in ("/claims/", "/search/", "/api/claims")
        if not re.search(f"/claims/{claims[number]}[-/]", page(client, path, words))
    }


def test_pages_and_the_api_find_the_same(client, claims):
    assert doors_that_miss(client, claims, ASKED[::16]) == set()


def test_a_word_of_han_comes_before_longer_runs_that_have_its_characters():
    japanese = make_article("市長は京都へ行く。", language="ja")
    kyoto = make_claim("京都へ行く", article=japanese, wording="市長は京都へ行く。")
    longer = make_article("東京都の東京都で東京都が。", language="ja")
    words = "東京都の東京都で東京都が"
    tokyo = make_claim(words, article=longer, wording=f"{words}。")

    def found(words):
        asked = QueryDict(urlencode({"q": words}))
        keys = [claim.pk for claim in search_everything(asked).claims]
        return [key for key in keys if key in {kyoto.pk, tokyo.pk}]

    assert found("京都") == [kyoto.pk, tokyo.pk]
    # By how often it has the characters, the other one would come first.
    rows = ranked(PublicClaim.objects.with_words(), ask("京都"), newest="-sort_date")
    ranks = dict(rows.values_list("pk", "rank"))
    assert ranks[tokyo.pk] > ranks[kyoto.pk]
    assert found("東京都") == [tokyo.pk]


@pytest.mark.long
def test_pages_and_the_api_find_every_word(client, claims):
    missed = doors_that_miss(client, claims, ASKED)
    assert {words for words, _path in missed} <= unknown_here()


# Words of a claim, and what only looks like them behind a small word written onto it.
OTHER_WORDS = [
    ("he", "מספר החדרים קטן.", "ספר"),  # number of, a book
    ("he", "בחירות בעיר.", "חירויות"),  # elections, freedoms
    ("he", "הספר נקרא.", "מספר"),  # the book, a number
    ("he", "הצבי ברח.", "צ"),  # the deer, a letter
    ("ar", "والد الطفل هنا.", "الد"),  # a father, no word
    ("ar", "الباب مغلق.", "لباب"),  # the door, a core
]


@pytest.mark.parametrize(("language", "words", "other"), OTHER_WORDS)
def test_what_only_begins_like_a_small_word_finds_nothing_else(language, words, other):
    make_claim(article=make_article(language=language), wording=words)
    assert not ClaimQuery(urlencode({"q": other})).matching.exists()


def test_one_word_in_two_languages_finds_both_and_minus_takes_from_both(claims):
    german = make_article(language="de")
    make_claim(article=german, wording="Die Bank schließt drei Filialen.")
    make_claim(article=german, wording="Die Bank bleibt.")
    make_claim(wording="The bank closes branches.")
    make_claim(wording="The bank stays.")

    def found(words):
        rows = containing(PublicClaim.objects.listed(), ask(words))
        return sorted(row.words.wording for row in rows.select_related("words"))

    assert len(found("bank")) == 4
    # What stands in every text of one language asks nothing of that one alone.
    assert found("the bank -branch -drei -bleibt") == ["The bank stays."]
    assert found("bank -Filiale -branch") == ["Die Bank bleibt.", "The bank stays."]
    assert found('"closes branches" OR "drei Filialen"') == [
        "Die Bank schließt drei Filialen.",
        "The bank closes branches.",
    ]


def test_the_migration_fills_vectors_in_ranges_of_keys(claims):
    def vectors():
        return dict(PublicWords.objects.values_list("pk", "vector"))

    filled = vectors()
    PublicWords.objects.filter(pk__in=claims[::2]).update(vector="'old':1")
    assert not ClaimQuery(urlencode({"q": "Covid"})).matching.exists()
    fill(None, SimpleNamespace(connection=connection), step=4)
    assert vectors() == filled
    assert broken_rows(LEXEMES) == []
