"""The content of a speaker page: names, counts by rating and year, newest claims."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Value,
    When,
)
from django.db.models.functions import ExtractYear

from claims.models import (
    Claim,
    Rating,
    Speaker,
    SpeakerAlias,
)
from claims.models.verdict_state import (
    NOT_REVIEWED,
    NOT_REVIEWED_KEY,
    RETRACTED,
    RETRACTED_KEY,
    UNRATED,
)
from claims.reading.charts import RatingCount, YearCount

# From so many reviews on, shares say something about a speaker.
REVIEWS_FOR_SHARES = 10
CLAIMS_ON_A_SPEAKER_PAGE = 20
# A claim's rating in force; retracted ones apart from the never reviewed.
FOUND = Case(
    When(rating__isnull=False, then=F("rating")),
    When(current__isnull=False, then=Value(RETRACTED_KEY)),
    default=Value(NOT_REVIEWED_KEY),
)


@dataclass(frozen=True)
class SpeakerDossier:
    """Everything that a speaker page shows."""

    speaker: Speaker
    aliases: list[SpeakerAlias]
    speaks_for: Speaker | None
    spokespeople: list[Speaker]
    counts: list[RatingCount]
    years: list[YearCount]
    claims: list[Claim]

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
    """Return the dossier of a public speaker that was not merged."""
    listed = Claim.objects.listed()
    speaker = (
        Speaker.objects.public()
        .unmerged()
        .select_related("speaks_for")
        .annotate(
            speaks_for_public=Exists(listed.filter(speaker=OuterRef("speaks_for")))
        )
        .defer("search", "folded", "speaks_for__search", "speaks_for__folded")
        .get(slug=slug)
    )
    aliases = [
        alias
        for alias in speaker.aliases.order_by("-is_metonym", "name")
        if alias.name != speaker.name
    ]
    per_year = (
        listed.by(speaker)
        .annotate(year=ExtractYear("sort_date"), found=FOUND)
        .values_list("year", "found")
        .annotate(count=Count("pk"))
        .order_by("year")
    )
    tallies = [(year if year > 1 else None, key, n) for year, key, n in per_year]
    scale = list(Rating.objects.all())
    return SpeakerDossier(
        speaker=speaker,
        aliases=aliases,
        speaks_for=speaker.speaks_for if speaker.speaks_for_public else None,
        spokespeople=list(
            speaker.spokespeople.public()
            .unmerged()
            .only("name", "slug", "title", "speaks_for")
        ),
        counts=_by_rating(tallies, scale),
        years=_by_year(tallies, scale),
        claims=list(
            listed.by(speaker).for_listing().newest_first()[:CLAIMS_ON_A_SPEAKER_PAGE]
        ),
    )


def merged_speaker(slug: str) -> Speaker:
    """Return the public speaker into which the speaker of this slug was merged."""
    return Speaker.objects.public().get(merged_speakers__slug=slug)


def _by_rating(tallies, scale):
    counts: dict[int, int] = {}
    for _year, key, count in tallies:
        counts[key] = counts.get(key, 0) + count
    retracted = counts.pop(RETRACTED_KEY, 0)
    unreviewed = counts.pop(NOT_REVIEWED_KEY, 0)
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
    if retracted:
        rows.append(RatingCount(RETRACTED, retracted))
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
