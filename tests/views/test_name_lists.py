"""The indexes of topics and outlets: which stand there, with how many claims."""

import re
from urllib.parse import quote

import pytest

from claims.models import Outlet
from claims.views import list_pages
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_topic,
    withdraw,
)

pytestmark = pytest.mark.django_db


def rows(client, url):
    """Return (name, number) of each row of an index."""
    html = client.get(url).content.decode()
    found = re.findall(r"<h2><a[^>]*>(.*?)</a></h2>\s*<p[^>]*>\s*(.*?) claims?", html)
    return [(re.sub(r"<[^>]+>", "", name), int(number)) for name, number in found]


def test_an_index_counts_what_is_listed_and_leaves_out_the_empty(client):
    roads, boats = make_topic("Roads"), make_topic("Boats")
    make_topic("Nobody speaks of it")
    quay = make_article(outlet=make_outlet("Radio Quay"))
    for topics in ([roads], [roads, boats]):
        gone = make_claim(article=quay, topics=topics)
    make_outlet("The Empty Page")
    assert rows(client, "/topics/") == [("Boats", 1), ("Roads", 2)]
    assert rows(client, "/outlets/") == [("Radio Quay", 2)]
    assert rows(client, "/topics/?q=road") == [("<mark>Roads</mark>", 2)] or rows(
        client, "/topics/?q=road"
    ) == [("Roads", 2)]
    # The last claim on boats leaves the lists, and the topic with it.
    make_published(gone)
    withdraw(gone)
    assert rows(client, "/topics/") == [("Roads", 1)]
    assert rows(client, "/outlets/") == [("Radio Quay", 1)]


NAMES = [
    ("Ücretler", "ücret|UCRET|uecret|CRETL"),
    ("Işık ve İnşaat", "isik|IŞIK|inşaat|INSAAT"),
    ("Straßen, Œuvres", "strassen|STRASSE|oeuvres|straß"),
    ("Łódź", "lodz|łó"),
    ("東京都の学校", "東京|学校|校"),
    ("السياسة والأسعار", "اسعار|الاسعار"),
    ("בחירות והמחירים", "מחירים|בחירות"),
    ("Πολιτική της Αθήνας", "ΑΘΗΝΑ|πολιτικη"),
    ("Ёлка", "елка"),
    ("100% of_it", "100%|f_i"),
]


@pytest.mark.parametrize("index", ["topics", "outlets"])
def test_a_name_is_found_in_every_script_with_or_without_accents(client, index):
    for name, _asked in NAMES:
        topic = make_topic(name)
        make_claim(article=make_article(outlet=make_outlet(name)), topics=[topic])
    found = {
        (name, words): [each for each, _number in rows(client, f"/{index}/?q={words}")]
        for name, asked in NAMES
        for words in map(quote, asked.split("|"))
    }
    missed = {asked: names for asked, names in found.items() if names != [asked[0]]}
    assert missed == {}
    assert rows(client, f"/{index}/?q=%25%25") == rows(client, f"/{index}/?q=__") == []


def test_an_index_is_paged_and_costs_no_more_for_more_rows(
    client, monkeypatch, django_assert_num_queries
):
    for number in range(4):
        article = make_article(outlet=make_outlet(f"Gazette {number}"))
        make_claim(article=article, topics=[make_topic(f"Topic {number}")])
    for url in ("/topics/", "/outlets/"):
        with django_assert_num_queries(3):
            assert len(rows(client, url)) == 4
        monkeypatch.setattr(list_pages, "ROWS_A_PAGE", 3)
        with django_assert_num_queries(3):
            page = client.get(url).content.decode()
        following = re.search(r'rel="next" href="([^"]+)"', page)[1]
        assert len(rows(client, url + following.replace("&amp;", "&"))) == 1
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/topics/", "No listed claim has a topic yet."),
        ("/outlets/", "No listed claim was printed in an outlet yet."),
        ("/topics/?q=zeppelin", "No topic here is called like that."),
        ("/outlets/?q=zeppelin", "No outlet here is called like that."),
    ],
)
def test_an_empty_index_says_why(client, url, words):
    Outlet.objects.create(name="The Empty Page")
    assert words in client.get(url).content.decode()
