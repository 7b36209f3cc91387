"""Claim counts for lists of speakers and articles, by rating."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F

from claims.models import Article, Claim, Speaker
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


def with_rating_counts(speakers: Sequence[Speaker]) -> list[SpeakerRow]:
    """Return the speakers with claim counts by rating, in one query."""
    counted = (
        Claim.objects.listed()
        .filter(speaker__in=[speaker.pk for speaker in speakers])
        .order_by()
        .values(
            "speaker",
            slug=F("rating__slug"),
            label=F("rating__label"),
            sign=F("rating__sign"),
            tone=F("rating__bucket"),
            order=F("rating__order"),
        )
        .annotate(count=Count("id"))
        .order_by(F("order").asc(nulls_last=True), "label")
    )
    tallies: dict[int, list[Tally]] = {}
    for row in counted:
        state = NO_VERDICT
        if row["slug"]:
            state = VerdictState(row["slug"], row["sign"], row["label"], row["tone"])
        tallies.setdefault(row["speaker"], []).append(Tally(state, row["count"]))
    return [
        SpeakerRow(
            speaker,
            sum(tally.count for tally in tallies.get(speaker.pk, [])),
            tallies.get(speaker.pk, []),
        )
        for speaker in speakers
    ]


def with_claim_counts(articles: Sequence[Article]) -> list[ArticleRow]:
    """Return the articles with their number of listed claims, in one query."""
    counts = dict(
        Claim.objects.listed()
        .filter(article__in=[article.pk for article in articles])
        .order_by()
        .values_list("article")
        .annotate(Count("id"))
    )
    return [ArticleRow(article, counts.get(article.pk, 0)) for article in articles]


def most_quoted_speakers(most: int) -> list[tuple[Speaker, int]]:
    """Return the speakers with the most claims among the newest claims."""
    newest = Claim.objects.listed().newest_first().values_list("speaker_id", flat=True)
    counts = Counter(newest[:NEWEST]).most_common(most)
    speakers = Speaker.objects.in_bulk([pk for pk, _count in counts])
    return [(speakers[pk], count) for pk, count in counts]
