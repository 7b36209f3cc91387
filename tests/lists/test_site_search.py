"""Search: no case, no accents, phrases and minus, and the words found are marked."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.lists.autocomplete import speaker_named, speakers_starting, suggestions
from claims.lists.site_search import search_everything
from claims.models import PublicClaim
from claims.models.choices import ClaimStatus, VerdictStatus
from claims.models.fulltext import (
    WORD,
    ask,
    containing,
    excerpt,
    highlight,
    matching_words,
    ranked,
)
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_verdict,
)

pytestmark = pytest.mark.django_db


def finds(words, wording):
    make_claim(wording=wording)
    return containing(PublicClaim.objects.listed(), ask(words)).exists()


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("Erdogan", "Erdoğan left."),
        ("erdoğan", "ERDOGAN left."),
        ("ISTANBUL", "It rained in İstanbul."),
        ("isik", "Işık left."),
        ("Lodz", "It rained in Łódź."),
        ("S400", "Turkey bought the S-400."),
        ("S-400", "Turkey bought S400s."),
        ("s‑400", "Turkey bought the S-400."),
        ("F35", "The F-35 flies."),
        ("talk", "They talked for hours."),
        ('"fare stays"', "The fare stays the same."),
        ("fare -ferry", "The fare stays the same."),
        ("ferry OR bridge", "The bridge is closed."),
    ],
)
def test_words_find_what_a_reader_means(words, wording):
    assert finds(words, wording)


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ('"stays fare"', "The fare stays the same."),
        ("fare -stays", "The fare stays the same."),
        ("ferry", "The fare stays the same."),
        ("S500", "Turkey bought the S-400."),
        ("the", "The fare stays the same."),
        ("'", "The fare stays the same."),
        ("& | ! ( ) :* <->", "The fare stays the same."),
    ],
)
def test_words_find_nothing_else(words, wording):
    assert not finds(words, wording)


def test_the_better_match_stands_first():
    article = make_article()
    once = make_claim(article=article, wording="A ferry, a bridge and a road.")
    often = make_claim(article=article, wording="Ferry after ferry after ferry.")
    make_claim(article=article, wording="A road.")
    found = ranked(PublicClaim.objects.listed(), ask("ferry"), newest="-sort_date")
    assert [row.pk for row in found] == [often.pk, once.pk]


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("talks", "They talked.", "They <mark>talked</mark>."),
        ("s400", "The S-400s here", "The <mark>S-400s</mark> here"),
        ("erdogan", "Erdoğan’s plan", "<mark>Erdoğan’s</mark> plan"),
        ('"fare stays"', "fare stays", "<mark>fare</mark> <mark>stays</mark>"),
        ("fare -stays", "fare stays", "<mark>fare</mark> stays"),
        ("-stays", "fare stays", "fare stays"),
        ("the", "The fare", "The fare"),
        ("b", "<b> & b", "&lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"),
        ("", "fare", "fare"),
        ("学校", "市の学校は", "市の<mark>学校</mark>は"),
        ("Müller", "Mueller’s", "<mark>Mueller’s</mark>"),
    ],
)
def test_what_was_found_is_marked(words, text, marked):
    assert highlight(text, matching_words(ask(words), [("", text)])) == marked


def test_words_are_marked_by_the_language_of_their_text():
    for language in ("en", "tr"):
        make_claim(article=make_article(language=language))
    asked = ask("enflasyon")
    assert set(asked.configurations) == {"english", "turkish"}
    for language, is_marked in (("tr", True), ("en", False), ("", True)):
        assert bool(matching_words(asked, [(language, "enflasyonun")])) is is_marked


def test_the_database_is_asked_of_words_alone_that_begin_as_what_was_asked_for():
    for language in ("en", "tr", "de"):
        make_claim(article=make_article(language=language))
    text = [("tr", "Bakan enflasyonun düştüğünü söyledi")]
    asked, excluded = ask("enflasyon"), ask("-enflasyon")
    # What tells the languages is no word.
    assert " | '=" in asked.tsquery and " | '=" in excluded.candidates
    with CaptureQueriesContext(connection) as statements:
        matching_words(asked, text)
        matching_words(excluded, text)
    (sql,) = [statement["sql"] for statement in statements]
    assert "enflasyonun" in sql and "Bakan" not in sql


def test_an_excerpt_shows_the_first_hit():
    text = "word " * 100 + "harbour " + "word " * 100
    piece = excerpt(text, 60, frozenset({"harbour"}))
    assert "harbour" in piece
    assert piece.startswith("…word") and piece.endswith("word…")
    assert len(piece) <= 62


# --- Everything at once ------------------------------------------------------------


def search(words):
    query = QueryDict(mutable=True)
    query["q"] = words
    return search_everything(query)


def test_one_search_finds_claims_speakers_articles_and_verdicts():
    article = make_article(headline="Ferry strike ends")
    claim = make_claim(article=article, wording="The ferry is late.")
    checked = make_claim(article=article, wording="The road is long.")
    make_published(checked, explanation="The ferry company says so.")
    speaker = make_speaker("Ferry Company")
    make_claim(article=article, speaker=speaker)
    found = search("ferries")
    assert [row.pk for row in found.claims] == [claim.pk]
    assert [row.pk for row in found.verdicts] == [checked.pk]
    assert found.articles == [article]
    assert search("ferry").speakers == [speaker]
    assert highlight(found.verdicts[0].excerpt, found.hits) == (
        "The <mark>ferry</mark> company says so."
    )


@pytest.mark.parametrize(
    ("language", "explanation", "words"),
    [
        ("tr", "Enflasyonun düştüğü doğru değil.", "enflasyon"),
        ("tr", "Fiyatları devlet belirlemez.", "fiyatlar"),
        ("tr", "Fiyatlar düştü.", '"fiyat düştü" -köprü'),
        ("de", "Die Zahlen stimmen nicht.", "Zahl"),
        ("de", "Eine Zahl stimmt nicht.", "zahlen"),
        ("de", "Die Straße ist gesperrt.", "Straßen"),
        ("de", "Zwei Brücken sind gesperrt.", "Brücke"),
    ],
)
def test_a_verdict_is_found_by_the_language_of_the_desk(
    settings, language, explanation, words
):
    checked = make_claim(wording="Something else.")
    make_published(checked, explanation=explanation)
    assert search(words).verdicts == []
    settings.LANGUAGE_CODE = language
    assert [row.pk for row in search(words).verdicts] == [checked.pk]
    # Of a short word nothing is found that merely begins so.
    assert search(explanation.split()[1][:3]).verdicts == []


def test_a_verdict_that_is_found_says_who_said_it_and_what_it_explains(client):
    claim = make_claim(wording="The road is long.", speaker=make_speaker("Ida Falk"))
    make_published(claim, explanation="The ferry company says so.")
    html = client.get("/search/?q=ferry").content.decode()
    html = html[html.index('id="verdicts"') :]
    assert "<bdi>Ida Falk</bdi>" in html
    assert re.search(r"The <mark>ferry</mark> company says so\.</p>", html)


def test_a_name_in_the_search_leads_to_that_speakers_claims():
    falk = make_speaker("Ida Falk")
    claim = make_claim(speaker=falk, wording="The bridge is closed.")
    make_claim(article=claim.article, wording="Another bridge.")
    (narrower,) = search("Falk bridges").narrower
    assert (narrower.speaker, narrower.words, narrower.count) == (falk, "bridges", 1)
    assert search("Falk").narrower == search("Falk tunnel").narrower == []


def test_search_never_finds_what_readers_may_not_see():
    listed = make_claim()
    make_verdict(listed, status=VerdictStatus.IN_REVIEW, summary="Canary sings.")
    make_claim(
        article=make_article(headline="Canary", outlet=make_outlet("Canary Post")),
        wording="A canary.",
        speaker=make_speaker("Canary Fancier", aliases=["Canaria"]),
        topics=[make_topic("Canaries")],
        status=ClaimStatus.DRAFT,
    )
    assert search("canary").is_empty
    assert search("canary harbour").narrower == []
    assert suggestions("cana") == []
    assert speakers_starting("canary") == []
    assert speaker_named("Canary Fancier") is None


def test_a_retracted_verdict_is_not_found():
    make_verdict(status=VerdictStatus.RETRACTED, explanation="Singular explanation.")
    assert search("singular").is_empty


# --- While somebody types -------------------------------------------------------------


def test_suggestions_begin_like_the_words():
    erdogan = make_speaker("Recep Tayyip Erdoğan", aliases=["Reis"], title="President")
    make_claim(
        article=make_article(outlet=make_outlet("Erfurt Gazette")),
        speaker=erdogan,
        topics=[make_topic("Erosion")],
    )
    assert [(one.kind, one.name, one.note) for one in suggestions("er")] == [
        ("speaker", "Recep Tayyip Erdoğan", "President"),
        ("topic", "Erosion", "Topic"),
        ("outlet", "Erfurt Gazette", "Outlet"),
    ]
    for words in ("erdo", "ERDOĞAN", "tayyip erd", "rei", "recep"):
        assert speakers_starting(words) == [erdogan]
    assert (
        speakers_starting("dogan")
        == speakers_starting("'")
        == speakers_starting(" ")
        == []
    )
    assert suggestions("  ") == []


def test_a_name_written_out_means_its_speaker():
    falk = make_speaker("Ida Falk", aliases=["The Mayor"])
    make_claim(speaker=falk)
    assert speaker_named(" ida FALK ") == speaker_named("the mayor") == falk
    assert speaker_named("Ida") is None


def test_a_name_that_two_speakers_share_means_neither():
    for _ in range(2):
        make_claim(speaker=make_speaker("Ida Falk", slug=f"falk-{_}"))
    assert speaker_named("Ida Falk") is None
    assert len(speakers_starting("Ida Falk")) == 2


# --- Where few have all words -------------------------------------------------------


def widely(words):
    query = QueryDict(mutable=True)
    query["q"] = words
    return search_everything(query, widely=True)


@pytest.fixture
def said():
    """Claims on one subject, told apart by their words."""
    texts = (
        "Unemployment in Nordvik is at the lowest level since 1998.",
        "The lowest bridge of Nordvik was built in 1998.",
        "Herring from the fjord costs nine crowns.",
    )
    return [
        make_claim(text[:-1], article=make_article(text), wording=text)
        for text in texts
    ]


def test_claims_with_all_words_come_first_and_then_those_like_them(said):
    unemployment, bridge, _herring = (claim.pk for claim in said)
    long = "Unemployment stands at its lowest level since 1998 in our country"
    found = widely(long)
    assert found.claims == []
    assert found.alike[0].pk == unemployment
    found = widely("lowest bridge Nordvik 1998")
    assert [claim.pk for claim in found.claims] == [bridge]
    assert [claim.pk for claim in found.alike] == [unemployment]
    assert {"lowest", "1998"} <= found.hits
    assert not found.is_empty


@pytest.mark.parametrize(
    "words", ['"lowest level" bridge', "lowest level -bridge", "level OR bridge"]
)
def test_who_says_exactly_what_is_asked_for_gets_nothing_else(said, words):
    assert widely(words).alike == []


def test_programs_get_what_has_all_words_alone(said):
    found = search("Unemployment stands at its lowest level since 1998")
    assert (found.alike, found.meant) == ([], "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unemploymnet", "unemployment"),
        ("Unemplyment in Nordvik", "Unemployment in Nordvik"),
        ("nordwik", "Nordvik"),
        ("hering", "herring"),
        ("lowset brigde", "lowest bridge"),
        ("crwons", "crowns"),
        ("Flak", "Falk"),
        ("brnazaru", "Brânzaru"),
        # Right, or like nothing here.
        ("herring", ""),
        ("Falk", ""),
        ("zqxvwk", ""),
        ("1889", ""),
        ("fjrd'%_\\", "fjord'%_\\"),
    ],
)
def test_a_typing_error_is_met_with_a_word_of_the_archive(said, typed, meant):
    for name in ("Ida Falk", "Zoë Brânzaru"):
        make_claim(
            "one", article=make_article("Is this one?"), speaker=make_speaker(name)
        )
    assert widely(typed).meant.lower() == meant.lower()


def test_what_is_offered_is_a_word_and_of_what_readers_see(said):
    text = "The dredger carried barrels of turpentine."
    make_claim(
        text[:-1], article=make_article(text), wording=text, status=ClaimStatus.DRAFT
    )
    make_speaker("Turpentyne Maker")
    assert widely("turpentime").meant == ""
    offered = {widely(typed).meant for typed in ("unemploymt", "costz", "herings")}
    shown = " ".join(claim.wording for claim in said)
    assert offered <= {"", *WORD.findall(shown)}
    assert "costs" in offered


def test_three_speakers_named_in_a_search_cost_no_more_queries_than_one(db):
    article = make_article("The old quay is deep.")
    asked = QueryDict("q=quay+Varn")

    def queries():
        with CaptureQueriesContext(connection) as statements:
            found = search_everything(asked)
        return len(statements), [(row.words, row.count) for row in found.narrower]

    made = [make_speaker(f"{first} Varn") for first in ("Ada", "Bo", "Cy")]
    make_claim("The old quay is deep", article=article, speaker=made[0])
    one, rows = queries()
    assert rows == [("quay", 1)]
    for speaker in made[1:]:
        make_claim("quay is deep", article=article, speaker=speaker)
    assert queries() == (one, [("quay", 1)] * 3)
    assert one <= 3


def test_a_search_is_a_bounded_number_of_queries(said, django_assert_max_num_queries):
    # Words, speakers and articles; claims with their rows; what is marked in them.
    # Where few have all words two more show others, and three tell what was meant.
    with django_assert_max_num_queries(6):
        assert widely("unemploymnet herringg nordwik lowset brigde").meant
    with django_assert_max_num_queries(5):
        widely("herring fjord")
