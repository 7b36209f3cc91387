"""/check/: what was checked of a pasted text, for anybody, of which nothing is kept."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.benchmark.costs import settings_apart
from claims.lists.checking import LONGEST, MOST_SENTENCES, check_text
from claims.models.choices import ClaimStatus
from claims.text.sentences import sentences
from tests.factories import make_article, make_claim, make_published, make_speaker

pytestmark = pytest.mark.django_db

FERRIES = "The ferries of Nordvik carried 4.5 million passengers in 2019."
TOLL = "The toll on the Ulvik bridge will not rise before the end of 2027."
WHALES = "Whales were counted in the fjord of Ulvik by forty volunteers."
SECRET = "The dredger of Ulvik sank with nine barrels of tar aboard."


@pytest.fixture(scope="module")
def listed(module_db):
    """Two claims with a verdict, one without, and one that readers do not see."""
    made = {}
    for text, rating in ((FERRIES, "true"), (TOLL, "false"), (WHALES, "")):
        speaker = make_speaker(f"Speaker of {text.split()[1]}")
        made[text] = make_claim(
            text[:-1], article=make_article(text), wording=text, speaker=speaker
        )
        if rating:
            make_published(made[text], rating=rating, summary=f"About {text[:9]}.")
    make_claim(
        SECRET[:-1],
        article=make_article(SECRET),
        wording=SECRET,
        status=ClaimStatus.DRAFT,
    )
    return made


@pytest.fixture
def client(settings):
    settings.READS_A_MINUTE = 0
    return Client(enforce_csrf_checks=True)


def asked(client, text, **more):
    return client.post("/check/", {"text": text}, **more)


def words_of(response):
    """Return the words of a page and of each sentence's part, what is marked in []."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    marked = re.sub(r"<mark[^>]*>(.*?)</mark>", r"[\1]", page)
    return [
        " ".join(unescape(re.sub(r"<[^>]*>", " ", piece)).split())
        for piece in re.split('<li class="checked-sentence[^>]*>', marked)
    ]


def test_each_sentence_is_shown_with_the_claims_that_are_like_it(listed, client):
    text = (
        "“Ferries in Nordvik carried 5.4 million passengers in 2019,” she said. "
        "“The toll on the Ulvik bridge will rise before the end of 2027. "
        "Whales in the fjord of Ulvik were counted by forty volunteers!” Thank you. "
        "Nobody has ever mentioned marmalade in this context."
    )
    page, number, negation, same, short, none = words_of(asked(client, text))
    assert "3 of 5 sentences are like a listed claim" in page
    assert "Similar Speaker of ferries" in number
    assert "✓ True About The ferri" in number
    assert "A number differs. So this may be another claim than yours" in number
    assert "Yours “Ferries in Nordvik carried [5.4 million] passengers" in number
    assert (
        "In the list The ferries of Nordvik carried [4.5 million] passengers" in number
    )
    assert "✗ False About The toll" in negation
    assert "One denies, or says the opposite." in negation
    assert "will [not] rise" in negation
    assert "Very close Speaker of were" in same
    assert "Not yet reviewed" in same
    assert "another claim" not in same
    assert short == "Thank you. Too short to look for."
    assert "Nothing like this was found among the claims listed here" in none
    # Of what was pasted nothing is ever called anything.
    assert not re.search(r"\b(false|true|wrong)\b", page, re.IGNORECASE)


def test_what_readers_do_not_see_is_not_found(listed, client):
    assert "Nothing like this" in words_of(asked(client, SECRET))[1]


def test_nothing_is_stored_no_cookie_is_set_and_none_is_needed(listed, client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = asked(client, FERRIES)
    assert response.status_code == 200
    assert not response.cookies
    asked_for = [settings_apart(query["sql"])[1].lstrip() for query in queries]
    assert all(sql.startswith(("WITH", "SELECT")) for sql in asked_for)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    form = client.get("/check/")
    assert not form.cookies and "X-Robots-Tag" not in form
    assert client.head("/check/").status_code == 200
    assert client.put("/check/").status_code == 405


def test_a_short_text_may_stand_in_an_address(listed, client):
    page = asked(client, FERRIES).content.decode()
    address = unescape(re.search('href="(/check/[?]text=[^"]+)"', page)[1])
    assert words_of(client.get(address)) == words_of(asked(client, FERRIES))
    assert 'content="noindex"' in client.get(address).content.decode()
    assert "/check/?text=" not in asked(client, FERRIES * 9).content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Paste a sentence or a paragraph."),
        (" \n ", "Paste a sentence or a paragraph."),
        ("?!", "There is no word in this text."),
        ("a\0b", "Null characters are not allowed."),
        ("word " * LONGEST, f"at most {LONGEST} are read at once. Give it in parts."),
        ("It is so. " * 61, "has 61 sentences; at most 60 are looked for at once."),
    ],
)
def test_a_text_that_cannot_be_looked_for_is_refused_with_a_sentence(
    client, text, told
):
    response = asked(client, text)
    assert response.status_code == 400
    assert told in words_of(response)[0]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("text=", "Paste a sentence"),
        ("text=a&text=b", "Only one value is possible here."),
        ("text=a&colour=red", "There is no such filter."),
        ("text=" + "word+" * 101, "Send it by the form"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(client, query, told):
    response = client.get(f"/check/?{query}")
    assert response.status_code == 400
    assert told in words_of(response)[0]


def test_sixty_sentences_cost_one_bounded_query_each_and_one_for_all_claims(
    listed, client, django_assert_num_queries
):
    texts = [f"The ferries of Nordvik carried {n} million people." for n in range(60)]
    assert len(texts) == MOST_SENTENCES
    with django_assert_num_queries(MOST_SENTENCES + 1):
        pieces = words_of(asked(client, " ".join(texts)))
    assert all("Speaker of ferries" in piece for piece in pieces[1:])
    with django_assert_num_queries(2):
        asked(client, texts[0] * 1 + " " + texts[0])


def test_who_asks_too_often_is_told_when_to_go_on(client, settings):
    settings.READS_A_MINUTE = 2
    address = {"REMOTE_ADDR": "192.0.2.77"}
    answers = [asked(client, FERRIES, **address) for _asked in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 30
    # What was typed is not lost, and the form itself is shown to everybody.
    assert FERRIES in unescape(answers[-1].content.decode())
    assert client.get("/check/", **address).status_code == 200


def test_a_text_pasted_from_anywhere_is_read(listed):
    text = f"\ufeff{FERRIES}\r\n\r\n\u200b• {TOLL}\r\nPhoto: somebody\r\n{'ab' * 900}"
    found = check_text(text)
    assert [len(each.found) for each in found] == [1, 1, 0, 0]
    assert found[0].text == FERRIES


def test_no_sentence_of_a_text_is_left_out():
    text = (
        "Photo: AP\nA | B | C\n10.15am: Rents fell. “Why? Yes!” Mr. Lee (of 3.5) left…"
    )
    kept = [text[start:end] for start, end in sentences(text)]
    assert kept == [
        "Photo: AP",
        "A | B | C",
        "10.15am:",
        "Rents fell.",
        "“Why?",
        "Yes!”",
        "Mr. Lee (of 3.5) left…",
    ]
