"""Everything that readers see of one claim, one article, one speaker: public rows only.

Each function raises DoesNotExist alike for what is not there and what is not public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ExtractYear, Substr

from claims.charts import RatingCount, YearCount
from claims.choices import Bucket, SpanRole, Stance, TextRights
from claims.marking import (
    REACH,
    Marked,
    Paragraph,
    cut,
    sentences_with,
)
from claims.models import (
    Article,
    ArticleText,
    Claim,
    PublishedVerdict,
    Rating,
    Span,
    Speaker,
    SpeakerAlias,
    Topic,
)

# A claim page fetches no longer stretch of an article than this.
LONGEST_STRETCH = 40_000
# From so many reviews on, shares say something about a speaker.
REVIEWS_FOR_SHARES = 10
# A claim's rating in force; retracted ones apart from the never reviewed.
RETRACTED = -1
FOUND = Case(
    When(rating__isnull=False, then=F("rating")),
    When(current__isnull=False, then=Value(RETRACTED)),
)
CLAIMS_ON_A_SPEAKER_PAGE = 20
REPEATS_ON_A_CLAIM_PAGE = 100


@dataclass(frozen=True)
class ClaimDossier:
    """A listed claim with its verdict, its versions and its words in their place."""

    claim: Claim
    words: list[Paragraph]
    marks: list[Marked]
    printed_speaker: str
    cue: str
    versions: list[PublishedVerdict]
    retellings: list[Claim]

    @property
    def verdict(self) -> PublishedVerdict | None:
        """Return the newest publication, a retraction too."""
        return self.claim.current

    @property
    def in_force(self) -> PublishedVerdict | None:
        """Return the newest publication unless it retracts."""
        return None if self.is_retracted else self.claim.current

    @property
    def is_retracted(self) -> bool:
        return self.claim.current is not None and self.claim.current.is_retraction

    @property
    def first_published(self):
        """Return when the first verdict appeared."""
        return self.versions[-1].published_at if self.versions else None

    @property
    def hides_text(self) -> bool:
        """Return whether readers may see no word of the article but the quotation."""
        return self.claim.article.text_rights == TextRights.LINK

    @property
    def corrections(self) -> list[PublishedVerdict]:
        """Return the versions after the first, newest first."""
        return [version for version in self.versions if version.number > 1]

    @cached_property
    def evidence(self) -> list[tuple[str, str, list[dict]]]:
        """Return the sources by what they say of the claim: key, words, rows."""
        rows = self.claim.current.evidence if self.claim.current else []
        groups = [
            (s.value, s.label, [r for r in rows if r["stance"] == s]) for s in Stance
        ]
        return [group for group in groups if group[2]]

    @cached_property
    def first_made(self) -> Claim | None:
        """Return the first claim of the chain that this one repeats."""
        earlier = {claim.pk: claim for claim in self.retellings}
        found, seen = None, {self.claim.pk}
        step = earlier.get(self.claim.repeats_id)
        while step is not None and step.pk not in seen:
            found = step
            seen.add(step.pk)
            step = earlier.get(step.repeats_id)
        return found


@dataclass(frozen=True)
class VersionDossier:
    """One publication of a listed claim, among all of them."""

    claim: Claim
    shown: PublishedVerdict
    versions: list[PublishedVerdict]

    @property
    def following(self) -> PublishedVerdict | None:
        """Return the version after the one shown."""
        later = [v for v in self.versions if v.number == self.shown.number + 1]
        return later[0] if later else None


@dataclass(frozen=True)
class ArticleClaim:
    """A claim as an article page shows it: its number there, and its neighbours."""

    claim: Claim
    number: int
    parts: int
    previous: int | None
    following: int | None
    in_text: bool


@dataclass(frozen=True)
class ArticleDossier:
    """A public article: as much of its text as readers may see, with its claims."""

    article: Article
    paragraphs: list[Paragraph]
    claims: dict[int, ArticleClaim]

    @property
    def elsewhere(self) -> list[ArticleClaim]:
        """Return the claims whose words do not stand in the text shown."""
        return [row for row in self.claims.values() if not row.in_text]

    @property
    def legend(self) -> list[PublishedVerdict]:
        """Return one verdict for each rating in this article, best first."""
        found = {
            row.claim.current.rating_label: row.claim.current
            for row in self.claims.values()
            if row.claim.rating_id
        }
        order = list(Bucket)
        return sorted(
            found.values(), key=lambda v: (order.index(v.rating_bucket), v.rating_label)
        )

    @property
    def is_whole(self) -> bool:
        return self.article.text_rights == TextRights.FULL

    @property
    def is_link_only(self) -> bool:
        return self.article.text_rights == TextRights.LINK


@dataclass(frozen=True)
class SpeakerDossier:
    """A public speaker: names, counts and newest claims."""

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
        return sum(each.count for each in self.counts if each.rating)

    @property
    def retracted(self) -> int:
        return sum(each.count for each in self.counts if each.is_retracted)

    @property
    def unreviewed(self) -> int:
        return self.total - self.reviewed - self.retracted

    @property
    def has_shares(self) -> bool:
        return self.reviewed >= REVIEWS_FOR_SHARES


def claim_dossier(pk: int, among: QuerySet[Claim] | None = None) -> ClaimDossier:
    """Return what readers see of a claim, in the same number of queries always.

    `among` is for the desk, which looks at claims before they are listed.
    """
    claim = (
        (Claim.objects.listed() if among is None else among)
        .select_related(
            "speaker", "article", "article__outlet", "via", "rating", "current"
        )
        .defer(
            "search",
            "speaker__search",
            "speaker__folded",
            "article__search",
            "current__search",
        )
        .prefetch_related(Prefetch("topics", Topic.objects.order_by("name")))
        .get(pk=pk)
    )
    spans = list(
        claim.spans.order_by("role", "ordinal").only(
            "claim", "role", "ordinal", "text", "start", "end", "exact"
        )
    )
    versions = list(
        claim.publications.order_by("-number").only(
            "claim",
            "number",
            "kind",
            "note",
            "published_at",
            "rating_label",
            "rating_slug",
            "rating_sign",
            "rating_bucket",
            "author_name",
            "approver_name",
        )
    )
    retellings = list(
        Claim.objects.retold_with(claim)
        .select_related("speaker", "article__outlet", "current")
        .defer(
            "search",
            "speaker__search",
            "article__search",
            "current__search",
            "current__evidence",
            "current__explanation",
            "current__how_verified",
        )
        .order_by("sort_date", "id")[:REPEATS_ON_A_CLAIM_PAGE]
    )
    marks = [_marked(span) for span in spans]
    return ClaimDossier(
        claim=claim,
        words=_words_in_place(claim.article, spans, marks),
        marks=marks,
        printed_speaker=_printed(spans, SpanRole.SPEAKER),
        cue=_printed(spans, SpanRole.CUE),
        versions=versions,
        retellings=retellings if len(retellings) > 1 else [],
    )


def claim_version(claim_id: int, number: int) -> VersionDossier:
    """Return what readers saw from one publication on."""
    versions = list(
        PublishedVerdict.objects.public()
        .filter(claim=claim_id)
        .select_related("claim__speaker", "claim__article")
        .defer("search", "claim__search", "claim__article__search")
        .order_by("-number")
    )
    for version in versions:
        if version.number == number:
            return VersionDossier(version.claim, version, versions)
    raise PublishedVerdict.DoesNotExist


def article_dossier(pk: int) -> ArticleDossier:
    """Return what readers see of an article, with no word beyond its rights."""
    article = (
        Article.objects.public().select_related("outlet").defer("search").get(pk=pk)
    )
    claims = {
        claim.pk: claim
        for claim in Claim.objects.listed().filter(article=article).for_listing()
    }
    spans = list(
        Span.objects.filter(claim__in=list(claims), text=article.current_text_id)
        .order_by("start", "-end", "claim")
        .only("claim", "role", "ordinal", "text", "start", "end")
    )
    marks = [_marked(span) for span in spans]
    content = [mark for mark in marks if mark.role == SpanRole.CONTENT]
    paragraphs: list[Paragraph] = []
    if article.text_rights != TextRights.LINK and article.current_text_id:
        body = ArticleText.objects.values_list("body", flat=True).get(
            pk=article.current_text_id
        )
        paragraphs = cut(body, marks, shown=_shown(article, body, content))
    shown = {
        layer.claim
        for paragraph in paragraphs
        for piece in paragraph.pieces
        for layer in piece.layers
    }
    order = dict.fromkeys(mark.claim for mark in content) | dict.fromkeys(claims)
    rows = _numbered([claims[pk] for pk in order], content, shown)
    return ArticleDossier(article, paragraphs, rows)


def speaker_dossier(slug: str) -> SpeakerDossier:
    """Return what readers see of a speaker that stands for itself."""
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
    """Return the public speaker into which another one of this slug was merged."""
    return Speaker.objects.public().get(merged_speakers__slug=slug)


def _marked(span):
    return Marked(span.claim_id, span.role, span.start, span.end, span.ordinal)


def _printed(spans, role):
    return " … ".join(span.exact for span in spans if span.role == role)


def _shown(article: Article, body: str, content: Sequence[Marked]):
    """Return the places of the body that readers may see; None: all of it."""
    if article.text_rights == TextRights.FULL:
        return None
    return sentences_with(body, [(mark.start, mark.end) for mark in content])


def _words_in_place(
    article: Article, spans: Iterable[Span], marks: list[Marked]
) -> list[Paragraph]:
    """Return a claim's words with as much around them as the article's rights allow.

    The database hands out the stretch alone, never the body.
    """
    content = [span for span in spans if span.role == SpanRole.CONTENT]
    places = [(span.start, span.end) for span in content]
    if article.text_rights == TextRights.LINK or len({s.text_id for s in content}) > 1:
        return _words_alone(content)
    low = max(0, min(start for start, _end in places) - REACH - 1)
    high = max(end for _start, end in places) + REACH + 1
    if high - low > LONGEST_STRETCH:
        return _words_alone(content)
    stretch = ArticleText.objects.values_list(
        Substr("body", low + 1, high - low), flat=True
    ).get(pk=content[0].text_id)
    around = 1 if article.text_rights == TextRights.FULL else 0
    shown = sentences_with(stretch, places, around=around, offset=low)
    return cut(stretch, marks, shown=shown, offset=low)


def _words_alone(content):
    paragraphs: list[Paragraph] = []
    for span in content:
        mark = [_marked(span)]
        paragraphs += cut(span.exact, mark, offset=span.start)
    return paragraphs


def _numbered(claims, content, shown):
    parts: dict[int, int] = {}
    for mark in content:
        parts[mark.claim] = parts.get(mark.claim, 0) + 1
    keys = [claim.pk for claim in claims]
    return {
        claim.pk: ArticleClaim(
            claim=claim,
            number=place + 1,
            parts=parts.get(claim.pk, 1),
            previous=keys[place - 1] if place else None,
            following=keys[place + 1] if place + 1 < len(keys) else None,
            in_text=claim.pk in shown,
        )
        for place, claim in enumerate(claims)
    }


def _by_rating(tallies, scale):
    counts: dict[int | None, int] = {}
    for _year, key, count in tallies:
        counts[key] = counts.get(key, 0) + count
    retracted, unreviewed = counts.pop(RETRACTED, 0), counts.pop(None, 0)
    reviewed = sum(counts.values())
    rows = [
        RatingCount(
            rating,
            counts.get(rating.pk, 0),
            round(100 * counts.get(rating.pk, 0) / reviewed)
            if reviewed >= REVIEWS_FOR_SHARES
            else None,
        )
        for rating in scale
        if rating.pk in counts or not rating.retired
    ]
    if retracted:
        rows.append(RatingCount(None, retracted, None, is_retracted=True))
    return [*rows, RatingCount(None, unreviewed, None)]


def _by_year(tallies, scale):
    known = {rating.pk: rating for rating in scale}
    order = {key: place for place, key in enumerate([*known, RETRACTED, None])}
    found = []
    tallies = sorted(tallies, key=lambda row: (row[0] is None, row[0] or 0))
    for year, rows in groupby(tallies, key=lambda row: row[0]):
        rows = sorted(rows, key=lambda row: order[row[1]])
        counts = [
            RatingCount(known.get(key), n, None, is_retracted=key == RETRACTED)
            for _year, key, n in rows
        ]
        found.append(YearCount(year, counts))
    return found
