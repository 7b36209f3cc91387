"""Lists with words: the same claims however few are gathered or looked through."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.lists import with_words
from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery, ReviewQuery
from claims.models.choices import VerdictStatus
from claims.models.fulltext import ask
from tests.factories import make_article, make_claim, make_speaker, make_verdict
from tests.lists.test_selection import ORDERS, walked

pytestmark = pytest.mark.django_db
# Of twelve claims eight have both words of a phrase, and four the phrase.
WORDINGS = (
    "The grey ferry sails at noon",
    "The ferry is grey with age",
    "No boat sails at noon",
)
WORDS = [
    "ferry",
    '"grey ferry"',
    "ferry -age",
    "-ferry",
    "boat OR age",
    '-"grey ferry"',
]
FILTERS = [
    "",
    "&speaker=ida-falk",
    "&speaker=ida-falk&rating=none",
    "&stated_after=2026-05-05",
    "&published_after=2026-01-01&published_before=2099-01-01",
]
# Gathered, joined, looked through, looked up.
WAYS = {
    "gathered": (800, 400, 2_000, 400),
    "pages": (0, 0, 5, 4),
    "short": (1, 1, 2, 2),
}


@pytest.fixture(scope="module")
def archive(module_db):
    falk, town = make_speaker("Ida Falk"), make_speaker("Town council")
    for number in range(12):
        day = date(2026, 5, 4) + timedelta(days=number % 4)
        claim = make_claim(
            WORDINGS[number % 3],
            article=make_article(f"{WORDINGS[number % 3]}.", published_on=day),
            speaker=falk if number % 4 else town,
            stated_on=None if number in (3, 5) else day,
        )
        if number % 4 == 1:
            make_verdict(claim, status=VerdictStatus.PUBLISHED)


def bound(monkeypatch, way):
    names = ("MOST_GATHERED", "MOST_JOINED", "MOST_LOOKED_THROUGH", "MOST_LOOKED_UP")
    for name, value in zip(names, WAYS[way], strict=True):
        monkeypatch.setattr(with_words, name, value)


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", WAYS)
def test_every_claim_with_the_words_stands_on_one_page(archive, monkeypatch, way, each):
    bound(monkeypatch, way)
    for number, words in enumerate(WORDS):
        # All words, and each filter with some of them.
        for other, also in list(enumerate(FILTERS))[number % each :: each]:
            order = ORDERS[(number + other) % len(ORDERS)]
            string = f"q={words}{also}&order={order}"
            whole = [row.pk for row in ClaimQuery(string).rows()]
            assert walked(string) == whole, string
            assert walked(string, backwards=True) == whole, string


def test_few_candidates_are_counted_with_their_facets(archive):
    query = ClaimQuery('q="grey ferry"&rating=none')
    assert len(query.page(3).rows) == 3
    assert query.count == 3
    counts = {facet.name: facet.choices for facet in facets(query)}
    # A facet in use is counted as if it were not.
    assert {each.value: each.count for each in counts["rating"]} == {
        "none": 3,
        "false": 1,
    }
    query = ReviewQuery('q="grey ferry"')
    assert [row.rating for row in query.page(3).rows] == [
        row.rating for row in query.rows()
    ]
    assert query.count == 1


def test_of_many_candidates_no_more_are_looked_at_than_are_told(archive, monkeypatch):
    bound(monkeypatch, "short")
    query = ClaimQuery('q="grey ferry"')
    page = query.page(3)
    assert query.count is None
    assert query.selection.at_least <= 2
    assert page.next
    assert len(page.rows) < 3
    assert facets(query) == []
    with CaptureQueriesContext(connection) as statements:
        ClaimQuery('q="grey ferry"&order=listed').page(3)
    looked = [each["sql"] for each in statements if "CROSS JOIN LATERAL" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {looked[0]}")
        plan = "\n".join(row[0] for row in cursor)
    # The words of as many claims as may be looked up, one by one.
    assert "loops=2" in plan
    # The control: of few candidates the page is whole.
    monkeypatch.undo()
    assert len(ClaimQuery('q="grey ferry"').page(3).rows) == 3


def test_an_index_is_asked_for_words_not_for_phrases(db):
    assert ask('"grey ferry" noon').candidates.count("&") >= 2
    for words in ('"grey ferry"', 'noon -"grey ferry"', '"grey ferry" OR noon'):
        assert "<" not in ask(words).candidates
    assert "ferri" not in ask('noon -"grey ferry"').candidates
    assert ask("-noon").candidates == ""


def test_a_reader_learns_that_a_page_is_of_some_claims_only(
    archive, monkeypatch, client
):
    bound(monkeypatch, "short")
    page = client.get('/claims/?q="grey ferry"').content.decode()
    assert "only the next ones of the list were looked" in page
    assert 'rel="next"' in page
    assert "At least " in page
    monkeypatch.undo()
    page = client.get('/claims/?q="grey ferry"').content.decode()
    assert "were looked" not in page
    assert "4 claims" in page
