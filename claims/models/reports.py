"""Model of reader reports: an error in a claim, or a claim to check."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.choices import ReportKind, ReportStatus
from claims.models.claims import Claim
from claims.models.fields import is_web_address
from claims.models.publications import PublishedVerdict


class ReaderReport(models.Model):
    """A report sent from the public site, and the desk's answer."""

    kind = models.CharField(max_length=10, choices=ReportKind)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    message = models.TextField(max_length=4000)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    contact = models.EmailField(blank=True)
    status = models.CharField(
        max_length=9, choices=ReportStatus, default=ReportStatus.OPEN
    )
    answer = models.TextField(blank=True)
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
    # A keyed hash, so that reports can be limited without keeping addresses.
    sender = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

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
        ]
        indexes = [
            models.Index(F("created_at").desc(), name="report_newest"),
            models.Index(fields=["sender", "created_at"], name="report_of_sender"),
        ]

    def __str__(self):
        return self.message[:80]
