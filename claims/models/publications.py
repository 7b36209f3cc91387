"""Model: PublishedVerdict (a published version of a verdict, or a check elsewhere)."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.http.reversing import address_of
from claims.models.articles import ArticleText, Outlet
from claims.models.choices import (
    FIRSTS,
    NOT_IN_FORCE,
    AskedBy,
    Bucket,
    DatePrecision,
    Finding,
    PublicationKind,
    StatementBasis,
)
from claims.models.claims import Claim
from claims.models.fields import is_web_address, search_words
from claims.models.querysets import PublishedVerdictQuerySet
from claims.models.speakers import Speaker
from claims.models.verdict_state import ELSEWHERE, RETRACTED, WITHDRAWN, VerdictState
from claims.models.verdicts import Rating

EMPTY_LIST = Value([], models.JSONField())


class PublishedVerdict(models.Model):
    """A published version of a verdict [schema.org ClaimReview]. Append-only.

    One of kind `archive` is a check that somebody else published, or the desk before
    it had this site: `publisher` and `review_url` say who and where. Nobody here wrote
    or approved it, and a rating outside the desk's scale is its label alone.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=21, choices=PublicationKind)
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+")
    rating_label = models.CharField(max_length=200)
    rating_slug = models.CharField(max_length=40, blank=True)
    rating_value = models.PositiveSmallIntegerField(null=True)
    rating_bucket = models.CharField(max_length=12, choices=Bucket)
    rating_definition = models.TextField()
    rating_sign = models.CharField(max_length=4)
    finding = models.CharField(max_length=13, choices=Finding)
    claim_reviewed = models.CharField(max_length=500)
    quote = models.TextField()
    speaker_name = models.CharField(max_length=200)
    # The rest of the statement, as readers saw it on the day.
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="+")
    speaker_kind = models.CharField(max_length=12, blank=True)
    speaker_role = models.CharField(max_length=300, blank=True)
    # The others of a joint statement: id, slug, name, kind, role of each.
    speakers = models.JSONField(default=list)
    via = models.ForeignKey(Outlet, models.PROTECT, null=True, related_name="+")
    via_name = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=8, blank=True)
    stated_on = models.DateField(null=True)
    stated_precision = models.CharField(max_length=12, blank=True)
    stated_basis = models.CharField(max_length=12, blank=True)
    checkability = models.CharField(max_length=12, blank=True)
    cue = models.TextField(blank=True)
    speaker_words = models.TextField(blank=True)
    # Role, ordinal, start, end, exact of each marked stretch of `text`.
    marks = models.JSONField(default=list)
    text = models.ForeignKey(ArticleText, models.PROTECT, null=True, related_name="+")
    headline = models.CharField(max_length=300, blank=True)
    outlet_name = models.CharField(max_length=200, blank=True)
    article_url = models.URLField(max_length=1000, blank=True)
    article_published_on = models.DateField(null=True)
    statement_basis = models.CharField(
        max_length=13, choices=StatementBasis, default=StatementBasis.RECORDED
    )
    # The digest that a row had before the statement was filled in.
    former_digest = models.CharField(max_length=64, blank=True, editable=False)
    summary = models.CharField(max_length=300, blank=True)
    explanation = models.TextField(blank=True)
    how_verified = models.TextField(blank=True)
    as_of = models.DateField(null=True)
    # CommonMark, as it was rendered on the day; empty: paragraphs of plain text.
    explanation_html = models.TextField(blank=True, default="", db_default="")
    how_verified_html = models.TextField(blank=True, default="", db_default="")
    note_html = models.TextField(blank=True, default="", db_default="")
    evidence = models.JSONField(default=list)
    # Whom the desk asked and what was answered, or why nobody was asked; and who put
    # the statement right since.
    replies = models.JSONField(default=list, db_default=EMPTY_LIST)
    not_asked_reason = models.TextField(blank=True, default="", db_default="")
    outcomes = models.JSONField(default=list, db_default=EMPTY_LIST)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=500, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approver_name = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)
    # Of a correction; empty where nobody has written it down.
    asked_by = models.CharField(max_length=7, choices=AskedBy, blank=True, default="")
    override_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    # --- Of a check that was published elsewhere; empty of the desk's own ---
    publisher = models.CharField(max_length=200, blank=True, default="", db_default="")
    review_url = models.URLField(max_length=1000, blank=True, default="", db_default="")
    # The address without what does not tell one check from another.
    review_key = models.CharField(
        max_length=1000, blank=True, default="", db_default=""
    )
    review_title = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    # What kind of version it was there, where that is known.
    source_kind = models.CharField(
        max_length=21, choices=PublicationKind, blank=True, default="", db_default=""
    )
    # Of `published_at`, where only a day, month or year is known; "": the moment is.
    published_precision = models.CharField(
        max_length=12, choices=DatePrecision, blank=True, default="", db_default=""
    )
    # SHA-256 of all that its publisher said: another import of the same adds nothing.
    source_digest = models.CharField(
        max_length=64, blank=True, default="", db_default=""
    )
    # SHA-256 over this row and the digest of the one before: filled by the database.
    digest = models.CharField(max_length=64, default="", editable=False)
    search = search_words("summary", "explanation")

    objects = PublishedVerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="publication_numbers_are_unique",
                violation_error_message=_("Somebody has just published this verdict."),
            ),
            models.CheckConstraint(
                condition=~Q(approver=F("author")) | ~Q(override_reason=""),
                name="publication_has_four_eyes",
                violation_error_message=_(
                    "Somebody other than its author has to publish a verdict."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FIRSTS) | ~Q(note=""),
                name="publication_after_the_first_has_a_note",
                violation_error_message=_("Say what was corrected and why."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=1) | Q(number=1, kind__in=FIRSTS),
                name="publication_kind_fits_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(publisher="")
                | ~Q(summary="") & ~Q(how_verified="") & Q(rating__isnull=False),
                name="publication_is_complete",
            ),
            # Nobody's verdict of this desk passes as somebody else's, nor theirs as
            # the desk's: who published it, where, and nobody here who approved it.
            models.CheckConstraint(
                condition=Q(
                    publisher="",
                    review_url="",
                    review_key="",
                    author__isnull=False,
                    approver__isnull=False,
                )
                & ~Q(kind=PublicationKind.ARCHIVE)
                | ~Q(publisher="")
                & ~Q(review_key="")
                & is_web_address("review_url")
                & (
                    Q(
                        kind=PublicationKind.ARCHIVE,
                        author__isnull=True,
                        approver__isnull=True,
                        approver_name="",
                        override_reason="",
                    )
                    # Of a desk of this kind there is more to keep than of others.
                    & (
                        ~Q(source_kind="")
                        | Q(
                            finding=Finding.NOT_CHECKED,
                            how_verified="",
                            rating_definition="",
                        )
                    )
                    | Q(
                        kind__in=[PublicationKind.WITHDRAWN, PublicationKind.RELISTED],
                        approver__isnull=False,
                    )
                ),
                name="publication_is_of_the_desk_or_of_another",
                violation_error_message=_(
                    "What was published elsewhere names its publisher and address, "
                    "and nobody of this desk as its author."
                ),
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(), F("id").desc(), name="publication_newest"
            ),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=~Q(kind__in=FIRSTS),
                name="publication_corrections",
            ),
            HashIndex(
                fields=["review_key"],
                condition=~Q(review_key=""),
                name="publication_review",
            ),
            GinIndex(fields=["search"], name="publication_search"),
        ]

    def __str__(self):
        return f"{self.rating_label}: {self.claim_reviewed}"

    def get_absolute_url(self):
        return address_of("claims:version", self.claim_id, self.number)

    @property
    def is_retraction(self):
        """Whether no verdict is in force from this publication on."""
        return self.kind in NOT_IN_FORCE

    @property
    def is_withdrawal(self):
        """Whether the claim left the lists with this publication."""
        return self.kind == PublicationKind.WITHDRAWN

    @property
    def is_elsewhere(self):
        """Whether it is somebody else's check, or one from before this site."""
        return self.publisher != ""

    @property
    def is_correction(self):
        """Whether it changes what this desk had published before."""
        return self.kind not in FIRSTS

    @property
    def verdict_state(self) -> VerdictState:
        """Return the display of the verdict in this version."""
        if self.is_withdrawal:
            return WITHDRAWN
        if self.is_retraction:
            return RETRACTED
        if self.is_elsewhere:
            label = _("%(label)s (published elsewhere by %(publisher)s)") % {
                "label": self.rating_label,
                "publisher": self.publisher,
            }
            return VerdictState(
                self.rating_slug or ELSEWHERE.slug,
                self.rating_sign or ELSEWHERE.sign,
                label,
                self.rating_bucket,
                is_elsewhere=True,
            )
        return VerdictState(
            self.rating_slug, self.rating_sign, self.rating_label, self.rating_bucket
        )
