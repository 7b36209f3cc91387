"""Redactions: words taken off the site for good, and digests of what stood there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.evidence import EvidenceFile


class Redaction(models.Model):
    """Words blanked in an article and all on it, or a copy taken off. Append-only.

    Of the words a salted digest remains: who knows them can show that they stood here.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="redactions")
    # Whose bytes are gone; None where words were blanked.
    file = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="redactions"
    )
    reason = models.TextField(help_text=_("Readers see it."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    salt = models.CharField(max_length=32)
    # SHA-256 over the salt and the words, or the digest of the file.
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("by")),
                name="redaction_has_two_people",
                violation_error_message=_("Somebody else has to approve a redaction."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="redaction_has_a_reason",
                violation_error_message=_("Say why, for readers."),
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}: {self.reason[:80]}"


class RedactedRow(models.Model):
    """One row in which words were blanked: its digest before and after. Append-only.

    Of a publication and of a row of the change history it is the digest by which they
    are checked, so that their chains can be followed across a redaction; of any other
    row it is salted.
    """

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="rows")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    fields = ArrayField(models.CharField(max_length=63))
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table", "row"], name="redaction_of_row")]

    def __str__(self):
        return f"{self.table} {self.row}: {', '.join(self.fields)}"
