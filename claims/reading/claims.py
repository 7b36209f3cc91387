"""The content of a claim page, and of the page of one version of its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from django.db.models.functions import Substr

from claims.models import (
    ArticleText,
    PublicChange,
    PublicClaim,
    PublishedVerdict,
    Topic,
)
from claims.models.choices import PublicationKind, SpanRole, Stance, TextRights
from claims.models.kept_query import KeptQuery
from claims.models.listed_claims import LISTED_CLAIMS
from claims.reading.history import Event, claim_history, public_changes
from claims.reading.related import RelatedClaims, related_claims, topics_of
from claims.reading.repeats import Related, claims_in_relation, repeat_told
from claims.text.segments import REACH, Marked, Paragraph, cut, sentences_with

# A claim page fetches no longer stretch of an article than this.
LONGEST_STRETCH = 40_000
REPEATS_ON_A_CLAIM_PAGE = 100
# What the page tells of each version.
OF_A_VERSION = (
    "claim",
    "number",
    "kind",
    "note",
    "note_html",
    "published_at",
    "rating_label",
    "rating_slug",
    "rating_sign",
    "rating_bucket",
    "author_name",
    "approver_name",
    "publisher",
    "review_url",
    "review_key",
    "review_title",
    "published_precision",
    # The statement, of which the history tells what changed.
    "claim_reviewed",
    "quote",
    "speaker_name",
    "speakers",
    "stated_on",
    "stated_precision",
    "statement_basis",
)


# The claim of a page with all that belongs to it, and the first that says the same.
WHOLE_CLAIMS = KeptQuery(
    lambda: PublicClaim.objects.select_related(
        *("words", "speaker", "article", "article__outlet", "outlet", "via"),
        *("speaker__picture", "current", "first_verdict"),
        *("repeats", "repeats__words", "repeats__speaker", "repeats__article"),
        "repeats__current",
    ).defer(
        "words__vector",
        "speaker__search",
        "speaker__folded",
        "article__search",
        "current__search",
        "first_verdict__search",
        "repeats__words__vector",
        "repeats__speaker__search",
        "repeats__article__search",
        "repeats__current__search",
    )
)


@dataclass(frozen=True)
class ClaimDossier:
    """Everything that a claim page shows: verdict, versions, words in context."""

    claim: PublicClaim
    topics: list[Topic]
    words: list[Paragraph]
    marks: list[Marked]
    printed_speaker: str
    cue: str
    versions: list[PublishedVerdict]
    retellings: list[PublicClaim]
    history: list[Event]
    relations: list[Related]
    # The words were marked in a text that has been corrected, and are not in the new.
    is_of_older_text: bool = False
    related: Sequence[RelatedClaims] = ()

    @property
    def verdict(self) -> PublishedVerdict | None:
        """Return the newest publication, a retraction too."""
        return self.claim.current

    @property
    def in_force(self) -> PublishedVerdict | None:
        """Return the newest publication unless it takes the verdict back."""
        return self.claim.current if self.claim.is_in_force else None

    @property
    def is_retracted(self) -> bool:
        return self.claim.is_retracted and not self.claim.is_withdrawn

    @property
    def first_published(self):
        """Return when the first version of the verdict shown was published."""
        shown = self.verdict
        alike = [v for v in self.versions if shown and v.publisher == shown.publisher]
        return alike[-1].published_at if alike else None

    @property
    def hides_text(self) -> bool:
        """Return whether the article's rights hide all text but the quotation."""
        is_link = self.claim.article.text_rights == TextRights.LINK
        # How somebody was called in a check elsewhere is no text of the article.
        return is_link and not self.claim.is_elsewhere

    @property
    def corrections(self) -> list[PublishedVerdict]:
        """Return the versions after the first, newest first."""
        return [version for version in self.versions if version.is_correction]

    @property
    def checks_elsewhere(self) -> list[PublishedVerdict]:
        """Return the other checks of the claim, the last state of each address."""
        newest = {}
        for version in sorted(self.versions, key=attrgetter("published_at", "number")):
            if version.kind == PublicationKind.ARCHIVE:
                newest[version.review_key] = version
        return [v for v in newest.values() if v.pk != self.claim.current_id]

    @cached_property
    def evidence(self) -> list[tuple[str, str, list[dict]]]:
        """Return the evidence grouped by stance: (stance, label, rows)."""
        rows = self.claim.current.evidence if self.claim.current else []
        groups = [
            (s.value, s.label, [r for r in rows if r["stance"] == s]) for s in Stance
        ]
        return [group for group in groups if group[2]]

    @property
    def first_made(self) -> PublicClaim | None:
        """Return the first of the claims that say the same, if this one repeats it."""
        return self.claim.repeats if self.claim.repeats_id else None

    @property
    def repeat_told(self) -> str:
        """Return the sentence on the verdict of the claim that this one repeats."""
        return repeat_told(self.claim)


@dataclass(frozen=True)
class VersionDossier:
    """Everything that the page of one version shows."""

    claim: PublicClaim
    shown: PublishedVerdict
    versions: list[PublishedVerdict]

    @property
    def following(self) -> PublishedVerdict | None:
        """Return the version after the one shown; of elsewhere: at its address."""
        shown = self.shown
        if shown.kind == PublicationKind.ARCHIVE:
            alike = [v for v in self.versions if v.review_key == shown.review_key]
            place = attrgetter("published_at", "number")
        else:
            alike = [v for v in self.versions if v.kind != PublicationKind.ARCHIVE]
            place = attrgetter("number")
        later = [version for version in alike if place(version) > place(shown)]
        return min(later, key=place, default=None)


def claim_dossier(pk: int) -> ClaimDossier:
    """Return what readers see of a claim, in as many queries always.

    One more tells of claims that relate to it, where there are any.
    """
    claim = WHOLE_CLAIMS.in_bulk([pk]).get(pk)
    if claim is None:
        raise PublicClaim.DoesNotExist
    versions = list(
        PublishedVerdict.objects.filter(claim=pk)
        .with_who_asked()
        .order_by("-number")
        .only(*OF_A_VERSION)
    )
    retold = PublicClaim.objects.retold_with(claim).order_by("sort_date", "id")
    retellings = LISTED_CLAIMS.in_bulk(retold.values("pk")[:REPEATS_ON_A_CLAIM_PAGE])
    retellings = sorted(retellings.values(), key=attrgetter("sort_date", "pk"))
    dossier = dossier_of(claim, versions, retellings, public_changes(pk))
    if claim.is_withdrawn:
        return dossier
    return replace(dossier, related=related_claims(claim, dossier.topics))


def dossier_of(
    claim: PublicClaim,
    versions: list[PublishedVerdict],
    retellings: list[PublicClaim],
    changes: Sequence[PublicChange] = (),
) -> ClaimDossier:
    """Return the dossier of a row of the public record, stored or about to be."""
    content = [mark for mark in claim.words.marks if mark["role"] == SpanRole.CONTENT]
    # A cue may have moved to a corrected text without the words that it introduces:
    # its place says nothing about the text in which those are shown.
    texts = {mark["text"] for mark in content}
    marks = [
        marked(claim.pk, mark) for mark in claim.words.marks if mark["text"] in texts
    ]
    return ClaimDossier(
        claim=claim,
        topics=topics_of(claim),
        words=_words_in_place(claim, content, marks),
        marks=marks,
        printed_speaker=claim.words.speaker_words,
        cue=claim.words.cue,
        versions=versions,
        retellings=retellings if len(retellings) > 1 else [],
        history=claim_history(claim, versions, changes),
        relations=claims_in_relation(claim),
        is_of_older_text=any(
            mark["text"] != claim.article.current_text_id for mark in content
        ),
    )


def claim_version(claim_id: int, number: int) -> VersionDossier:
    """Return what readers saw from one publication on."""
    claim = (
        PublicClaim.objects.select_related("words", "speaker", "article")
        .defer("words__vector", "article__search")
        .get(pk=claim_id)
    )
    versions = list(
        PublishedVerdict.objects.filter(claim=claim_id)
        .defer("search")
        .order_by("-number")
    )
    for version in versions:
        if version.number == number:
            return VersionDossier(claim, version, versions)
    raise PublishedVerdict.DoesNotExist


def marked(claim: int, mark: dict) -> Marked:
    """Return a mark of the public record as the segments of a text take it."""
    return Marked(claim, mark["role"], mark["start"], mark["end"], mark["ordinal"])


def _words_in_place(
    claim: PublicClaim, content: list[dict], marks: list[Marked]
) -> list[Paragraph]:
    """Return a claim's words with as much context as the article's rights allow.

    The database hands out the stretch alone, never the body.
    """
    article = claim.article
    if not content:
        return []
    places = [(mark["start"], mark["end"]) for mark in content]
    texts = {mark["text"] for mark in content}
    if article.text_rights == TextRights.LINK or len(texts) > 1:
        return _words_alone(claim.pk, content)
    low = max(0, min(start for start, _end in places) - REACH - 1)
    high = max(end for _start, end in places) + REACH + 1
    if high - low > LONGEST_STRETCH:
        return _words_alone(claim.pk, content)
    stretch = (
        ArticleText.objects.with_public_body()
        .values_list(Substr("public_body", low + 1, high - low), flat=True)
        .get(pk=texts.pop())
    )
    around = 1 if article.text_rights == TextRights.FULL else 0
    shown = sentences_with(stretch, places, around=around, offset=low)
    return cut(stretch, marks, shown=shown, offset=low)


def _words_alone(claim, content):
    paragraphs: list[Paragraph] = []
    for mark in content:
        paragraphs += cut(mark["exact"], [marked(claim, mark)], offset=mark["start"])
    return paragraphs
