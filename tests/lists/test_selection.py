"""Pages of a list are the same whichever way they are found."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.desk.workflow import take_step
from claims.lists import selection, stretches
from claims.lists.facets import facets
from claims.lists.filters import ClaimQuery
from claims.models import FacetCount, PublicClaim, Topic
from claims.models.choices import VerdictStatus
from claims.models.facets import SPEAKER, TOPIC
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db
FILTERS = [
    "speaker=ida-falk",
    "topic=harbour",
    "rating=false",
    "rating=none",
    "rating=retracted",
    "finding=confirmed",
    "stated_after=2026-05-06",
    "stated_before=2026-05-05",
    "published_after=2026-01-01",
    "published_before=2026-01-01",
]
ORDERS = ["stated", "oldest", "published", "listed"]
# Most counted, dense, window: everything gathered; long lists; windows too short.
WAYS = {"gathered": (3_000, 300, 20_000), "windows": (2, 3, 20_000), "short": (2, 3, 4)}


@pytest.fixture(scope="module")
def archive(module_db):
    """Make twelve claims of mixed speakers, topics, days and verdicts."""
    falk, town = make_speaker("Ida Falk"), make_speaker("Town council")
    harbour = make_topic("Harbour")
    for number in range(12):
        day = date(2026, 5, 4) + timedelta(days=number % 4)
        claim = make_claim(
            article=make_article(published_on=day),
            speaker=falk if number % 3 else town,
            topics=[harbour] if number % 2 else [],
            stated_on=None if number == 5 else day,
        )
        if number % 4 == 1:
            make_verdict(claim, status=VerdictStatus.PUBLISHED)
        elif number == 2:
            make_verdict(claim, status=VerdictStatus.RETRACTED)


def walked(query, *, backwards=False):
    """Return the keys of all pages of a list, from its first or from its last one."""
    found, asked = [], ClaimQuery(query)
    page = asked.page(3)
    while backwards and page.next:
        page = ClaimQuery(page.next_query).page(3)
    while True:
        keys = [row.pk for row in page.rows]
        found = [*keys, *found] if backwards else [*found, *keys]
        onward = page.previous_query if backwards else page.next_query
        if not onward:
            return found
        page = ClaimQuery(onward).page(3)


@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", ORDERS)
def test_every_page_holds_what_the_whole_list_holds(
    db, archive, monkeypatch, order, way, share
):
    names = ("MOST_COUNTED", "DENSE", "WINDOW")
    for name, value in zip(names, WAYS[way], strict=True):
        monkeypatch.setattr(selection, name, value)
    pairs = [
        "&".join(pair)
        for pair in combinations(FILTERS, 2)
        # One value of a filter; two that contradict each other are refused.
        if len({each.partition("=")[0].partition("_")[0] for each in pair}) == 2
    ]
    # Each pair in one of the orders, each filter in all; a third of them in each way.
    asked = ["", *FILTERS, *pairs[ORDERS.index(order) :: len(ORDERS)]]
    for query in asked[[*WAYS].index(way) % share :: share]:
        string = f"{query}&order={order}".lstrip("&")
        whole = [row.pk for row in ClaimQuery(string).rows()]
        assert walked(string) == whole, string
        assert walked(string, backwards=True) == whole, string


def test_a_page_is_gathered_from_one_stretch_of_years_after_another(db, monkeypatch):
    lund, ferry = make_speaker("Bo Lund"), make_speaker("Ferry company")
    # Few in the first years, none for long, more than may be gathered in the last ones.
    for year in (2009, 2011, 2018, 2018, 2018, 2018, 2019, 2020, 2020):
        said = date(year, 3, 1)
        article = make_article(published_on=said)
        for speaker in (lund, ferry):
            claim = make_claim(article=article, speaker=speaker, stated_on=said)
        if year != 2018 and speaker == ferry:
            make_verdict(claim, status=VerdictStatus.PUBLISHED)
    for module, name, value in (
        (selection, "MOST_COUNTED", 2),
        (selection, "WINDOW", 1),
        (stretches, "ENOUGH", 1),
        (stretches, "MOST_GATHERED", 3),
    ):
        monkeypatch.setattr(module, name, value)
    for asked in ("speaker=bo-lund", "published_after=2026-01-01"):
        # Too long a stretch is shortened, or read in its order.
        for read in (0, 100):
            monkeypatch.setattr(stretches, "MOST_READ", read)
            string = f"{asked}&attribution=indirect&order=oldest"
            whole = [row.pk for row in ClaimQuery(string).rows()]
            assert len(whole) > 4
            assert walked(string) == whole
            assert walked(string, backwards=True) == whole
            with CaptureQueriesContext(connection) as statements:
                ClaimQuery(string).page(3)
            # Nothing is left to the planner.
            assert not [each for each in statements if "LIMIT 5" in each["sql"]]


def test_a_short_list_is_counted_with_its_facets_in_one_pass(
    archive, django_assert_num_queries
):
    query = ClaimQuery("topic=harbour")
    with django_assert_num_queries(4):
        page = query.page(50)
        counts = {facet.name: facet.choices for facet in facets(query)}
    assert query.count == len(page.rows) == 6
    assert {c.value: c.count for c in counts["rating"]} == {"false": 3, "none": 3}
    # A facet in use is counted as if it were not.
    assert [(c.value, c.count) for c in counts["topic"]] == [("harbour", 6)]


def test_a_long_list_says_that_it_is_long_and_counts_nothing(archive, monkeypatch):
    monkeypatch.setattr(selection, "MOST_COUNTED", 2)
    query = ClaimQuery("topic=harbour")
    assert len(query.page(50).rows) == 6
    assert query.count is None
    assert [facet.name for facet in facets(query)] == ["topic"]


def test_the_codes_of_a_row_are_sorted_and_each_there_once(archive):
    for codes in PublicClaim.objects.values_list("facets", flat=True):
        assert codes == sorted(set(codes))


def test_days_that_surely_choose_too_many_are_not_read_to_learn_that(
    archive, monkeypatch
):
    monkeypatch.setattr(selection, "MOST_WIDER", 2)

    def read(string):
        with CaptureQueriesContext(connection) as statements:
            facets(ClaimQuery(string))
        return sum("WITH hit" in statement["sql"] for statement in statements)

    # The list and its years are read in both; 2026 lies whole within the first.
    assert read("topic=harbour&stated_after=2025-12-31") == 2
    # The control: of a part of a year nobody knows before.
    assert read("topic=harbour&stated_after=2026-01-01") == 3


def test_a_list_by_one_day_is_read_from_where_another_day_lies(archive, monkeypatch):
    monkeypatch.setattr(selection, "MOST_COUNTED", 0)
    FacetCount.objects.filter(facet=TOPIC + Topic.objects.get().pk).update(
        stated_until=date(2026, 5, 5)
    )

    def days():
        return {row.sort_date for row in ClaimQuery("topic=harbour").page(50).rows}

    # Read to the end kept for the topic, here a false one, and not beyond it.
    assert days() == {date(2026, 5, 5), date.min}
    FacetCount.objects.update(stated_until=date.max)
    assert date(2026, 5, 7) in days()


def test_the_ends_of_a_code_widen_with_its_claims_and_never_narrow(db):
    speaker = make_speaker()
    first, last = (
        make_claim(speaker=speaker, stated_on=date(2026, 5, day), status="listed")
        for day in (4, 6)
    )

    def ends():
        return FacetCount.objects.values_list(
            "count", "stated_from", "stated_until", "claim_from", "claim_until"
        ).get(facet=SPEAKER + speaker.pk)

    assert ends() == (2, date(2026, 5, 4), date(2026, 5, 6), first.pk, last.pk)
    take_step("withdraw", last, by=make_user("Editors"), comment="Not said.")
    assert ends() == (1, date(2026, 5, 4), date(2026, 5, 6), first.pk, last.pk)
