"""The content of a speaker page: names, counts by rating and year, newest claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import ExtractYear

from claims.models import (
    PublicClaim,
    Rating,
    Speaker,
    SpeakerAlias,
    SpeakerRole,
    Topic,
)
from claims.models.facets import topics_in
from claims.models.listed_claims import LISTED_CLAIMS
from claims.models.verdict_state import (
    ELSEWHERE,
    ELSEWHERE_KEY,
    NOT_REVIEWED,
    NOT_REVIEWED_KEY,
    REPEATED,
    REPEATED_KEY,
    RETRACTED,
    RETRACTED_KEY,
    UNRATED,
)
from claims.reading.charts import RatingCount, YearCount
from claims.reading.contradictions import has_contradictions

# A speaker's topics are counted among so many claims, however many there are.
NEWEST = 500
TOPICS_ON_A_SPEAKER_PAGE = 12
# From so many reviews on, shares say something about a speaker.
REVIEWS_FOR_SHARES = 10
CLAIMS_ON_A_SPEAKER_PAGE = 20


@dataclass(frozen=True)
class FormerName:
    """A name that a speaker had: from when, None where nobody knows, and until when."""

    name: str
    since: datetime | None
    until: datetime

    def __post_init__(self):
        # Names from before they were written down began at some unknown time.
        if self.since and self.since.year == 1:
            object.__setattr__(self, "since", None)


@dataclass(frozen=True)
class TopicCount:
    """A topic on which a speaker was quoted, and how often."""

    topic: Topic
    count: int


@dataclass(frozen=True)
class SpeakerDossier:
    """Everything that a speaker page shows."""

    speaker: Speaker
    aliases: list[SpeakerAlias]
    speaks_for: Speaker | None
    spokespeople: list[Speaker]
    counts: list[RatingCount]
    years: list[YearCount]
    claims: list[PublicClaim]
    former_names: list[FormerName]
    roles: list[SpeakerRole]
    topics: list[TopicCount]
    has_contradictions: bool

    @property
    def counts_newest_topics(self) -> bool:
        """Return whether there are more claims than those whose topics are counted."""
        return self.total > NEWEST

    @property
    def timeline(self) -> list[tuple[int | None, list[PublicClaim]]]:
        """Return the newest claims by the year in which they were made."""
        years = groupby(self.claims, key=lambda claim: claim.sort_date.year)
        # Where the day is unknown, the year that sorts last stands for it.
        return [(year if year > 1 else None, list(rows)) for year, rows in years]

    @property
    def total(self) -> int:
        return sum(each.count for each in self.counts)

    @property
    def reviewed(self) -> int:
        return sum(each.count for each in self.counts if each.state.is_in_force)

    @property
    def retracted(self) -> int:
        return sum(each.count for each in self.counts if each.state == RETRACTED)

    @property
    def unreviewed(self) -> int:
        return self.total - self.reviewed - self.retracted

    @property
    def has_shares(self) -> bool:
        return self.reviewed >= REVIEWS_FOR_SHARES


def speaker_dossier(slug: str) -> SpeakerDossier:
    """Return what readers see of a speaker that stands for itself."""
    speaker = (
        Speaker.objects.public()
        .unmerged()
        .with_current_role()
        .select_related("speaks_for", "picture")
        .annotate(
            speaks_for_public=Exists(
                Speaker.objects.public().filter(pk=OuterRef("speaks_for"))
            )
        )
        .defer("search", "folded", "speaks_for__search", "speaks_for__folded")
        .get(slug=slug)
    )
    aliases = [
        alias
        for alias in speaker.aliases.order_by("-is_metonym", "name")
        if alias.name != speaker.name
    ]
    said_jointly = PublicClaim.objects.listed().joint_with(speaker)
    # What an index has of them, topics among the facets.
    joint = list(said_jointly.values("pk", "sort_date", "rating", "facets"))
    newest = _newest(speaker, joint)
    tallies = _tallies(speaker, joint)
    scale = list(Rating.objects.all())
    return SpeakerDossier(
        speaker=speaker,
        aliases=aliases,
        speaks_for=speaker.speaks_for if speaker.speaks_for_public else None,
        spokespeople=list(
            speaker.spokespeople.public().unmerged().only("name", "slug", "speaks_for")
        ),
        counts=_by_rating(tallies, scale),
        years=_by_year(tallies, scale),
        claims=_claims(newest),
        former_names=_former_names(speaker),
        roles=list(speaker.roles.all()),
        topics=_topics(newest),
        has_contradictions=has_contradictions(speaker),
    )


def _tallies(speaker, joint):
    """Return (year or None, rating's key, number) of a speaker's claims.

    Of those under which the name stands first an index alone tells.
    """
    own = (
        _own(speaker)
        .order_by()
        .annotate(year=ExtractYear("sort_date"))
        .values_list("year", "rating")
        .annotate(count=Count("pk"))
    )
    counts = Counter({(year, key): count for year, key, count in own})
    counts.update((row["sort_date"].year, row["rating"]) for row in joint)
    return [(year if year > 1 else None, key, n) for (year, key), n in counts.items()]


def _own(speaker):
    """Return a speaker's listed claims, without joint ones named after others."""
    return PublicClaim.objects.listed().filter(speaker=speaker)


def _newest(speaker, joint):
    """Return key and topics of a speaker's newest claims, joint ones too."""
    own = _own(speaker).newest_first().values("pk", "sort_date", "topics")[:NEWEST]
    joint = [row | {"topics": topics_in(row["facets"])} for row in joint]
    rows = sorted(
        [*own, *joint], key=lambda row: (row["sort_date"], row["pk"]), reverse=True
    )
    return rows[:NEWEST]


def _claims(newest):
    keys = [row["pk"] for row in newest[:CLAIMS_ON_A_SPEAKER_PAGE]]
    rows = LISTED_CLAIMS.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _topics(newest):
    counts = Counter(topic for row in newest for topic in row["topics"])
    most = counts.most_common(TOPICS_ON_A_SPEAKER_PAGE)
    topics = Topic.objects.in_bulk([key for key, _count in most])
    found = [TopicCount(topics[key], count) for key, count in most if key in topics]
    return sorted(found, key=lambda row: (-row.count, row.topic.name))


def _former_names(speaker):
    """Return the names that a speaker had, newest first, each until the next began."""
    names = list(speaker.names.order_by("-since", "-pk"))
    return [
        FormerName(former.name, former.since, following.since)
        for following, former in pairwise(names)
        if former.name != speaker.name
    ]


def moved_speaker(slug: str) -> Speaker:
    """Return the public speaker that stands elsewhere: merged, or under a new slug."""
    found = Speaker.objects.by_slug([slug]).get(slug)
    return Speaker.objects.public().get(pk=found and found.pk)


def _by_rating(tallies, scale):
    counts: dict[int, int] = {}
    for _year, key, count in tallies:
        counts[key] = counts.get(key, 0) + count
    retracted = counts.pop(RETRACTED_KEY, 0)
    unreviewed = counts.pop(NOT_REVIEWED_KEY, 0)
    elsewhere = counts.pop(ELSEWHERE_KEY, 0)
    repeated = counts.pop(REPEATED_KEY, 0)
    reviewed = sum(counts.values())
    rows = [
        RatingCount(
            rating.verdict_state,
            counts.get(rating.pk, 0),
            round(100 * counts.get(rating.pk, 0) / reviewed)
            if reviewed >= REVIEWS_FOR_SHARES
            else None,
        )
        for rating in scale
        if rating.pk in counts or not rating.retired
    ]
    if elsewhere:
        rows.append(RatingCount(ELSEWHERE, elsewhere))
    if retracted:
        rows.append(RatingCount(RETRACTED, retracted))
    if repeated:
        rows.append(RatingCount(REPEATED, repeated))
    return [*rows, RatingCount(NOT_REVIEWED, unreviewed)]


def _by_year(tallies, scale):
    states = {rating.pk: rating.verdict_state for rating in scale} | UNRATED
    order = {key: place for place, key in enumerate(states)}
    found = []
    tallies = sorted(tallies, key=lambda row: (row[0] is None, row[0] or 0))
    for year, rows in groupby(tallies, key=lambda row: row[0]):
        rows = sorted(rows, key=lambda row: order[row[1]])
        counts = [RatingCount(states[key], n) for _year, key, n in rows]
        found.append(YearCount(year, counts))
    return found
