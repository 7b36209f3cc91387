"""The pages that list things: what stands on them, at which cost, and who sees what."""

import re
from copy import deepcopy
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery
from claims.models.choices import VerdictStatus
from claims.views import claim_lists
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

LISTS = [
    "/",
    "/claims/",
    "/claims/?q=harbour",
    "/claims/?order=published",
    "/claims/?rating=none&rating=false",
    "/speakers/",
    "/articles/",
    "/topics/roads/",
    "/outlets/the-harbour-post/",
    "/search/?q=harbour",
]
FILES = ["/claims.csv", "/claims.jsonl", "/claims.atom"]


@pytest.fixture
def client():
    return Client()


def body(response):
    return b"".join(response) if response.streaming else response.content


def text_of(response):
    """Return the words of a page without its tags, blanks made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", body(response).decode()).split())


def fill(rows, topic):
    """Make so many claims: each with its article and speaker, half with a verdict."""
    for number in range(rows):
        claim = make_claim(topics=[topic])
        if number % 2:
            make_published(claim)


def statements(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def test_no_list_asks_more_of_the_database_for_more_rows(client):
    topic = make_topic("Roads")
    # As many as a search shows: where it finds fewer, it looks further.
    fill(9, topic)
    few = {url: statements(client, url) for url in LISTS}
    fill(9, topic)
    many = {url: statements(client, url) for url in LISTS}
    counts = {url: len(asked) for url, asked in many.items()}
    assert counts == {url: len(asked) for url, asked in few.items()}
    assert counts["/claims/"] == 4  # tag; their number; keys and facets; rows
    assert max(counts.values()) <= 10
    for asked in many.values():
        assert not any("OFFSET" in sql or '"body"' in sql for sql in asked)


def test_a_list_of_fifty_claims_weighs_less_than_100_kb(client):
    article = make_article(headline="A headline of a usual length for a newspaper")

    def weight(numbers):
        for number in numbers:
            name = f"Speaker With A Long Name {number}"
            speaker = make_speaker(name, title="Minister")
            claim = make_claim(article=article, speaker=speaker, wording="Words. " * 24)
            make_published(claim, summary="A summary of a usual length. " * 6)
        page = client.get("/claims/").content
        return page.count(b'class="claim-item'), len(page)

    (few, light), (many, heavy) = weight(range(10, 12)), weight(range(12, 20))
    assert (few, many) == (2, 10)
    assert light + (50 - few) * (heavy - light) / (many - few) < 100_000


def test_pages_lead_to_one_another(client, monkeypatch):
    monkeypatch.setattr(claim_lists, "CLAIMS_A_PAGE", 2)
    article = make_article()
    made = [
        make_claim(article=article, stated_on=date(2026, 1, d)) for d in range(1, 6)
    ]
    newest_first = [str(claim.pk) for claim in reversed(made)]

    def follow(url, way):
        page = client.get(url, follow=True).content.decode()
        link = re.search(rf'<a class="button" rel="{way}" href="([^"]+)"', page)
        shown = re.findall(r'claim-wording">\s*<a href="/claims/(\d+)-', page)
        return shown, link and "/claims/" + link[1].replace("&amp;", "&")

    shown, url = follow("/claims/?attribution=indirect", "next")
    assert shown == newest_first[:2]
    assert "attribution=indirect" in url
    shown, url = follow(url, "next")
    assert shown == newest_first[2:4]
    shown, nothing = follow(url, "next")
    assert (shown, nothing) == (newest_first[4:], None)
    shown, url = follow(url, "prev")
    shown, url = follow(url, "prev")
    assert shown == newest_first[2:4]
    shown, url = follow(url, "prev")
    assert (shown, url) == (newest_first[:2], None)


def test_a_claim_in_a_list_says_who_what_where_when_and_the_verdict(client):
    claim = make_claim(
        article=make_article(headline="Harbour opens"),
        speaker=make_speaker("Ida Falk", title="Mayor"),
        wording="The harbour of Port Ambrel will open in May.",
        stated_on=date(2026, 5, 1),
        stated_precision="month",
        via=make_outlet("Far Gazette"),
    )
    make_published(claim, rating="mostly-false", summary="It opens in June.")
    words = text_of(client.get("/claims/"))
    for part in [
        "Ida Falk , Mayor",
        "The harbour of Port Ambrel will open in May.",
        "The harbour will open in May",
        "✗~ Mostly false It opens in June.",
        "Said May 2026 · checked",
        "· Harbour opens , The Harbour Post (relaying Far Gazette)",
        "1 claim CSV",
    ]:
        assert part in words


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "5 May 2026"),
        ("month", "May 2026"),
        ("year", "2026"),
        ("on_or_before", "on or before 5 May 2026"),
    ],
)
def test_a_date_is_no_more_exact_than_is_known(client, precision, words):
    make_claim(stated_on=date(2026, 5, 5), stated_precision=precision)
    assert f"Said {words} · Article" in text_of(client.get("/claims/"))


def test_an_unknown_date_says_so(client):
    make_claim(stated_on=None)
    assert "Day of the statement unknown · Article" in text_of(client.get("/claims/"))


def test_what_is_not_reviewed_or_retracted_says_so(client):
    make_claim()
    make_verdict(status=VerdictStatus.RETRACTED, summary="Withdrawn words.")
    words = text_of(client.get("/claims/"))
    assert "○ Not yet reviewed" in words
    assert "⊘ Verdict retracted" in words
    assert "Withdrawn words." not in words


def test_facets_count_what_matches_and_lead_there(client, monkeypatch):
    article, falk = make_article(), make_speaker("Ida Falk")
    for rating in ("false", "false", "true", None):
        claim = make_claim(article=article, speaker=falk, topics=[])
        if rating:
            make_published(claim, rating=rating)
    make_claim(article=article, stated_on=date(2024, 2, 2))

    def facet(query, name):
        made = facets(ClaimQuery(query))
        (found,) = [each for each in made if each.name == name]
        return [(c.label, c.count, c.is_chosen, c.query) for c in found.choices]

    assert facet("speaker=ida-falk", "rating") == [
        ("True", 1, False, "speaker=ida-falk&rating=true"),
        ("False", 2, False, "speaker=ida-falk&rating=false"),
        ("Not yet reviewed", 1, False, "speaker=ida-falk&rating=none"),
    ]
    # A facet in use shows what its other values would add.
    assert facet("rating=true", "rating") == [
        ("True", 1, True, ""),
        ("False", 2, False, "rating=true&rating=false"),
        ("Not yet reviewed", 2, False, "rating=true&rating=none"),
    ]
    # Unless too many claims would match without it.
    narrow = "rating=true&attribution=indirect"
    assert len(facet(narrow, "rating")) == 3
    monkeypatch.setattr("claims.lists.selection.MOST_WIDER", 4)
    assert [row[:3] for row in facet(narrow, "rating")] == [("True", 1, True)]
    assert facet("rating=none", "speaker")[0][:3] == ("Ida Falk", 1, False)
    assert facet("", "year") == [
        ("2026", 4, False, "stated_after=2026-01-01&stated_before=2026-12-31"),
        ("2024", 1, False, "stated_after=2024-01-01&stated_before=2024-12-31"),
    ]
    assert client.get("/claims/?rating=true").content.count(b'aria-current="true"') == 1


def test_every_link_of_a_list_leads_somewhere(client):
    claim = make_claim(topics=[make_topic("Roads")])
    make_published(claim)
    page = client.get("/claims/?rating=false&q=harbour").content.decode()
    links = set(re.findall(r'href="([^"]+)"', page)) - {"#main", "#narrow"}
    for link in links:
        if link.startswith(("/claims", "?", "/topics")):
            url = link.replace("&amp;", "&")
            url = f"/claims/{url}" if url.startswith("?") else url
            assert client.get(url).status_code == 200, url


def test_a_list_too_long_to_be_gathered_has_no_facets(client, monkeypatch):
    monkeypatch.setattr("claims.lists.selection.MOST_COUNTED", 2)
    monkeypatch.setattr("claims.views.claim_lists.MOST_COUNTED", 2)
    article = make_article()
    for _ in range(3):
        make_published(make_claim(article=article))
    # How many there are in all is known at any length, how many a filter finds is not.
    for url, count in [("", "3 claims"), ("?finding=confirmed", "More than 2 claims")]:
        words = text_of(client.get(f"/claims/{url}"))
        assert count in words
        assert "too many claims here to count" in words
    assert len(statements(client, "/claims/")) == 4  # tag, their number, keys, rows
    # The tag, how many to expect, a window of the order, the order itself, rows.
    assert len(statements(client, "/claims/?finding=confirmed")) == 5


def test_a_senseless_list_is_refused_with_help(client):
    make_claim(speaker=make_speaker("Ida Falk"))
    response = client.get("/claims/?speaker=Ida&colour=red&rating=none")
    assert response.status_code == 400
    words = text_of(response)
    assert "colour There is no such filter." in words
    assert "No speaker here is called “Ida”." in words
    assert "Did you mean? Ida Falk" in words
    assert b'href="/claims/?rating=none&amp;speaker=ida-falk"' in response.content


def test_a_speakers_name_in_the_form_leads_to_that_speaker(client):
    make_claim(speaker=make_speaker("Ida Falk", aliases=["The Mayor"]))
    response = client.get("/claims/?q=&speaker=the+mayor&finding=")
    assert response.headers["Location"] == "/claims/?speaker=the+mayor"
    response = client.get(response.headers["Location"])
    assert response.headers["Location"] == "/claims/?speaker=ida-falk"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/", "No verdict is published yet."),
        ("/claims/", "No claim is listed yet."),
        ("/speakers/", "Nobody is quoted yet."),
        ("/articles/", "No article has a listed claim yet."),
        ("/search/", "S400 finds S-400"),
        ("/search/?q=xyzzy", "Nothing here has “xyzzy”."),
        ("/speakers/?q=xyzzy", "Nobody here is called like that."),
        ("/claims/?q=xyzzy", "No claim is listed yet."),
        ("/claims/?after=2026-01-01~1", "Start from its first page"),
    ],
)
def test_an_empty_list_helps_on(client, url, words):
    response = client.get(url)
    assert response.status_code == 200
    assert words in text_of(response)


def test_a_list_emptied_by_its_filters_offers_to_take_them_off(client):
    make_claim()
    shown = text_of(client.get("/claims/?q=xyzzy"))
    assert "Take a filter off: Words: xyzzy" in shown


class Controls(HTMLParser):
    """Collects what a browser without script would send with the form `filters`."""

    def __init__(self):
        super().__init__()
        self.sent, self.is_inside = {}, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = attrs.get("id") == "filters"
        name, form = attrs.get("name"), attrs.get("form")
        if tag in ("input", "select") and (form or self.is_inside):
            assert form in (None, "filters")
            self.sent.setdefault(name, []).append(attrs.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False


def test_the_form_sends_every_filter_and_keeps_those_in_use(client):
    claim = make_claim(speaker=make_speaker("Ida Falk"), topics=[make_topic("Roads")])
    make_published(claim, rating="false")
    in_use = "speaker=ida-falk&rating=false&rating=none&topic=roads"
    controls = Controls()
    page = client.get(f"/claims/?{in_use}&q=harbour&stated_after=2026-01-02").text
    controls.feed(page)
    everything = {*ClaimQuery("").names, "order"} - {"outlet"}
    assert set(controls.sent) == everything
    assert controls.sent["speaker"] == ["ida-falk", ""]
    assert controls.sent["rating"] == ["false", "none"]
    assert controls.sent["stated_after"] == ["2026-01-02"]
    assert page.count('name="finding"') == 1


def test_words_found_are_marked_in_the_list(client):
    make_claim(wording="The harbours are open.")
    assert (
        b"The <mark>harbours</mark> are open."
        in client.get("/claims/?q=harbour").content
    )


def test_hostile_words_stay_words(client):
    make_claim(
        article=make_article(headline="<script>alert(1)</script>"),
        speaker=make_speaker("<b>Falk</b>", slug="falk"),
        wording='"><script>alert(2)</script>',
        topics=[make_topic("<i>Roads</i>")],
    )
    for url in ["/", "/claims/", "/speakers/", "/articles/", "/search/?q=alert"]:
        page = client.get(url).content
        assert b"<script>alert" not in page
        assert b"<b>Falk" not in page and b"<i>Roads" not in page
    page = client.get('/search/?q="><script>alert(3)</script>').content
    assert b"<script>alert" not in page


def test_no_list_sets_a_cookie_or_reads_one(client):
    make_claim()
    for url in [*LISTS[:7], "/suggest/?q=a", "/claims.csv", "/nothing/"]:
        response = client.get(url)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.fixture
def strict_templates(settings):
    """Make every variable that does not exist show itself."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "INVALID(%s)"
    settings.TEMPLATES = templates


def test_a_misspelt_variable_would_show(strict_templates):
    template = engines["django"].from_string("{{ thing.nmae }}")
    assert template.render({"thing": object()}) == "INVALID(thing.nmae)"


def test_no_page_names_a_variable_that_is_not_there(client, strict_templates):
    topic = make_topic("Roads")
    fill(3, topic)
    make_claim(stated_on=None, via=make_outlet("Far Gazette"), topics=[topic])
    make_claim(article=make_article(outlet=None), topics=[topic])
    make_verdict(status=VerdictStatus.RETRACTED)
    urls = [*LISTS, "/claims/?colour=red", "/claims/?q=xyzzy", "/nothing/", "/search/"]
    for url in urls:
        assert b"INVALID" not in client.get(url).content, url


# --- In a browser -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_names_are_suggested_while_typing(live_server, open_window):
    make_claim(speaker=make_speaker("Recep Tayyip Erdoğan", title="President"))
    page = open_window()
    page.goto(f"{live_server.url}/claims/")
    page.locator("#speaker").press_sequentially("erdo")
    option = page.locator("#suggestions-speaker option")
    option.wait_for(state="attached")
    assert option.get_attribute("value") == "Recep Tayyip Erdoğan"
    page.locator("#speaker").fill("Recep Tayyip Erdoğan")
    page.locator("#speaker").press("Enter")
    page.wait_for_url("**/claims/?speaker=recep-tayyip-erdo%C4%9Fan")
    assert page.locator(".chip").inner_text().startswith("Speaker: Recep")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_list_is_wider_than_the_window_or_moves_while_loading(
    live_server, open_window
):
    make_published(make_claim(speaker=make_speaker("A" * 90), wording="B" * 300))
    page = open_window()
    for width in (320, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ["/", "/claims/", "/speakers/", "/articles/", "/search/?q=harbour"]:
            page.goto(live_server.url + path)
            wide = "document.documentElement.scrollWidth - innerWidth"
            assert page.evaluate(wide) <= 0, (path, width)
            assert page.evaluate("window.watched.shift") == 0, (path, width)


def test_every_page_leads_to_how_the_desk_works_and_to_its_own_figures(client):
    for path in ("/", "/claims/", "/speakers/", "/search/"):
        page = client.get(path).content.decode()
        footer = page[page.index('<footer class="site-footer">') :]
        assert 'href="/policy/"' in footer
        assert 'href="/audit/"' in footer


def test_printed_words_that_are_the_wording_itself_stand_in_a_list_once(client):
    make_claim("the ferry is late", article=make_article("He said the ferry is late."),
               wording="The ferry is late.")  # fmt: skip
    assert "claim-quote" not in client.get("/claims/").content.decode()
    make_claim("it is late", article=make_article("Of the ferry he said it is late."),
               wording="The ferry is late.")  # fmt: skip
    assert client.get("/claims/").content.decode().count("claim-quote") == 1
