"""A list can be read to its end and back, whatever the rows have in common."""

from datetime import date
from itertools import chain

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.lists.filters import CLAIM_ORDERS, ClaimQuery
from claims.models import Claim
from tests.factories import make_article, make_claim, make_published, make_speaker

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 5, 1), date(2026, 5, 1), date(2024, 1, 1), None, None]


@pytest.fixture(scope="module")
def claims(module_db):
    """Seven claims: some of one day, some of no known day, some with a verdict."""
    article, speaker = make_article(), make_speaker()
    made = [
        make_claim(article=article, speaker=speaker, stated_on=day)
        for day in [*DAYS, date(2026, 5, 1), date(2023, 1, 1)]
    ]
    for claim in [made[5], made[1], made[3]]:
        make_published(claim)
    return made


def walk(query, size, ahead=True):
    """Return the pages of a list, followed by the links from one to the next."""
    pages, string = [], query
    while string is not None:
        asked = ClaimQuery(QueryDict(string))
        page = asked.page(size)
        pages.append([row.pk for row in page.rows])
        way = page.next_query if ahead else page.previous_query
        string = way or None
        assert len(pages) < 20
    return pages, asked


@pytest.mark.parametrize("order", CLAIM_ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_following_the_links_shows_every_claim_once(claims, order, size):
    whole = [claim.pk for claim in ClaimQuery(f"order={order}").rows()]
    assert sorted(whole) == sorted(claim.pk for claim in claims)
    pages, last = walk(f"order={order}", size)
    assert list(chain(*pages)) == whole
    assert all(len(page) == size for page in pages[:-1])

    back, _first = walk(last.string(after=last.values.get("after")), size, ahead=False)
    assert list(chain(*reversed(back))) == whole


@pytest.mark.parametrize("order", CLAIM_ORDERS)
def test_a_file_from_a_place_on_holds_what_the_pages_from_there_on_show(claims, order):
    whole = [claim.pk for claim in ClaimQuery(f"order={order}").rows()]
    first = ClaimQuery(f"order={order}").page(3)
    rest = ClaimQuery(first.next_query).rows()
    assert [claim.pk for claim in rest] == whole[3:]
    back = ClaimQuery(f"order={order}&before={first.next}").rows()
    assert [claim.pk for claim in back] == whole[:2]


def test_the_orders_are_what_they_say(claims):
    def days(order):
        return [claim.stated_on for claim in ClaimQuery(f"order={order}").rows()]

    known = sorted(day for day in (claim.stated_on for claim in claims) if day)
    assert days("stated") == [*reversed(known), None, None]
    assert days("oldest") == [*known, None, None]

    def keys(order):
        return [claim.pk for claim in ClaimQuery(f"order={order}").rows()]

    assert keys("published")[:3] == [claims[n].pk for n in (3, 1, 5)]
    newest = sorted(claims, key=lambda claim: claim.listed_at, reverse=True)
    assert keys("listed") == [claim.pk for claim in newest]


def test_a_claim_listed_meanwhile_moves_no_page(claims):
    first = ClaimQuery("").page(3)
    before = [row.pk for row in ClaimQuery(first.next_query).page(3).rows]
    make_claim(article=claims[0].article, stated_on=date(2026, 6, 1))
    assert [row.pk for row in ClaimQuery(first.next_query).page(3).rows] == before


def test_no_page_is_found_by_counting_rows_off(claims):
    first = ClaimQuery("").page(2)
    with CaptureQueriesContext(connection) as queries:
        ClaimQuery(first.next_query).page(2)
    # How many there are, which of them stand on the page, and their words.
    assert len(queries) == 3
    for query in queries:
        assert "OFFSET" not in query["sql"]
        assert "body" not in query["sql"]


def test_a_place_past_the_end_is_empty_and_leads_back(claims):
    page = ClaimQuery("after=0001-01-01~1").page(3)
    assert page.rows == []
    assert Claim.objects.listed().count() == 7
