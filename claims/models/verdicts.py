"""Models: Rating, Verdict (working copy), Evidence."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.choices import (
    AskedBy,
    Bucket,
    Finding,
    PublicationKind,
    Stance,
    VerdictStatus,
)
from claims.models.claims import Claim
from claims.models.evidence import EvidenceFile
from claims.models.fields import is_web_address, without_login
from claims.models.querysets import (
    RatingQuerySet,
    VerdictQuerySet,
)
from claims.models.verdict_state import VerdictState

# As a text in CommonMark can call it.
COPY_NAME = r"^[^\s()<>\[\]][^()<>\[\]]*$"


class Rating(models.Model):
    """One rating of the desk's scale [schema.org Rating]."""

    label = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    value = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 (false) to 5 (true); empty when off the truth axis."),
    )
    bucket = models.CharField(max_length=12, choices=Bucket, default=Bucket.UNRATED)
    definition = models.TextField()
    sign = models.CharField(
        max_length=4, help_text=_("Tells the rating apart without its colour.")
    )
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)),
                name="rating_value_is_on_the_scale",
                violation_error_message=_("The value runs from 1 to 5, or is empty."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, bucket=Bucket.UNRATED)
                | Q(value__isnull=False) & ~Q(bucket=Bucket.UNRATED),
                name="rating_bucket_fits_its_value",
                violation_error_message=_(
                    "A rating off the truth axis has the bucket “Unrated”."
                ),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def verdict_state(self) -> VerdictState:
        """Return the display of a verdict with this rating."""
        return VerdictState(self.slug, self.sign, self.label, self.bucket)


class Verdict(models.Model):
    """The desk's working copy, one per claim. Readers never see this table."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="verdict")
    finding = models.CharField(
        _("did they say it?"),
        max_length=13,
        choices=Finding,
        default=Finding.NOT_CHECKED,
    )
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("is it true?"),
    )
    summary = models.CharField(
        max_length=300, blank=True, help_text=_("The answer in up to 300 characters.")
    )
    explanation = models.TextField(blank=True)
    how_verified = models.TextField(
        _("how it was verified"),
        blank=True,
        help_text=_("Which steps led to the answer, so that others can."),
    )
    as_of = models.DateField(
        _("facts known up to"),
        null=True,
        blank=True,
    )
    not_asked_reason = models.TextField(
        _("why the speaker was not asked"),
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text=_("Only where nobody was asked for a reply; readers see it."),
    )
    differs_reason = models.TextField(
        _("why it differs from earlier verdicts"),
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whoever approves reads it; readers do not."),
    )
    recheck_on = models.DateField(_("check again on"), null=True, blank=True)
    correction_kind = models.CharField(
        max_length=21,
        choices=PublicationKind,
        blank=True,
        default="",
        editable=False,
    )
    correction_note = models.TextField(blank=True, default="", editable=False)
    correction_asked_by = models.CharField(
        max_length=7, choices=AskedBy, blank=True, default="", editable=False
    )
    status = models.CharField(
        max_length=9, choices=VerdictStatus, default=VerdictStatus.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    # Filled by the database: everybody who touched the words since they were last
    # published. None of them is a second pair of eyes.
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, editable=False, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_verdicts",
        verbose_name=_("assigned to"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        permissions = [
            ("submit_verdict", "Can submit a verdict for review"),
            ("publish_verdict", "Can publish or return a verdict"),
            ("retract_verdict", "Can retract a published verdict"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=VerdictStatus.values),
                name="verdict_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status=VerdictStatus.DRAFT)
                | (Q(rating__isnull=False) & ~Q(summary="") & ~Q(how_verified="")),
                name="verdict_is_complete_outside_draft",
                violation_error_message=_(
                    "A verdict in review has a rating, a summary and how it was "
                    "verified."
                ),
            ),
        ]
        indexes = [
            GinIndex(
                Func("summary", "explanation", "how_verified", function="claim_words"),
                name="verdict_words",
            ),
            models.Index(
                fields=["recheck_on"],
                condition=Q(recheck_on__isnull=False),
                name="verdict_recheck",
            ),
            models.Index(
                fields=["status", "updated_at"],
                condition=Q(status__in=[VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW]),
                name="verdict_under_way",
            ),
            models.Index(fields=["-updated_at", "-id"], name="verdict_newest"),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(status=VerdictStatus.PUBLISHED),
                name="verdict_published",
            ),
            # The list by rating goes through one rating after the other.
            models.Index(fields=["rating", "-id"], name="verdict_by_rating"),
        ]

    def __str__(self):
        return gettext("Verdict on: %(claim)s") % {"claim": self.claim}


class Evidence(models.Model):
    """One source that bears on a claim [schema.org citation]."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="evidence")
    url = models.URLField(_("web address"), max_length=1000, validators=[without_login])
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    archived_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, validators=[without_login]
    )
    excerpt = models.TextField(blank=True)
    stance = models.CharField(max_length=11, choices=Stance, default=Stance.CONTEXT)
    is_primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("The record itself, not a report about it."),
    )
    order = models.PositiveSmallIntegerField(default=0)
    # A copy that the desk keeps; the name is how the verdict's texts call a picture.
    file = models.ForeignKey(
        EvidenceFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("kept copy"),
    )
    file_name = models.CharField(
        _("name of the copy"), max_length=120, blank=True, default="", db_default=""
    )
    file_is_public = models.BooleanField(
        _("readers may see the copy"),
        default=False,
        db_default=False,
        help_text=_("Otherwise it stays at the desk."),
    )

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=is_web_address("url"),
                name="evidence_url_is_web_address",
                violation_error_message=_(
                    "The web address must start with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                condition=Q(archived_url="") | is_web_address("archived_url"),
                name="evidence_archived_url_is_web_address",
                violation_error_message=_(
                    "The archived copy's address must start with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                condition=Q(file=None, file_name="", file_is_public=False)
                | Q(
                    file__isnull=False, file_name__regex=r"^[^\s()<>\[\]][^()<>\[\]]*$"
                ),
                name="evidence_copy_has_a_name",
                violation_error_message=_("Choose a file, or none to show."),
            ),
            models.UniqueConstraint(
                fields=["verdict", "file_name"],
                condition=~Q(file_name=""),
                name="evidence_copy_names_are_unique",
                violation_error_message=_(
                    "Another copy of this verdict has the same name."
                ),
            ),
        ]
        indexes = [
            models.Index(
                Func("url", function="claims_digest"), name="evidence_address"
            ),
        ]

    def __str__(self):
        return self.title
