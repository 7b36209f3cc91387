"""Claim counts for lists of speakers and articles, by rating."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from claims.models import (
    Article,
    FacetCount,
    Outlet,
    PublicClaim,
    Rating,
    Speaker,
    Topic,
)
from claims.models.facets import JOINT, OUTLET, SPEAKER, TOPIC
from claims.models.verdict_state import NO_VERDICT, VerdictState

# Who is quoted much lately is counted among so many claims, however many there are.
NEWEST = 2000


@dataclass(frozen=True)
class Tally:
    """The number of claims with one rating, or without a verdict in force."""

    state: VerdictState
    count: int


@dataclass(frozen=True)
class SpeakerRow:
    """A speaker in a list, with the number of listed claims by rating."""

    speaker: Speaker
    total: int
    tallies: list[Tally]


@dataclass(frozen=True)
class ArticleRow:
    """An article in a list, with the number of its listed claims."""

    article: Article
    total: int


@dataclass(frozen=True)
class NameRow:
    """A topic or an outlet in a list, with the number of its listed claims."""

    thing: Topic | Outlet
    total: int


def with_rating_counts(speakers: Sequence[Speaker]) -> list[SpeakerRow]:
    """Return the speakers with their counts, in one query for all of them."""
    keys = [speaker.pk for speaker in speakers]
    codes = [SPEAKER + key for key in keys]
    scale = {rating.pk: rating for rating in Rating.objects.all()}
    counts: dict[int, Counter[int]] = {key: Counter() for key in keys}
    listed = PublicClaim.objects.listed().order_by()
    first = listed.filter(speaker__in=keys).values_list("speaker", "rating")
    for key, rating, count in first.annotate(Count("id")):
        counts[key][rating] += count
    # Under a joint statement stands the first speaker's name; it is the others' too.
    joint = listed.with_codes(JOINT).with_any(codes)
    for key, facets, rating in joint.values_list("speaker", "facets", "rating"):
        for code in set(codes) & set(facets) - {SPEAKER + key}:
            counts[code - SPEAKER][rating] += 1
    tallies = {key: _tallies(counts[key], scale) for key in keys}
    return [
        SpeakerRow(
            speaker,
            sum(tally.count for tally in tallies.get(speaker.pk, [])),
            tallies.get(speaker.pk, []),
        )
        for speaker in speakers
    ]


def _tallies(counts, scale):
    rated = [(scale[key], n) for key, n in counts.items() if key in scale]
    rated.sort(key=lambda pair: (pair[0].order, pair[0].label))
    made = [Tally(rating.verdict_state, n) for rating, n in rated]
    without = sum(n for key, n in counts.items() if key not in scale)
    return [*made, Tally(NO_VERDICT, without)] if without else made


def with_claim_counts(articles: Sequence[Article]) -> list[ArticleRow]:
    """Return the articles with the number of their listed claims, in one query."""
    counts = dict(
        PublicClaim.objects.listed()
        .filter(article__in=[article.pk for article in articles])
        .order_by()
        .values_list("article")
        .annotate(Count("id"))
    )
    return [ArticleRow(article, counts.get(article.pk, 0)) for article in articles]


def with_topic_counts(topics: Sequence[Topic]) -> list[NameRow]:
    """Return the topics with the number of listed claims on each, in one query."""
    return _with_counts(topics, TOPIC)


def with_outlet_counts(outlets: Sequence[Outlet]) -> list[NameRow]:
    """Return the outlets with the number of listed claims printed by each."""
    return _with_counts(outlets, OUTLET)


def _with_counts(things, facet):
    counts = dict(
        FacetCount.objects.filter(
            facet__in=[facet + thing.pk for thing in things]
        ).values_list("facet", "count")
    )
    return [NameRow(thing, counts.get(facet + thing.pk, 0)) for thing in things]


def most_quoted_speakers(most: int) -> list[tuple[Speaker, int]]:
    """Return the speakers with most claims among the newest, and how many."""
    newest = (
        PublicClaim.objects.listed().newest_first().values_list("speaker_id", flat=True)
    )
    counts = Counter(newest[:NEWEST]).most_common(most)
    speakers = Speaker.objects.select_related("picture").in_bulk(
        [pk for pk, _count in counts]
    )
    return [(speakers[pk], count) for pk, count in counts]
