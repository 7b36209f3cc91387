"""Models: Claim, its Span rows in the article's text, Topic."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from claims.http.reversing import address_of
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.choices import (
    Anchor,
    AttributionKind,
    Checkability,
    ClaimStatus,
    DateBasis,
    DatePrecision,
    Origin,
    PublicationKind,
    SpanRole,
)
from claims.models.fields import search_words, slugify_name
from claims.models.querysets import ClaimQuerySet, TopicQuerySet
from claims.models.speakers import Speaker
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED, VerdictState

LISTED = Q(status=ClaimStatus.LISTED)


class Topic(models.Model):
    """A subject that claims are about."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    # Once readers have seen it, the public role of the database may read it.
    was_public = models.BooleanField(default=False, db_default=False, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("claims:topic", self.slug)


class Claim(models.Model):
    """Something a speaker is reported to have said [schema.org Claim].

    `quote`, `rating`, `current`, `repeats` and `urgency` are kept by the database: the
    words of the content spans, what the newest publication says, the first claim that
    by the confirmed relations this one repeats (see `models/relations.py`), and how
    much hurries.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    # A joint statement has several speakers; `speaker` is the first of them.
    other_speakers = models.ManyToManyField(
        Speaker,
        blank=True,
        related_name="joint_claims",
        help_text=_("Those who made the statement together with the speaker."),
    )
    printed_role = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("The speaker's office as the article prints it, if it differs."),
    )
    via = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_claims",
        help_text=_("The outlet that relays the words: “…, Daily Sabah reported”."),
    )
    wording = models.CharField(
        max_length=500,
        help_text=_(
            "One sentence that can stand alone: names instead of pronouns, the tense "
            "as it was said."
        ),
    )
    quote = models.TextField(editable=False, default="", db_default="")
    attribution = models.CharField(
        max_length=8, choices=AttributionKind, default=AttributionKind.INDIRECT
    )
    stated_on = models.DateField(null=True, blank=True)
    stated_precision = models.CharField(
        max_length=12, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    stated_basis = models.CharField(
        max_length=12, choices=DateBasis, default=DateBasis.ARTICLE_DATE
    )
    checkability = models.CharField(
        max_length=12, choices=Checkability, default=Checkability.CHECKABLE
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="repetitions",
    )
    status = models.CharField(
        max_length=9, choices=ClaimStatus, default=ClaimStatus.DRAFT, editable=False
    )
    listed_at = models.DateTimeField(null=True, editable=False)
    origin = models.CharField(
        max_length=6, choices=Origin, default=Origin.EDITOR, editable=False
    )
    rule = models.CharField(max_length=60, blank=True, editable=False)
    score = models.FloatField(null=True, editable=False)
    # What the program proposed and why, kept beside what the editor made of it.
    proposed = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    rating = models.ForeignKey(
        "claims.Rating",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="claims",
    )
    current = models.ForeignKey(
        "claims.PublishedVerdict",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    # What is to be taken up first has the most: see `desk/priority.py`.
    urgency = models.IntegerField(default=0, db_default=0, editable=False)
    # Never shown: claims of unknown date sort last, and a key that is never null
    # lets a list go on from any row.
    sort_date = GeneratedField(
        expression=Coalesce("stated_on", Value("0001-01-01")),
        output_field=models.DateField(),
        db_persist=True,
    )
    search = search_words("wording", "quote")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        permissions = [
            ("list_claim", "Can list a claim for readers"),
            ("withdraw_claim", "Can withdraw a listed claim"),
            ("annotate_claim", "Can accept, reject and mark claims"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(wording=""),
                name="claim_has_a_wording",
                violation_error_message=_("Say in one sentence what is claimed."),
            ),
            models.CheckConstraint(
                condition=~LISTED | Q(speaker__isnull=False),
                name="claim_listed_has_a_speaker",
                violation_error_message=_("Name the speaker before listing the claim."),
            ),
            models.CheckConstraint(
                condition=Q(stated_on__isnull=True)
                & Q(stated_precision=DatePrecision.UNKNOWN)
                | Q(stated_on__isnull=False)
                & ~Q(stated_precision=DatePrecision.UNKNOWN),
                name="claim_date_fits_its_precision",
                violation_error_message=_(
                    "A date needs a precision, and an unknown date stays empty."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(repeats=F("id")),
                name="claim_does_not_repeat_itself",
                violation_error_message=_("A claim cannot repeat itself."),
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="claim_version_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ClaimStatus.values),
                name="claim_status_is_known",
            ),
        ]
        indexes = [
            models.Index(
                F("sort_date").desc(), F("id").desc(), condition=LISTED, name="listed"
            ),
            models.Index(
                "speaker",
                F("sort_date").desc(),
                F("id").desc(),
                condition=LISTED,
                # A speaker's counts by rating and year come from the index alone.
                include=["rating", "current"],
                name="listed_by_speaker",
            ),
            *(
                models.Index(
                    *fields,
                    F("sort_date").desc(),
                    F("id").desc(),
                    condition=LISTED,
                    name=f"listed_by_{'_and_'.join(fields)}",
                )
                for fields in [("rating",), ("speaker", "rating")]
            ),
            models.Index(
                F("listed_at").desc(), F("id").desc(), condition=LISTED, name="newest"
            ),
            GinIndex(fields=["search"], condition=LISTED, name="listed_search"),
            # The desk lists and searches what readers do not see, too.
            GinIndex(fields=["search"], condition=~LISTED, name="unlisted_search"),
            GinIndex(
                Func("wording", "quote", function="claim_terms"), name="claim_terms"
            ),
            models.Index(F("sort_date").desc(), F("id").desc(), name="claim_newest"),
            models.Index(fields=["status"], name="claim_status"),
            # In which articles there is something to decide.
            models.Index(
                fields=["article"],
                condition=Q(status=ClaimStatus.SUGGESTED),
                name="suggested_in_article",
            ),
            # What awaits a verdict, as the desk takes it up.
            models.Index(
                F("urgency").desc(),
                F("sort_date").desc(),
                F("id").desc(),
                condition=LISTED
                & Q(rating__isnull=True, checkability=Checkability.CHECKABLE),
                name="claim_most_urgent",
            ),
            # What was said again lately, and what rules proposed lately.
            models.Index(
                F("id").desc(),
                condition=LISTED & Q(repeats__isnull=False),
                include=["repeats"],
                name="listed_repeats",
            ),
            models.Index(
                F("id").desc(),
                condition=Q(origin=Origin.RULES),
                name="claim_by_rules",
            ),
        ]

    def __str__(self):
        return self.wording

    def get_absolute_url(self):
        return address_of("claims:claim", self.pk, self.slug)

    @property
    def slug(self):
        return slugify_name(self.wording)

    @property
    def is_listed(self):
        return self.status == ClaimStatus.LISTED

    @property
    def verdict_state(self) -> VerdictState:
        """Return how the verdict is shown; of one in force `current` is asked."""
        if self.current_id is None:
            return NOT_REVIEWED
        if self.rating_id or self.current.kind == PublicationKind.ARCHIVE:
            return self.current.verdict_state
        return RETRACTED


class Span(models.Model):
    """Marked words of a claim in an article's text [W3C selectors]."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="spans")
    role = models.CharField(max_length=7, choices=SpanRole, default=SpanRole.CONTENT)
    ordinal = models.PositiveSmallIntegerField(default=0)
    text = models.ForeignKey(ArticleText, models.PROTECT, related_name="spans")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    anchor = models.CharField(max_length=6, choices=Anchor, default=Anchor.EXACT)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["claim", "role", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "role", "ordinal"],
                name="span_has_its_own_place_in_the_claim",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="span_is_not_empty",
                violation_error_message=_("A claim must cover at least one character."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=SpanRole.values), name="span_role_is_known"
            ),
        ]
        indexes = [models.Index(fields=["text", "start"], name="span_by_place")]

    def __str__(self):
        return self.exact
