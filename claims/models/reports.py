"""Models: ReaderReport (an error, or a claim to check), ReporterContact."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.choices import ReportKind, ReportStatus
from claims.models.claims import Claim
from claims.models.fields import is_web_address, without_login
from claims.models.publications import PublishedVerdict


class ReaderReportQuerySet(models.QuerySet):
    def open_errors(self):
        """Return errors that nobody has answered yet, each with its claim."""
        rows = self.filter(kind=ReportKind.ERROR, status=ReportStatus.OPEN)
        return rows.select_related("claim")


class ReaderReport(models.Model):
    """A report sent from the public site, and the desk's answer."""

    kind = models.CharField(max_length=10, choices=ReportKind)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    message = models.TextField(max_length=4000)
    url = models.URLField(
        _("web address"), max_length=1000, blank=True, validators=[without_login]
    )
    status = models.CharField(
        max_length=9, choices=ReportStatus, default=ReportStatus.OPEN
    )
    answer = models.TextField(blank=True)
    # When it left the open ones: filled by the database.
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    correction = models.ForeignKey(
        PublishedVerdict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )
    # The claim that was made of it, or that says the same.
    led_to = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="led_from"
    )
    # SHA-256 of the token of the page that tells how far the desk is.
    tracking_hash = models.CharField(max_length=64, blank=True, editable=False)
    # A keyed hash of the form that was sent: sent twice, it is stored once.
    form_key = models.CharField(max_length=64, blank=True, editable=False)
    # A keyed hash, so that reports can be limited without keeping addresses.
    sender = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(message=""),
                name="report_says_something",
                violation_error_message=_("Tell the desk what is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(url="") | is_web_address("url"),
                name="report_url_is_web_address",
                violation_error_message=_(
                    "The web address must start with http:// or https://."
                ),
            ),
            models.UniqueConstraint(
                fields=["form_key"],
                condition=~Q(form_key=""),
                name="report_is_stored_once",
            ),
            models.UniqueConstraint(
                fields=["tracking_hash"],
                condition=~Q(tracking_hash=""),
                name="report_tracking_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(led_to=None)
                | Q(status__in=[ReportStatus.TAKEN_UP, ReportStatus.KNOWN]),
                name="report_leads_to_a_claim_when_taken_up",
            ),
        ]
        indexes = [
            models.Index(F("created_at").desc(), name="report_newest"),
            models.Index(fields=["sender", "created_at"], name="report_of_sender"),
        ]

    def __str__(self):
        return self.message[:80]


class ReporterContact(models.Model):
    """Whom a report is from: personal data, apart from the report and its history.

    It is deleted after a while, and no change history keeps it.
    """

    report = models.OneToOneField(
        ReaderReport, models.CASCADE, primary_key=True, related_name="contact"
    )
    address = models.EmailField()
    # Whether to tell them by mail what became of the verdict.
    wants_notice = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="contact_oldest")]

    def __str__(self):
        return self.address
