"""What a query string means, and which ones are refused."""

from datetime import date

import pytest
from django.http import QueryDict

from claims.desk.merging import merge_speakers
from claims.lists.directories import ArticleQuery, SpeakerQuery
from claims.lists.filters import ClaimFilter, ClaimQuery
from claims.lists.query import InvalidQuery
from claims.models import Claim
from claims.models.choices import (
    AttributionKind,
    Checkability,
    ClaimStatus,
    VerdictStatus,
)
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def article(module_db):
    return make_article()


@pytest.fixture(scope="module")
def made(article):
    """A claim of Ida Falk's, rated false, and an older one of somebody else's."""
    opening = make_claim(
        article=article,
        speaker=make_speaker("Ida Falk"),
        wording="The harbour will open in May.",
        stated_on=date(2026, 5, 4),
        checkability=Checkability.PREDICTION,
        topics=[make_topic("Harbour")],
    )
    make_published(opening, rating="false")
    bridge = make_claim(
        "The bridge cost 40 million crowns,",
        article=article,
        wording="The bridge cost 40 million crowns.",
        attribution=AttributionKind.DIRECT,
        stated_on=date(2025, 1, 2),
    )
    return {"opening": opening, "bridge": bridge}


@pytest.fixture
def opening(made, db):
    """A claim of Falk's, said on a day, rated false."""
    return Claim.objects.get(pk=made["opening"].pk)


@pytest.fixture
def bridge(made, db):
    """An older claim of somebody else's, quoted, not reviewed."""
    return Claim.objects.get(pk=made["bridge"].pk)


@pytest.fixture
def falk(opening):
    return opening.speaker


def found(query, **fixed):
    """Return the claims of the rows that a query string means, in their order."""
    keys = [row.pk for row in ClaimQuery(QueryDict(query), **fixed).rows()]
    claims = Claim.objects.in_bulk(keys)
    return [claims[key] for key in keys]


def problems(query, kind=ClaimQuery, **fixed):
    with pytest.raises(InvalidQuery) as refusal:
        kind(QueryDict(query), **fixed)
    return refusal.value.problems


@pytest.mark.parametrize(
    "query",
    [
        "q=harbour",
        "q=opening",
        "speaker=ida-falk",
        "speaker=ida-falk&speaker=ida-falk",
        "rating=false",
        "rating=false&rating=true",
        "finding=confirmed",
        "attribution=indirect",
        "checkability=prediction",
        "topic=harbour",
        "stated_after=2026-05-04",
        "stated_after=2026-05-04&stated_before=2026-05-04",
        "published_after=2026-01-01",
        "q=harbour&speaker=ida-falk&rating=false&topic=harbour",
    ],
)
def test_each_filter_finds_what_it_says(opening, bridge, query):
    assert found(query) == [opening]


@pytest.mark.parametrize(
    "query",
    [
        "q=bridge",
        "q=-harbour",
        'q="million crowns"',
        "rating=none",
        "attribution=direct",
        "checkability=checkable",
        "stated_before=2025-12-31",
    ],
)
def test_each_filter_leaves_out_the_rest(opening, bridge, query):
    assert found(query) == [bridge]


def test_any_of_several_speakers_or_ratings_will_do(opening, bridge):
    both = [opening, bridge]
    assert found(f"speaker=ida-falk&speaker={bridge.speaker.slug}") == both
    assert found("rating=false&rating=none") == both


def test_the_outlet_is_the_one_that_printed_the_article(opening, bridge):
    elsewhere = make_claim(article=make_article(outlet=make_outlet("Far Gazette")))
    assert found("outlet=far-gazette") == [elsewhere]
    assert found("outlet=the-harbour-post") == [opening, bridge]


def test_a_day_of_publication_is_whole_and_in_utc(opening):
    opening.refresh_from_db()
    today = opening.current.published_at.date()
    assert found(f"published_after={today}&published_before={today}") == [opening]
    assert found("published_before=2020-01-01") == []


def test_a_retracted_verdict_is_neither_a_rating_nor_unreviewed(opening, bridge):
    retract(opening.verdict, reason="Wrong.")
    assert found("rating=false") == found("finding=confirmed") == []
    assert found("rating=none") == [bridge]
    assert found("rating=retracted") == [opening]


def test_an_empty_parameter_chooses_nothing(opening, bridge):
    assert found("q=&speaker=&rating=&stated_after=&order=") == [opening, bridge]


def test_a_merged_speaker_is_found_under_both_addresses(opening, falk):
    mayor = make_speaker("Mayor Falk")
    merge_speakers(falk, mayor, by=make_user("Editors"))
    assert found("speaker=ida-falk") == found("speaker=mayor-falk") == [opening]


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("colour=red", "colour", "There is no such filter."),
        ("speaker=nobody", "speaker", "No speaker here is called “nobody”."),
        ("speaker=ida-falk&speaker=nobody", "speaker", "“nobody”"),
        ("outlet=nothing", "outlet", "No outlet here is called “nothing”."),
        ("topic=nothing", "topic", "No topic here is called “nothing”."),
        ("rating=maybe", "rating", "There is no rating “maybe”."),
        ("finding=maybe", "finding", "maybe is not one of the available choices."),
        ("attribution=x", "attribution", "x is not one of the available choices."),
        ("checkability=x", "checkability", "x is not one of the available choices."),
        ("stated_after=May", "stated_after", "Write the day as 2026-05-04."),
        ("stated_before=2026-02-30", "stated_before", "Write the day as 2026-05-04."),
        ("published_after=1", "published_after", "Write the day as 2026-05-04."),
        (
            "stated_after=2026-02-02&stated_before=2026-02-01",
            "stated_before",
            "The last day lies before the first one.",
        ),
        (
            "published_after=2026-02-02&published_before=2026-02-01",
            "published_before",
            "The last day lies before the first one.",
        ),
        ("q=a&q=b", "q", "Only one value is possible here."),
        ("order=random", "order", "The order is one of: stated, oldest"),
        ("after=12", "after", "This is no place in the list."),
        ("after=2026-05-04~x", "after", "This is no place in the list."),
        ("after=2026-05-04~99999999999999999999", "after", "This is no place"),
        ("after=~5", "after", "This is no place in the list."),
        ("order=published&after=2026-05-04~1", "after", "This is no place"),
        ("after=2026-05-04~1&before=2026-05-04~1", "before", "not both"),
        ("q=a%00b", "q", "Null characters are not allowed."),
        ("speaker=a%00b", "speaker", "Null characters are not allowed."),
        (f"q={'a' * 201}", "q", "at most 200 characters"),
        ("&".join(f"speaker=s{n}" for n in range(21)), "speaker", "At most 20 values"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(opening, query, name, sentence):
    refused = problems(query)
    assert list(refused) == [name]
    assert sentence in refused[name]


def test_all_problems_are_named_at_once():
    assert set(problems("x=1&rating=maybe&stated_after=y")) == {
        "x",
        "rating",
        "stated_after",
    }


def test_a_page_of_a_topic_takes_no_other_topic(opening):
    assert found("", topic="harbour") == [opening]
    assert list(problems("topic=harbour", topic="harbour")) == ["topic"]


def test_what_only_a_draft_has_is_as_unknown_as_what_nobody_has():
    secret = make_speaker("Secret Speaker")
    make_claim(
        article=make_article(outlet=make_outlet("Secret Outlet")),
        speaker=secret,
        topics=[make_topic("Secret Topic")],
        status=ClaimStatus.DRAFT,
    )
    for name in ("speaker", "outlet", "topic"):
        (hidden,) = problems(f"{name}=secret-{name}").values()
        (absent,) = problems(f"{name}=absent-{name}").values()
        assert hidden.replace("secret", "absent") == absent


def test_a_draft_verdict_changes_nothing_that_is_found(bridge):
    make_verdict(bridge, status=VerdictStatus.IN_REVIEW, rating="mixed")
    assert found("rating=mixed") == []
    assert bridge not in found("finding=confirmed")
    assert found("rating=none") == [bridge]


def test_links_change_one_filter_and_forget_the_place(opening, bridge):
    query = ClaimQuery("q=harbour&rating=false&order=oldest&after=2026-05-01~1")
    assert query.string() == "q=harbour&rating=false&order=oldest"
    assert query.string(rating=None) == "q=harbour&order=oldest"
    assert query.string(rating=["false", "none"], order=None) == (
        "q=harbour&rating=false&rating=none"
    )


def test_chips_take_one_value_off(opening):
    query = ClaimQuery("rating=false&rating=none&stated_after=2026-05-01")
    assert [(str(c.label), c.value, c.query) for c in query.chips()] == [
        ("Rating", "False", "rating=none&stated_after=2026-05-01"),
        ("Rating", "Not yet reviewed", "rating=false&stated_after=2026-05-01"),
        ("Said from", "1 May 2026", "rating=false&rating=none"),
    ]


def test_a_value_given_twice_is_one_filter(opening, bridge):
    query = ClaimQuery("rating=none&speaker=ida-falk&rating=none&speaker=%20ida-falk")
    assert [(chip.label, chip.query) for chip in query.chips()] == [
        ("Speaker", "rating=none"),
        ("Rating", "speaker=ida-falk"),
    ]
    assert query.string() == "speaker=ida-falk&rating=none"


def test_counts_are_exact(opening, bridge):
    assert ClaimQuery("").count == 2
    assert ClaimQuery("rating=false").count == 1


def test_speakers_are_chosen_by_name_alias_and_kind(opening, bridge):
    council = make_speaker("Town council", kind="organisation", aliases=["Öd"])
    make_claim(speaker=council)
    make_speaker("Ida Silent")

    def names(query):
        return [str(row) for row in SpeakerQuery(QueryDict(query)).rows()]

    assert names("") == ["Ida Falk", bridge.speaker.name, "Town council"]
    assert names("q=fal") == names("q=ida") == ["Ida Falk"]
    assert names("q=od") == names("kind=organisation") == ["Town council"]
    assert names("q=silent") == []
    assert list(problems("kind=robot", SpeakerQuery)) == ["kind"]
    assert list(problems("speaker=x", SpeakerQuery)) == ["speaker"]


def test_articles_are_chosen_by_headline_outlet_and_day(opening):
    article = make_article(
        headline="Ferry fares rise",
        outlet=make_outlet("Far Gazette"),
        published_on=date(2024, 1, 1),
    )
    make_claim(article=article)
    make_article(headline="Ferry secrets")

    def chosen(query):
        return list(ArticleQuery(QueryDict(query)).rows())

    assert chosen("") == [opening.article, article]
    assert chosen("q=ferries") == chosen("outlet=far-gazette") == [article]
    assert chosen("published_before=2024-01-01") == [article]
    assert chosen("published_after=2024-01-02") == [opening.article]
    assert list(problems("published_after=x", ArticleQuery)) == ["published_after"]


def test_each_query_has_filters_of_its_own(db):
    one, two = ClaimQuery("q=harbour"), ClaimQuery("")
    for name, shared in ClaimFilter.base_filters.items():
        own = two.filterset.filters[name]
        assert own not in (shared, one.filterset.filters[name])
        assert own.parent is two.filterset
        assert own.filter.f is own
        assert not hasattr(shared, "parent")
