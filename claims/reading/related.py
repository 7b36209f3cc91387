"""Where a claim leads: more by its speaker, on its topic, in its article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value

from claims.models import Article, FacetCount, PublicClaim, Speaker, Topic
from claims.models.facets import SPEAKER, TOPIC
from claims.models.listed_claims import LISTED_CLAIMS

SHOWN = 3
BY_SPEAKER, ON_TOPIC, IN_ARTICLE = range(3)


@dataclass(frozen=True)
class RelatedClaims:
    """Claims that have one thing in common with the claim of a page."""

    name: str  # speaker, topic or article
    thing: Speaker | Topic | Article
    claims: list[PublicClaim]
    total: int

    @property
    def has_more(self) -> bool:
        """Return whether there are others besides these and the page's own."""
        return self.total > len(self.claims) + 1


def topics_of(claim: PublicClaim) -> list[Topic]:
    """Return a claim's topics by name, each with how many claims are listed on it.

    And until which day those were stated: a list of them is read from there on.
    """
    counts = FacetCount.objects.filter(facet=OuterRef("pk") + TOPIC)
    return list(
        Topic.objects.filter(pk__in=claim.topics)
        .annotate(
            listed=Subquery(counts.values("count")[:1]),
            stated_until=Subquery(counts.values("stated_until")[:1]),
        )
        .order_by("name")
    )


def related_claims(claim: PublicClaim, topics: list[Topic]) -> list[RelatedClaims]:
    """Return the newest claims by the same speaker, on its topic, in its article.

    Two queries, whatever there is: the keys of a few rows at the head of three
    indexes, then the rows chosen. No claim stands twice.
    """
    topic = _rarest(topics)
    heads = _heads(claim, topic)
    chosen: dict[int, list[int]] = {}
    used = {claim.pk}
    for group in (BY_SPEAKER, ON_TOPIC, IN_ARTICLE):
        new = [head.key for head in heads.get(group, []) if head.key not in used]
        chosen[group] = new[:SHOWN]
        used.update(chosen[group])
    wanted = [key for keys in chosen.values() for key in keys]
    rows = LISTED_CLAIMS.in_bulk(wanted)
    things = {
        BY_SPEAKER: ("speaker", claim.speaker),
        ON_TOPIC: ("topic", topic),
        IN_ARTICLE: ("article", claim.article),
    }
    return [
        RelatedClaims(
            *things[group],
            claims=[rows[key] for key in keys if key in rows],
            total=heads[group][0].total or 0,
        )
        for group, keys in chosen.items()
        if any(key in rows for key in keys)
    ]


class _Head(NamedTuple):
    day: date
    key: int
    total: int | None


def _rarest(topics: Iterable[Topic]) -> Topic | None:
    """Return the topic that says most of a claim: the one with fewest others on it."""
    shared = [topic for topic in topics if (topic.listed or 0) > 1]
    return min(shared, key=lambda topic: (topic.listed, topic.name), default=None)


def _heads(claim: PublicClaim, topic: Topic | None) -> dict[int, list[_Head]]:
    """Return the newest of each group, newest first: itself and those before it too."""
    listed = PublicClaim.objects.listed()
    spoken = FacetCount.objects.filter(facet=OuterRef("speaker_id") + SPEAKER)
    printed = listed.filter(article=claim.article_id)
    number = printed.order_by().values("article").annotate(n=Count("pk")).values("n")
    parts = [
        _head(
            listed.filter(speaker=claim.speaker_id),
            (BY_SPEAKER, SHOWN + 1, Subquery(spoken.values("count")[:1])),
        ),
        _head(printed, (IN_ARTICLE, 3 * SHOWN + 1, Subquery(number))),
    ]
    if topic is not None:
        on_it = listed.with_codes(TOPIC + topic.pk)
        if topic.stated_until:
            # Where the index begins that is walked, if the topic is an old one.
            on_it = on_it.filter(sort_date__lte=topic.stated_until)
        total = Value(topic.listed, IntegerField())
        parts.append(_head(on_it, (ON_TOPIC, 2 * SHOWN + 1, total)))
    found: dict[int, list[_Head]] = {}
    first, *others = parts
    for group, *head in first.union(*others, all=True).order_by():
        found.setdefault(group, []).append(_Head(*head))
    return {group: sorted(rows, reverse=True) for group, rows in found.items()}


def _head(rows: QuerySet, part: tuple) -> QuerySet:
    group, most, total = part
    return (
        rows.newest_first()
        .annotate(group=Value(group, IntegerField()), total=total)
        .values_list("group", "sort_date", "pk", "total")[:most]
    )
