"""The public record: what readers see of each claim now.

Written by `desk/publications.py` alone, in the transaction that changes what readers
see; every public page, file and feed reads these tables. Where a verdict was ever
published, the statement here is the one of its newest publication.
"""

from dataclasses import replace

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, JSONField, Q, Value
from django.utils.translation import gettext as _

from claims.http.reversing import address_of
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.choices import (
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    PublicState,
)
from claims.models.facets import JOINT
from claims.models.fields import slugify_name
from claims.models.public_querysets import (
    CONTRADICTING,
    PublicClaimQuerySet,
    PublicWordsQuerySet,
)
from claims.models.publications import PublishedVerdict
from claims.models.speakers import Speaker
from claims.models.verdict_state import (
    ELSEWHERE_KEY,
    NOT_REVIEWED_KEY,
    REPEATED,
    REPEATED_KEY,
    RETRACTED_KEY,
    UNRATED,
    WITHDRAWN,
    VerdictState,
)
from claims.text.time_marks import clock, timed_address

LISTED = Q(state=PublicState.LISTED)


class PublicClaim(models.Model):
    """The facts of one claim that is or ever was listed; the key is the claim's.

    `facets` holds its facet codes in ascending order (see `models/facets.py`): one
    index answers every filter, pair of filters and count.
    """

    id = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=9, choices=PublicState)
    article = models.ForeignKey(
        Article, models.DO_NOTHING, related_name="public_claims", db_index=False
    )
    outlet = models.ForeignKey(
        Outlet, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    # The first speaker; the others of a joint statement are in `words.speakers`.
    speaker = models.ForeignKey(
        Speaker, models.DO_NOTHING, related_name="public_claims", db_index=False
    )
    via = models.ForeignKey(
        Outlet, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    # The newest publication, a retraction or withdrawal too.
    current = models.ForeignKey(
        PublishedVerdict, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    rating = models.IntegerField(
        help_text="Key of the rating in force; 0: never reviewed; -1: retracted; "
        "-2: rated elsewhere, off the desk's scale; -3: repeats a claim rated so."
    )
    finding = models.CharField(max_length=13, blank=True)
    attribution = models.CharField(max_length=8, choices=AttributionKind)
    checkability = models.CharField(max_length=12, choices=Checkability)
    language = models.CharField(max_length=12)
    topics = ArrayField(models.IntegerField())
    stated_on = models.DateField(null=True)
    stated_precision = models.CharField(max_length=12, choices=DatePrecision)
    stated_basis = models.CharField(max_length=12, choices=DateBasis)
    # Never shown: 0001-01-01 where the day is unknown, so that those sort last.
    sort_date = models.DateField()
    repeats = models.ForeignKey(
        "self",
        models.DO_NOTHING,
        null=True,
        related_name="repetitions",
        db_constraint=False,
        db_index=False,
    )
    # The newest publication of the claim that this one repeats, where it has none of
    # its own; a retraction too.
    first_verdict = models.ForeignKey(
        PublishedVerdict, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    # How many listed claims say the same, this one among them.
    times_said = models.IntegerField(default=1, db_default=1)
    listed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    change_number = models.BigIntegerField(default=0)
    facets = ArrayField(models.IntegerField())

    objects = PublicClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            # Codes and days come along, so that a filter is answered inside the index
            # even where the rows do not lie in the order of the list.
            models.Index(
                F("sort_date").desc(),
                F("id").desc(),
                condition=LISTED,
                include=["facets", "published_at"],
                name="public_stated",
            ),
            models.Index(
                "speaker",
                F("sort_date").desc(),
                F("id").desc(),
                condition=LISTED,
                include=["rating"],
                name="public_speaker",
            ),
            models.Index(
                F("listed_at").desc(),
                F("id").desc(),
                condition=LISTED,
                include=["facets", "sort_date", "published_at"],
                name="public_listed",
            ),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=LISTED & Q(published_at__isnull=False),
                include=["facets", "sort_date"],
                name="public_published",
            ),
            # When an article last changed is told by the index alone.
            models.Index(
                fields=["article"],
                include=["state", "listed_at", "published_at"],
                name="public_in_article",
            ),
            models.Index(
                fields=["repeats"],
                condition=Q(repeats__isnull=False),
                name="public_repeats",
            ),
            GinIndex(
                fields=["facets"],
                condition=LISTED,
                fastupdate=False,
                name="public_facets",
            ),
            # Of joint statements, one in a hundred, a speaker's page asks all.
            models.Index(
                F("sort_date").desc(),
                F("id").desc(),
                condition=LISTED & Q(facets__contains=[JOINT]),
                include=["speaker", "rating", "facets"],
                name="public_joint",
            ),
        ]

    def __str__(self):
        return f"claim {self.pk}"

    def get_absolute_url(self):
        return address_of("claims:claim", self.pk, self.slug)

    def get_permanent_url(self):
        """Return the path that no change of the wording moves, for programs."""
        return address_of("claims:claim_number", self.pk)

    @property
    def rating_id(self):
        """The key of the rating in force, None where there is none."""
        return (
            self.rating if self.rating > NOT_REVIEWED_KEY and self.is_listed else None
        )

    @property
    def is_in_force(self):
        """Whether a verdict is published on the claim and neither retracted nor
        withdrawn."""
        has_one = self.rating > NOT_REVIEWED_KEY or self.rating == ELSEWHERE_KEY
        return has_one and self.is_listed

    @property
    def is_elsewhere(self):
        """Whether what readers see is a check that was published elsewhere."""
        return self.current_id is not None and self.current.is_elsewhere

    @property
    def is_retracted(self):
        return self.rating == RETRACTED_KEY

    @property
    def repeats_a_verdict(self):
        """Whether the verdict shown is the one on the claim that this one repeats."""
        return self.rating == REPEATED_KEY and self.is_listed

    @property
    def verdict_state(self) -> VerdictState:
        """Return how the verdict is shown; of one in force `current` is asked.

        Of a claim that repeats a checked one it is that one's, and says so.
        """
        if self.is_withdrawn:
            return WITHDRAWN
        if self.rating == REPEATED_KEY:
            shown = self.first_verdict.verdict_state
            label = _("%(label)s (repeated)") % {"label": shown.label}
            return replace(shown, slug=REPEATED.slug, label=label)
        if self.rating in (RETRACTED_KEY, NOT_REVIEWED_KEY):
            return UNRATED[self.rating]
        return self.current.verdict_state

    @property
    def is_listed(self):
        return self.state == PublicState.LISTED

    @property
    def is_withdrawn(self):
        return self.state == PublicState.WITHDRAWN

    # --- What the words row and the publication say --------------------------------

    @property
    def wording(self):
        return self.words.wording

    @property
    def quote(self):
        return self.words.quote

    @property
    def slug(self):
        return slugify_name(self.words.wording)

    @property
    def speaker_name(self):
        """The name as published; as it is now where none was published."""
        published = self.current.speaker_name if self.current else ""
        return published or self.speaker.name

    @property
    def speaker_kind(self):
        return self.current.speaker_kind if self.current else self.speaker.kind

    @property
    def speaker_role(self):
        """The office of the day, or the one that the article prints."""
        return self.words.speaker_role

    @property
    def speakers(self):
        """The others of a joint statement, as published."""
        return self.words.speakers

    @property
    def speaker_names(self):
        """The names under a statement, of a joint one each, as published."""
        return [self.speaker_name, *(other["name"] for other in self.speakers)]

    @property
    def headline(self):
        return self.current.headline if self.current else self.article.headline

    @property
    def outlet_name(self):
        if self.current:
            return self.current.outlet_name
        return self.outlet.name if self.outlet else ""

    @property
    def article_url(self):
        return self.current.article_url if self.current else self.article.url

    @property
    def spoken_at(self):
        """When in a recording the words are spoken, as a player shows it, or ""."""
        return "" if self.words.second is None else clock(self.words.second)

    @property
    def spoken_url(self):
        """The address of the recording at that second, or ""."""
        if self.words.second is None:
            return ""
        return timed_address(self.article_url, self.words.second)

    @property
    def article_published_on(self):
        if self.current:
            return self.current.article_published_on
        return self.article.published_on

    @property
    def via_name(self):
        if self.current:
            return self.current.via_name
        return self.via.name if self.via else ""


class PublicWords(models.Model):
    """The words of one public claim, where they stand, and their search vector."""

    claim = models.OneToOneField(
        PublicClaim,
        models.DO_NOTHING,
        primary_key=True,
        db_column="id",
        related_name="words",
    )
    state = models.CharField(max_length=9, choices=PublicState)
    sort_date = models.DateField()
    facets = ArrayField(models.IntegerField())
    wording = models.CharField(max_length=500)
    quote = models.TextField()
    cue = models.TextField(blank=True)
    speaker_words = models.TextField(blank=True)
    summary = models.CharField(max_length=300, blank=True)
    speaker_role = models.CharField(max_length=300, blank=True)
    # The others of a joint statement: id, slug, name, kind, role of each.
    speakers = models.JSONField(default=list)
    # Where the words stand: role, ordinal, start, end, exact of each span, in `text`.
    marks = models.JSONField(default=list)
    text = models.ForeignKey(
        ArticleText, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    # When the words begin in the recording whose transcript they stand in.
    second = models.PositiveIntegerField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    # How it relates to other listed claims, besides repeats: `kind`, `claim`, and
    # `way`: "to" where this claim is what the kind says, "from" where the other is.
    relations = models.JSONField(default=list, db_default=Value([], JSONField()))
    vector = SearchVectorField()

    objects = PublicWordsQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("sort_date").desc(),
                F("claim").desc(),
                condition=LISTED,
                name="public_words_stated",
            ),
            GinIndex(
                fields=["vector", "facets"],
                condition=LISTED,
                fastupdate=False,
                name="public_words_found",
            ),
            GinIndex(
                fields=["facets"],
                condition=CONTRADICTING,
                fastupdate=False,
                name="public_contradicting",
            ),
        ]

    def __str__(self):
        return self.wording
