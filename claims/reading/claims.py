"""The content of a claim page, and of the page of one version of its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Prefetch,
    QuerySet,
)
from django.db.models.functions import Substr

from claims.models import (
    Article,
    ArticleText,
    Claim,
    PublishedVerdict,
    Span,
    Topic,
)
from claims.models.choices import SpanRole, Stance, TextRights
from claims.text.segments import REACH, Marked, Paragraph, cut, sentences_with

# A claim page fetches no longer stretch of an article than this.
LONGEST_STRETCH = 40_000
REPEATS_ON_A_CLAIM_PAGE = 100


@dataclass(frozen=True)
class ClaimDossier:
    """Everything that a claim page shows: verdict, versions, words in context."""

    claim: Claim
    words: list[Paragraph]
    marks: list[Marked]
    printed_speaker: str
    cue: str
    versions: list[PublishedVerdict]
    retellings: list[Claim]
    # The words were marked in a text that has been corrected, and are not in the new.
    is_of_older_text: bool = False

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
        """Return when the first version was published."""
        return self.versions[-1].published_at if self.versions else None

    @property
    def hides_text(self) -> bool:
        """Return whether the article's rights hide all text but the quotation."""
        return self.claim.article.text_rights == TextRights.LINK

    @property
    def corrections(self) -> list[PublishedVerdict]:
        """Return the versions after the first, newest first."""
        return [version for version in self.versions if version.number > 1]

    @cached_property
    def evidence(self) -> list[tuple[str, str, list[dict]]]:
        """Return the evidence grouped by stance: (stance, label, rows)."""
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
    """Everything that the page of one version shows."""

    claim: Claim
    shown: PublishedVerdict
    versions: list[PublishedVerdict]

    @property
    def following(self) -> PublishedVerdict | None:
        """Return the version after the one shown."""
        later = [v for v in self.versions if v.number == self.shown.number + 1]
        return later[0] if later else None


def claim_dossier(pk: int, among: QuerySet[Claim] | None = None) -> ClaimDossier:
    """Return the dossier of a listed claim, in a constant number of queries.

    `among` is for the desk, which looks at claims before they are listed.
    """
    claim = _with_all_shown(Claim.objects.listed() if among is None else among).get(
        pk=pk
    )
    spans = list(
        claim.spans.order_by("role", "ordinal").only(
            "claim", "role", "ordinal", "text", "start", "end", "exact"
        )
    )
    retellings = _retellings(claim)
    marks = [marked(span) for span in spans]
    return ClaimDossier(
        claim=claim,
        words=_words_in_place(claim.article, spans, marks),
        marks=marks,
        printed_speaker=_printed(spans, SpanRole.SPEAKER),
        cue=_printed(spans, SpanRole.CUE),
        versions=_versions(claim),
        retellings=retellings if len(retellings) > 1 else [],
        is_of_older_text=any(
            span.text_id != claim.article.current_text_id
            for span in spans
            if span.role == SpanRole.CONTENT
        ),
    )


def claim_version(claim_id: int, number: int) -> VersionDossier:
    """Return the dossier of one published version."""
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


def _with_all_shown(claims):
    return (
        claims.select_related(
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
    )


def _versions(claim):
    return list(
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


def _retellings(claim):
    return list(
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


def marked(span):
    return Marked(span.claim_id, span.role, span.start, span.end, span.ordinal)


def _printed(spans, role):
    return " … ".join(span.exact for span in spans if span.role == role)


def _words_in_place(
    article: Article, spans: Iterable[Span], marks: list[Marked]
) -> list[Paragraph]:
    """Return a claim's words with as much context as the article's rights allow.

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
        mark = [marked(span)]
        paragraphs += cut(span.exact, mark, offset=span.start)
    return paragraphs
